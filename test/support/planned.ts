/** Rows of plans as the guard reads them, for the tests of costs. */
import { type Cost, costTable } from "../../guard/costs/cost-table";
import type { PlannedResource } from "../../guard/costs/plan";

/** Inputs of a resource. */
export type Inputs = Readonly<Record<string, unknown>>;

/** URN of a resource of the plan. */
export const urn = (type: string, name: string) => `urn:pulumi:test::fridayproof::${type}::${name}`;
const PROVIDER = urn("pulumi:providers:aws", "aws");

/** A resource in the region of {@link virginia}, unless `rest` names another provider. */
export function resource(
  type: string,
  name: string,
  inputs: Inputs = {},
  rest: Partial<PlannedResource> = {},
): PlannedResource {
  return { urn: urn(type, name), type, custom: true, inputs, provider: `${PROVIDER}::id`, ...rest };
}

/** A provider of AWS. */
export function provider(region: string, name = "aws"): PlannedResource {
  const type = "pulumi:providers:aws";
  return { urn: urn(type, name), type, custom: true, inputs: { region } };
}

const virginia = provider("us-east-1");

/** The cost table of a plan in us-east-1. */
export const tableOf = (...resources: readonly PlannedResource[]) =>
  costTable("the costs of test", [virginia, ...resources]);
/** Prices and quantities alone. */
export const counted = (costs: readonly Cost[]) => costs.map(({ price, quantity }) => [price, quantity]);
/** The message about one problem. */
export const problem = (line: string) => `1 problem in the costs of test:\n  ${line}`;
/** What every message about a missing price ends with. */
export const ADD = "fix: Add a row to guard/costs, with its price and source.";

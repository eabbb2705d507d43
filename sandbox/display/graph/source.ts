/** What the picture needs to know about a resource, read from a state or a plan. */
import type { Plan } from "../../events/events";
import type { PropertyMap, Value } from "../../property/values";
import { isObject } from "../../property/values";

/** One resource as the picture sees it. */
export interface GraphResource {
  readonly urn: string;
  readonly type: string;
  /** False for components. */
  readonly custom: boolean;
  readonly parent?: string;
  readonly dependencies: readonly string[];
  /** URN of its provider. */
  readonly provider?: string;
}

const text = (value: Value | undefined): string | undefined => (typeof value === "string" ? value : undefined);

/** A provider reference is `<urn>::<id>`, and a URN has four parts of its own. */
function providerUrn(reference: string | undefined): string | undefined {
  return reference?.slice(0, reference.lastIndexOf("::"));
}

function toResource(row: PropertyMap): GraphResource | undefined {
  const urn = text(row.urn);
  const type = text(row.type);
  if (urn === undefined || type === undefined || row.delete === true) return undefined;
  const dependencies = Array.isArray(row.dependencies)
    ? row.dependencies.filter((item) => typeof item === "string")
    : [];
  const { parent, provider } = { parent: text(row.parent), provider: providerUrn(text(row.provider)) };
  return { urn, type, custom: row.custom === true, parent, dependencies, provider };
}

/** The resources of a deployment-v3 state. */
export function fromState(state: Value): GraphResource[] {
  const deployment = isObject(state) && isObject(state.deployment) ? state.deployment : {};
  const rows = Array.isArray(deployment.resources) ? deployment.resources : [];
  return rows.filter(isObject).flatMap((row) => toResource(row) ?? []);
}

/** The resources that would exist after a plan's steps; unchanged ones appear only if the plan lists them. */
export function fromPlan(plan: Pick<Plan, "steps">): GraphResource[] {
  const rows = plan.steps.flatMap((step) => (step.newState === undefined ? [] : [{ urn: step.urn, ...step.newState }]));
  const known = new Map(rows.flatMap((row) => toResource(row) ?? []).map((resource) => [resource.urn, resource]));
  return [...known.values()];
}

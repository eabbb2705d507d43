/** Rows: what must be gone or emptied before an object can go, from `dependents.yaml`. */
import type { CloudObject } from "../../account/account";
import type { ResourceContext } from "../object/resource-context";
import { valuesAt } from "../../../property/paths";
import { readTable } from "../../tables/tables";
import { classOf, rowOf, sentence, type ValidationRow } from "./row";

/** One row of `dependents.yaml`. */
interface Dependents {
  readonly code: string;
  readonly message: string;
  readonly source: string;
  /** Output whose value dependents hold; the id when absent. */
  readonly of?: string;
  /** Input that, when true, makes the provider clean up first. */
  readonly unless?: string;
  /** Type to paths; `@vpc` stands for lying in that VPC. */
  readonly by: Readonly<Record<string, string | readonly string[]>>;
}

function vpcOf(ctx: ResourceContext, { inputs, outputs }: CloudObject): unknown {
  return outputs.vpcId || ctx.find("aws:ec2/subnet:Subnet", String(inputs.subnetId))?.outputs.vpcId;
}

function userOf(ctx: ResourceContext, row: Dependents): string | undefined {
  const target = row.of === undefined ? ctx.id : ctx.old?.outputs[row.of];
  const own = new Set([ctx.id, ...ctx.companions().map(({ id }) => id)]);
  const holds = (object: CloudObject, path: string): boolean =>
    path === "@vpc" ? vpcOf(ctx, object) === target : valuesAt(object.inputs, path).includes(target as string);
  for (const [type, paths] of Object.entries(row.by)) {
    const others = ctx.caller.account.all(type).filter(({ id }) => !own.has(id));
    const user = others.find((object) => [paths].flat().some((path) => holds(object, path)));
    if (user) return type.startsWith("sandbox:") ? user.id : `${classOf(type)} ${user.id}`;
  }
  return undefined;
}

/** One row for each type that something may still use. */
export function deletionRows(): ValidationRow[] {
  const tables = Object.entries(readTable<Record<string, Dependents>>("aws/validation/dependents.yaml"));
  return tables.map(([type, row]) => rowOf("dependents", type, row, (ctx) => stillUsed(ctx, row), ["delete"]));
}

function stillUsed(ctx: ResourceContext, row: Dependents): string | undefined {
  if (row.unless !== undefined && ctx.inputs[row.unless] === true) return undefined;
  const by = userOf(ctx, row);
  return by && sentence(ctx, row.message, { by });
}

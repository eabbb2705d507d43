/** Rows: what must be gone or emptied before an object can go, from `dependents.yaml`. */
import type { CloudObject } from "../cloud/account";
import type { Making } from "../cloud/aws/making";
import { valuesAt } from "../values/paths";
import { readTable } from "../tables";
import { classOf, rowOf, sentence, type Refusal } from "./row";

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

function vpcOf(made: Making, { inputs, outputs }: CloudObject): unknown {
  return outputs.vpcId || made.find("aws:ec2/subnet:Subnet", String(inputs.subnetId))?.outputs.vpcId;
}

function userOf(made: Making, row: Dependents): string | undefined {
  const target = row.of === undefined ? made.id : made.old?.outputs[row.of];
  const own = new Set([made.id, ...made.companions().map(({ id }) => id)]);
  const holds = (object: CloudObject, path: string): boolean =>
    path === "@vpc" ? vpcOf(made, object) === target : valuesAt(object.inputs, path).includes(target as string);
  for (const [type, paths] of Object.entries(row.by)) {
    const others = made.caller.account.all(type).filter(({ id }) => !own.has(id));
    const user = others.find((object) => [paths].flat().some((path) => holds(object, path)));
    if (user) return type.startsWith("sandbox:") ? user.id : `${classOf(type)} ${user.id}`;
  }
  return undefined;
}

/** One row for each type that something may still use. */
export function deletionRows(): Refusal[] {
  const tables = Object.entries(readTable<Record<string, Dependents>>("refusals/dependents.yaml"));
  return tables.map(([type, row]) => rowOf("dependents", type, row, (made) => stillUsed(made, row), ["delete"]));
}

function stillUsed(made: Making, row: Dependents): string | undefined {
  if (row.unless !== undefined && made.inputs[row.unless] === true) return undefined;
  const by = userOf(made, row);
  return by && sentence(made, row.message, { by });
}

/** Rows: how many there may be, from the visible `quotas.yaml`. */
import { loadFacts, type Quota } from "../cloud/aws/facts";
import type { Making } from "../cloud/aws/making";
import { valuesAt } from "../values/paths";
import type { PropertyMap } from "../values/values";
import { rowOf, sentence, type Refusal } from "./row";

/** What the counted objects have in common: inputs, or the zone of the subnet. */
function groupOf(made: Making, inputs: PropertyMap, { within = [] }: Quota): string {
  const zone = (): unknown => made.find("aws:ec2/subnet:Subnet", String(inputs.subnetId))?.outputs.availabilityZoneId;
  return JSON.stringify(within.map((path) => (path === "zone" ? zone() : (valuesAt(inputs, path)[0] ?? null))));
}

function counts(inputs: PropertyMap, { where = {} }: Quota): boolean {
  return Object.entries(where).every(([property, value]) => inputs[property] === value);
}

function exceeded(made: Making, quota: Quota | undefined): string | undefined {
  if (quota === undefined || !counts(made.inputs, quota)) return undefined;
  const limit = quota[made.caller.facts.quotaLevel];
  const message = sentence(made, quota.message ?? "", { limit });
  if (quota.measure !== undefined) return Number(made.text(quota.measure) || 0) > limit ? message : undefined;
  if (made.old !== undefined) return undefined;
  const group = groupOf(made, made.inputs, quota);
  const others = made.peers().filter(({ inputs }) => counts(inputs, quota) && groupOf(made, inputs, quota) === group);
  return others.length >= limit ? message : undefined;
}

/** One row for each quota. */
export function quotaRows(): Refusal[] {
  return Object.entries(loadFacts().quotas).flatMap(([name, { type, code, ...quota }]) =>
    type === undefined || code === undefined
      ? []
      : rowOf(`quota ${name}`, type, { ...quota, code }, (made) => exceeded(made, made.caller.facts.quotas[name])),
  );
}

/** Rows: how many there may be, from the visible `quotas.yaml`. */
import { loadFacts, type Quota } from "../aws/facts";
import type { Making } from "../aws/making";
import { valuesAt } from "../aws/making";
import type { PropertyMap } from "../../engine/values";
import { sentence, serviceOf, WRITES, type Refusal } from "./row";

/** What the counted objects have in common: inputs, or the zone of the subnet. */
function groupOf(made: Making, inputs: PropertyMap, quota: Quota): string {
  const parts = (quota.within ?? []).map((path) =>
    path === "zone"
      ? made.find("aws:ec2/subnet:Subnet", String(inputs.subnetId))?.outputs.availabilityZoneId
      : (valuesAt(inputs, path)[0] ?? null),
  );
  return JSON.stringify(parts);
}

function counts(inputs: PropertyMap, quota: Quota): boolean {
  return Object.entries(quota.where ?? {}).every(([property, value]) => inputs[property] === value);
}

function exceeded(made: Making, name: string): string | undefined {
  const { quotas, quotaLevel } = made.caller.facts;
  const quota = quotas[name];
  if (quota === undefined || !counts(made.inputs, quota)) return undefined;
  const limit = quota[quotaLevel];
  const message = sentence(made, quota.message, { limit });
  if (quota.measure !== undefined) return Number(made.text(quota.measure) || 0) > limit ? message : undefined;
  if (made.old !== undefined) return undefined;
  const group = groupOf(made, made.inputs, quota);
  const others = made.caller.account
    .all(made.type)
    .filter(
      ({ scope, inputs }) => scope === made.scope && counts(inputs, quota) && groupOf(made, inputs, quota) === group,
    );
  return others.length >= limit ? message : undefined;
}

/** Rows. */
export const QUOTA_ROWS: readonly Refusal[] = Object.entries(loadFacts().quotas).map(
  ([name, { type, code, source }]) => ({
    rule: `quota ${name}`,
    code,
    service: serviceOf(type),
    types: [type],
    operations: WRITES,
    source,
    refuses: (made) => exceeded(made, name),
  }),
);

/** Rules: how many there may be, from `quotas.yaml`. */
import { limitOf, loadFacts, type Quota } from "../object/facts";
import type { ResourceContext } from "../object/resource-context";
import { valuesAt } from "../../../property/paths";
import type { PropertyMap } from "../../../property/values";
import { ruleOf, messageFor, type ValidationRule } from "./rule";

/** What the counted objects have in common: inputs, or the zone of the subnet. */
function groupOf(ctx: ResourceContext, inputs: PropertyMap, { within = [] }: Quota): string {
  const zone = (): unknown => ctx.find("aws:ec2/subnet:Subnet", String(inputs.subnetId))?.outputs.availabilityZoneId;
  return JSON.stringify(within.map((path) => (path === "zone" ? zone() : (valuesAt(inputs, path)[0] ?? null))));
}

function counts(inputs: PropertyMap, { where = {} }: Quota): boolean {
  return Object.entries(where).every(([property, value]) => inputs[property] === value);
}

function exceeded(ctx: ResourceContext, quota: Quota | undefined): string | undefined {
  if (quota === undefined || !counts(ctx.inputs, quota)) return undefined;
  const limit = limitOf(ctx.caller.facts, quota, ctx.scope);
  const message = messageFor(ctx, quota.message ?? "", { limit });
  if (quota.measure !== undefined) return Number(ctx.text(quota.measure) || 0) > limit ? message : undefined;
  if (ctx.old !== undefined) return undefined;
  const group = groupOf(ctx, ctx.inputs, quota);
  const others = ctx.peers().filter(({ inputs }) => counts(inputs, quota) && groupOf(ctx, inputs, quota) === group);
  return others.length >= limit ? message : undefined;
}

/** One rule for each quota. */
export function quotaRules(): ValidationRule[] {
  return Object.entries(loadFacts().quotas).flatMap(([name, { type, code, ...quota }]) =>
    type === undefined || code === undefined
      ? []
      : ruleOf(`quota ${name}`, type, { ...quota, code }, (ctx) => exceeded(ctx, ctx.caller.facts.quotas[name])),
  );
}

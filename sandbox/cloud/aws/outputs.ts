/** What AWS makes of the inputs of an object; in a preview whatever AWS computes is unknown. */
import { UNKNOWN, isObject, withoutBookkeeping, type PropertyMap, type Value } from "../../property/values";
import type { ResourceContext } from "./object/resource-context";
import { emptyValue, schema } from "./schema";

/** All outputs that the schema names. @param before the outputs so far, empty on create. */
export function outputsOf(ctx: ResourceContext, preview: boolean, before: PropertyMap = {}): PropertyMap {
  const members = Object.entries(schema().resources[ctx.type]?.outputs ?? {});
  const output = preview ? foreseen : answered;
  const outputs = members.map(([key, spec]) => [key, always(ctx, key) ?? output(ctx, key, spec, before[key])]);
  return Object.fromEntries(outputs.filter((pair): pair is [string, Value] => pair[1] !== undefined)) as PropertyMap;
}

/** What is known without a call to AWS. */
function always(ctx: ResourceContext, key: string): Value | undefined {
  if (key === "region") return ctx.region;
  if (key !== "tagsAll") return undefined;
  const tags = ctx.inputs.tags ?? {};
  return isObject(tags) ? withoutBookkeeping({ ...ctx.caller.defaultTags, ...tags }) : UNKNOWN;
}

function answered(ctx: ResourceContext, key: string, spec: string, old: Value | undefined): Value | undefined {
  return computed(ctx, key) ?? (spec.endsWith("?") ? undefined : (old ?? emptyValue(spec)));
}

function foreseen(ctx: ResourceContext, key: string, spec: string, old: Value | undefined): Value | undefined {
  const input = ctx.inputs[key];
  if (input === undefined) {
    if (ctx.entry.volatile?.includes(key)) return UNKNOWN;
    return spec.endsWith("?") ? undefined : (old ?? UNKNOWN);
  }
  const block = isObject(input) ? computed(ctx, key) : undefined;
  if (!isObject(input) || !isObject(block)) return input;
  // A block of which the program gave some members: AWS will give the rest.
  const before = isObject(old) ? old : {};
  const members = Object.keys(block).map((member) => [member, input[member] ?? before[member] ?? UNKNOWN]);
  return { ...withoutBookkeeping(input), ...(Object.fromEntries(members) as PropertyMap) };
}

function computed(ctx: ResourceContext, key: string): Value | undefined {
  const input = ctx.inputs[key];
  const output = ctx.entry.outputs?.[key];
  if (typeof output === "string" && output.startsWith("=")) return ctx.render(output);
  if (isObject(output) && isObject(input))
    return { ...(ctx.render(output) as PropertyMap), ...withoutBookkeeping(input) };
  if (input !== undefined || output !== undefined) return input ?? ctx.render(output ?? null);
  return key === "arn" && ctx.entry.arn !== undefined ? ctx.arn : ctx.prefixed(key) || undefined;
}

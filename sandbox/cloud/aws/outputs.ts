/** What AWS makes of the inputs of an object; in a preview whatever only AWS can know is unknown. */
import { UNKNOWN, isObject, withoutBookkeeping, type PropertyMap, type Value } from "../../values/values";
import type { Making } from "./making";
import { emptyValue, schema } from "./schema";

/** All outputs that the schema names. @param before the outputs so far, empty on create. */
export function outputsOf(made: Making, preview: boolean, before: PropertyMap = {}): PropertyMap {
  const members = Object.entries(schema().resources[made.type]?.outputs ?? {});
  const output = preview ? foreseen : answered;
  const outputs = members.map(([key, spec]) => [key, always(made, key) ?? output(made, key, spec, before[key])]);
  return Object.fromEntries(outputs.filter((pair): pair is [string, Value] => pair[1] !== undefined)) as PropertyMap;
}

/** What is known without asking AWS. */
function always(made: Making, key: string): Value | undefined {
  if (key === "region") return made.region;
  if (key !== "tagsAll") return undefined;
  const tags = made.inputs.tags ?? {};
  return isObject(tags) ? withoutBookkeeping({ ...made.caller.defaultTags, ...tags }) : UNKNOWN;
}

function answered(made: Making, key: string, spec: string, old: Value | undefined): Value | undefined {
  return computed(made, key) ?? (spec.endsWith("?") ? undefined : (old ?? emptyValue(spec)));
}

function foreseen(made: Making, key: string, spec: string, old: Value | undefined): Value | undefined {
  const input = made.inputs[key];
  if (input === undefined) {
    if (made.entry.volatile?.includes(key)) return UNKNOWN;
    return spec.endsWith("?") ? undefined : (old ?? UNKNOWN);
  }
  const block = isObject(input) ? computed(made, key) : undefined;
  if (!isObject(input) || !isObject(block)) return input;
  // A block of which the program gave some members: AWS will give the rest.
  const before = isObject(old) ? old : {};
  const members = Object.keys(block).map((member) => [member, input[member] ?? before[member] ?? UNKNOWN]);
  return { ...withoutBookkeeping(input), ...(Object.fromEntries(members) as PropertyMap) };
}

function computed(made: Making, key: string): Value | undefined {
  const input = made.inputs[key];
  const output = made.entry.outputs?.[key];
  if (typeof output === "string" && output.startsWith("=")) return made.render(output);
  if (isObject(output) && isObject(input))
    return { ...(made.render(output) as PropertyMap), ...withoutBookkeeping(input) };
  if (input !== undefined || output !== undefined) return input ?? made.render(output ?? null);
  return key === "arn" && made.entry.arn !== undefined ? made.arn : made.prefixed(key) || undefined;
}

/** What the provider sends in an update, where that is not the whole object: `update-payloads.yaml`. */
import { readTable } from "../tables/tables";
import { equal, isObject, type PropertyMap, type Value } from "../../property/values";

/** One row of `update-payloads.yaml`. */
interface UpdatePayload {
  readonly source: string;
  readonly function: string;
  readonly parts?: readonly string[];
  readonly together?: readonly { readonly changed: readonly string[]; readonly sent: readonly string[] }[];
  readonly byEntry?: readonly string[];
}

/** Tags have a call of their own, for every type (internal/provider/sdkv2/tags_interceptor.go, tags_gen.go: updateTags). */
const TAGS = "tags";

/** The rows by type. */
export function updatePayloads(): Readonly<Record<string, UpdatePayload>> {
  return readTable("aws/update-payloads.yaml");
}

/**
 * What AWS holds after an update: the new inputs, with AWS's own value wherever nothing was sent.
 * @param before the inputs of the state.
 * @param live the inputs that would make the object as it is.
 */
export function afterSending(type: string, before: PropertyMap, news: PropertyMap, live: PropertyMap): PropertyMap {
  const entry = updatePayloads()[type];
  const parts = entry?.parts ?? [];
  const [was, expected, is] = [split(before, parts), split(news, parts), split(live, parts)];
  const changed = new Set(keysOf(was, expected).filter((key) => !equal(was[key], expected[key])));
  const sent = entry === undefined ? completeUnlessTags(changed, expected) : withCompanions(changed, entry);
  const after: Record<string, Value> = {};
  for (const key of keysOf(expected, is)) {
    const isByEntry = key === TAGS || entry?.byEntry?.includes(key) === true;
    const value = isByEntry
      ? byEntry(was[key], expected[key], is[key])
      : // Members with `__` are this project's own notes of an object.
        sent.has(key) || key.startsWith("__")
        ? expected[key]
        : is[key];
    if (value !== undefined) after[key] = value;
  }
  return join(after, parts);
}

function keysOf(...maps: readonly PropertyMap[]): string[] {
  return [...new Set(maps.flatMap((map) => Object.keys(map)))];
}

/** Without a row: everything that the program has, and what it takes back; nothing where only the tags changed. */
function completeUnlessTags(changed: ReadonlySet<string>, expected: PropertyMap): ReadonlySet<string> {
  return [...changed].every((key) => key === TAGS) ? new Set() : new Set([...Object.keys(expected), ...changed]);
}

function withCompanions(changed: ReadonlySet<string>, { together = [] }: UpdatePayload): ReadonlySet<string> {
  const calls = together.filter((call) => call.changed.some((key) => changed.has(key)));
  return new Set([...changed, ...calls.flatMap((call) => call.sent)]);
}

/** What is left of a list or a map whose entries are taken away and added one by one. */
function byEntry(was: Value | undefined, expected: Value | undefined, is: Value | undefined): Value | undefined {
  if (equal(was, expected)) return is;
  if ([was, expected, is].some(Array.isArray)) {
    const [old, next, held] = [listOf(was), listOf(expected), listOf(is)];
    const retained = held.filter((one) => !holds(old, one) || holds(next, one));
    return [...retained, ...next.filter((one) => !holds(old, one) && !holds(retained, one))];
  }
  const [old, next, held] = [mapOf(was), mapOf(expected), mapOf(is)];
  const retained = Object.entries(held).filter(([key]) => old[key] === undefined || next[key] !== undefined);
  return Object.fromEntries([...retained, ...Object.entries(next).filter(([key, value]) => !equal(old[key], value))]);
}

const listOf = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? (value as Value[]) : []);
const mapOf = (value: Value | undefined): PropertyMap => (isObject(value) ? value : {});
const holds = (list: readonly Value[], one: Value): boolean => list.some((other) => equal(one, other));

/** The map with the members of these properties as entries of its own, such as `vpcConfig.subnetIds`. */
function split(map: PropertyMap, parts: readonly string[]): PropertyMap {
  const entries = Object.entries(map).flatMap(([key, value]) =>
    parts.includes(key) && isObject(value)
      ? Object.entries(value).map(([member, inner]) => [`${key}.${member}`, inner] as const)
      : [[key, value] as const],
  );
  return Object.fromEntries(entries);
}

function join(map: PropertyMap, parts: readonly string[]): PropertyMap {
  const complete: Record<string, Value> = {};
  for (const [key, value] of Object.entries(map)) {
    const part = parts.find((name) => key.startsWith(`${name}.`));
    if (part === undefined) complete[key] = value;
    else complete[part] = { ...mapOf(complete[part]), [key.slice(part.length + 1)]: value };
  }
  return complete;
}

/** The difference between two JSON documents as a merge patch (RFC 7396): absent members are equal, null removes, lists are replaced whole. */
import { isDeepStrictEqual } from "node:util";

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The target with the patch applied. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

/**
 * The smallest patch that makes `to` of `from`; `{}` where they are equal objects.
 * @throws Error when `to` holds a null, which a merge patch reads as a removal.
 */
export function patchBetween(from: Json | undefined, to: Json): Json {
  if (to === null) throw new Error("a merge patch cannot say null");
  if (!isObject(to)) return to;
  const old = new Map(Object.entries(isObject(from) ? from : {}));
  const removed = [...old.keys()].filter((key) => !Object.hasOwn(to, key));
  const changed = Object.entries(to).filter(([key, value]) => !isDeepStrictEqual(old.get(key), value));
  const patch = [
    ...removed.map((key) => [key, null] as const),
    ...changed.map(([key, value]) => [key, patchBetween(old.get(key), value)] as const),
  ];
  return Object.fromEntries(patch.sort(([left], [right]) => (left < right ? -1 : 1)));
}

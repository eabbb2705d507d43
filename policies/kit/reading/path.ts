/** Paths of properties as rules write them: `spec.containers[0]["a/b"]`. */

/** The keys of a path: names of members, and indexes of items. */
export function keysOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    index === undefined ? (quoted ?? name ?? "") : Number(index),
  );
}

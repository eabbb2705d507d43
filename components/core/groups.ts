/** Items by key, in linear time. Node 20, the oldest that is supported, has no `Map.groupBy`. */

/** The values of each key, in the order in which keys and values came. */
export type Groups<K, V> = ReadonlyMap<K, readonly [V, ...V[]]>;

/** Groups values by the key that stands beside each. */
export function groupPairs<K, V>(pairs: Iterable<readonly [key: K, value: V]>): Groups<K, V> {
  const groups = new Map<K, [V, ...V[]]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

/** Groups items by the key that each has. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Groups<K, T> {
  return groupPairs(Array.from(items, (item) => [keyOf(item), item] as const));
}

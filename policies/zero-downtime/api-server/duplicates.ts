/** Items of a list that must differ in a key. */
import type { Field } from "../../kit/reading/field";

/** An item that repeats the key of an earlier one. */
export interface Duplicate {
  readonly first: Field;
  readonly again: Field;
  readonly key: string;
}

/** Items whose key an earlier one has; items without a key are left alone.
 * @throws UnknownRead @throws MalformedRead */
export function* duplicatesIn(
  items: readonly Field[],
  keyOf: (item: Field) => string | undefined,
): Iterable<Duplicate> {
  const seen = new Map<string, Field>();
  for (const again of items) {
    const key = keyOf(again);
    if (key === undefined) continue;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, again);
    else yield { first, again, key };
  }
}

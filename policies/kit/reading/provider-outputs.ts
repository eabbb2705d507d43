/** What AWS's provider writes of properties that nobody gave: an empty text and an empty object stand for nothing. */
import { isRecord } from "./value";

/**
 * Outputs without them, at any depth of objects. Elements of lists keep their places.
 * Rules look whether a property is given; in the inputs, which a preview shows, it is absent. Source: the provider's
 * schema has no null for computed strings and blocks, and writes their zero value.
 */
export function withoutZeroValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutZeroValues);
  if (!isRecord(value)) return value;
  const kept = Object.entries(value)
    .map(([key, member]) => [key, withoutZeroValues(member)] as const)
    .filter(([, member]) => member !== "" && !(isRecord(member) && Object.keys(member).length === 0));
  return Object.fromEntries(kept);
}

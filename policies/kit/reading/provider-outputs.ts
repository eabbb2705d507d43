/** Zero values in outputs of the AWS provider: an empty text or object where the property is not set. */
import { isRecord } from "./value";

/**
 * Outputs without zero values, at any depth of objects. Items of lists keep their indexes.
 * Rules check whether a property is set; in the inputs of a preview it is absent. Source: the provider's
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

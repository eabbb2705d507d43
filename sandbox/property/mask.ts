/** Secrets of a run's configuration, hidden in every text that quotes them: a message has no trace of where its words came from. */
import { type Mask, maskOf } from "@fridayproof/components/core";
import { mapValue, type Value } from "./values";

export { type Mask, maskOf };

/** The value with secrets hidden in all of its texts; keys stay. */
export function maskedIn(value: Value, mask: Mask): Value {
  return mapValue(value, (inner) => (typeof inner === "string" ? mask(inner) : inner));
}

/** The mask for the secret part of a stack's configuration. */
export function configMask(config: Readonly<Record<string, string>>, secretKeys: readonly string[] = []): Mask {
  return maskOf(secretKeys.flatMap((key) => config[key] ?? []));
}

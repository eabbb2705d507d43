/** Secrets of a run's configuration, hidden in every text that quotes them: a message knows nothing of where its words came from. */
import { secretForms } from "../core/secret-forms";
import { mapValue, type Value } from "./values";

/** What stands in a secret's place. */
const MASK = "[secret]";

/** Hides secrets in a text. */
export type Mask = (text: string) => string;

/** A mask for these values, in the clear and as they stand inside of JSON; the longest first, since one may hold another. */
export function maskOf(secrets: readonly string[]): Mask {
  const hidden = secretForms(secrets).toSorted((a, b) => b.length - a.length);
  if (hidden.length === 0) return (text) => text;
  return (text) => hidden.reduce((masked, form) => masked.replaceAll(form, MASK), text);
}

/** The value with secrets hidden in all of its texts; keys stay. */
export function maskedIn(value: Value, mask: Mask): Value {
  return mapValue(value, (inner) => (typeof inner === "string" ? mask(inner) : inner));
}

/** The mask for the secret part of a stack's configuration. */
export function configMask(config: Readonly<Record<string, string>>, secretKeys: readonly string[] = []): Mask {
  return maskOf(secretKeys.flatMap((key) => config[key] ?? []));
}

/** Secrets of a run's configuration, hidden in every text that quotes them: a message knows nothing of where its words came from. */
import { mapValue, type Value } from "./values";

/** Shorter ones stand everywhere by chance. The real CLI's log filter leaves them too (Pulumi logging.CreateFilter). */
const SHORTEST = 3;

/** What stands in a secret's place. */
const MASK = "[secret]";

/** Hides secrets in a text. */
export type Mask = (text: string) => string;

/** A mask for these values, in the clear and as they stand inside of JSON; the longest first, since one may hold another. */
export function maskOf(secrets: readonly string[]): Mask {
  const forms = secrets.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  const hidden = [...new Set(forms)].filter((form) => form.length >= SHORTEST).sort((a, b) => b.length - a.length);
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

/** Opens the secrets of an exported state where this process has their passphrase. */
import { StateError } from "../core/errors";
import { isObject, type Value } from "../property/values";
import { passphraseSecrets, stackPassphrase } from "./secrets";

/** The salt of a state whose secrets a passphrase opens; undefined where a service or another key does. */
function saltOf(document: unknown): string | undefined {
  const deployment = isObject(document as Value) ? (document as Readonly<Record<string, Value>>).deployment : undefined;
  const provider = isObject(deployment) ? deployment["secrets_providers"] : undefined;
  if (!isObject(provider) || provider.type !== "passphrase" || !isObject(provider.state)) return undefined;
  return typeof provider.state.salt === "string" ? provider.state.salt : undefined;
}

function hasCiphertext(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return "ciphertext" in value || Object.values(value).some(hasCiphertext);
}

/**
 * The document with each ciphertext opened; as it is where there is no passphrase scheme or another passphrase was used.
 * What stays closed differs from what is opened by its form: a ciphertext is never taken for a value.
 */
export async function openedSecrets(document: unknown): Promise<unknown> {
  const salt = saltOf(document);
  // The key takes a third of a second: a state without secrets does not pay for it.
  if (salt === undefined || !hasCiphertext(document)) return document;
  try {
    return (await passphraseSecrets(stackPassphrase(), salt)).decrypt(document as Value);
  } catch (error) {
    if (error instanceof StateError) return document;
    throw error;
  }
}

/** Seals strings of a JSON document that hold a secret, so that the file beside a run has none in the clear. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { StateError } from "../core/errors";
import { secretForms } from "@fridayproof/components/core";
import { type JsonCodec, readIfThere, writeAtomically } from "./journaled-file";

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = "$sealed";

/**
 * Seals every string that contains one of the secrets, as it is or in base64, and every string that came sealed.
 * @param keyFile where the key is, made when the first string is sealed.
 * @param secrets values that may not stand in the clear; those of fewer than three characters are left alone.
 */
export function sealing(keyFile: string, secrets: readonly string[]): JsonCodec {
  const secretTexts = secretForms(secrets);
  const cameSealed = new Set<string>();
  let key: Buffer | undefined;
  const holdsSecret = (text: string): boolean =>
    cameSealed.has(text) ||
    [text, Buffer.from(text, "base64").toString()].some((form) => secretTexts.some((secret) => form.includes(secret)));
  const seal = (_key: string, value: unknown): unknown =>
    typeof value === "string" && holdsSecret(value)
      ? { [SEALED]: encrypt((key ??= readKey(keyFile) ?? makeKey(keyFile)), value) }
      : value;
  const unseal = (_key: string, value: unknown): unknown => {
    if (typeof value !== "object" || value === null || !(SEALED in value)) return value;
    const text = decrypt((key ??= readKey(keyFile)), String((value as Record<string, unknown>)[SEALED]));
    if (text === undefined)
      throw new StateError(
        `secrets of the simulated account are sealed with a key that is not in ${keyFile}.\n` +
          "Nothing was changed. Restore the file, or start anew with every stack: npx fridayproof sandbox reset.",
      );
    cameSealed.add(text);
    return text;
  };
  // Calling a function for each value makes JSON several times slower: most documents have nothing sealed.
  return {
    stringify: (value, space) =>
      JSON.stringify(value, secretTexts.length + cameSealed.size === 0 ? undefined : seal, space),
    parse: (text) => JSON.parse(text, text.includes(SEALED) ? unseal : undefined) as unknown,
  };
}

function readKey(file: string): Buffer | undefined {
  const text = readIfThere(file);
  return text === undefined ? undefined : Buffer.from(text, "base64");
}

function makeKey(file: string): Buffer {
  const key = randomBytes(KEY_BYTES);
  writeAtomically(file, key.toString("base64"));
  return key;
}

function encrypt(key: Buffer, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv);
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64");
}

/** Undefined where the key is another one, or there is none. */
function decrypt(key: Buffer | undefined, sealed: string): string | undefined {
  try {
    const bytes = Buffer.from(sealed, "base64");
    const decipher = createDecipheriv(ALGORITHM, key ?? Buffer.alloc(0), bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

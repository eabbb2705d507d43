/** Seals strings of a JSON document that hold a secret, so that the file beside a run has none in the clear. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { StateError } from "../core/errors";
import { type JsonCodec, readIfThere, writeAtomically } from "./journaled-file";

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Shorter texts stand everywhere: hiding them hides nothing, and damages what is read. The real CLI's bound too. */
const SHORTEST_SECRET = 3;
const SEALED = "$sealed";

/**
 * Seals every string that contains one of the secrets, as it is or in base64, and every string that came sealed.
 * @param keyFile where the key is, made when the first string is sealed.
 * @param secrets values that may not stand in the clear; those of fewer than three characters are left alone.
 */
export function sealing(keyFile: string, secrets: readonly string[]): JsonCodec {
  // As it is, and as it stands inside of JSON in a text.
  const forms = secrets.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  const hidden = [...new Set(forms)].filter(({ length }) => length >= SHORTEST_SECRET);
  const cameSealed = new Set<string>();
  const holdsSecret = (text: string): boolean =>
    cameSealed.has(text) ||
    (hidden.length > 0 &&
      [text, Buffer.from(text, "base64").toString()].some((form) => hidden.some((secret) => form.includes(secret))));
  return {
    replacer: (_key, value) =>
      typeof value === "string" && holdsSecret(value) ? { [SEALED]: encrypt(madeKey(keyFile), value) } : value,
    reviver: (_key, value) => {
      if (typeof value !== "object" || value === null || !(SEALED in value)) return value;
      const text = decrypt(keyFile, String((value as Record<string, unknown>)[SEALED]));
      cameSealed.add(text);
      return text;
    },
  };
}

function madeKey(file: string): Buffer {
  const there = readIfThere(file);
  if (there !== undefined) return Buffer.from(there, "base64");
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

/** @throws StateError when the key is another one, or gone. */
function decrypt(keyFile: string, sealed: string): string {
  try {
    const bytes = Buffer.from(sealed, "base64");
    const decipher = createDecipheriv(
      ALGORITHM,
      Buffer.from(readIfThere(keyFile) ?? "", "base64"),
      bytes.subarray(0, IV_BYTES),
    );
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    throw new StateError(
      `secrets of the simulated account are sealed with a key that is not in ${keyFile}.\n` +
        "Nothing was changed. Restore the file, or start anew with every stack: npx fridayproof sandbox reset.",
    );
  }
}

/** The real engine's passphrase scheme: PBKDF2-SHA256 and AES-256-GCM (Pulumi pkg/secrets/passphrase, sdk/go/common/resource/config/crypt.go). */
import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { StateError } from "../core/errors";
import { isObject, isSecret, mapValue, SECRET_SIG, SIG, type Value } from "../property/values";

const ITERATIONS = 1_000_000;
const KEY_BYTES = 32;
const SALT_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = "aes-256-gcm";
/** What the salt's own check value decrypts to. */
const CHECK_VALUE = "pulumi";

const pbkdf2Async = promisify(pbkdf2);
const derived = new Map<string, Promise<Buffer>>();

/** Deriving takes a third of a second on purpose; one process pays once for each salt. */
function keyFor(passphrase: string, salt: Buffer): Promise<Buffer> {
  const name = `${salt.toString("base64")}:${passphrase}`;
  const known = derived.get(name) ?? pbkdf2Async(passphrase, salt, ITERATIONS, KEY_BYTES, "sha256");
  derived.set(name, known);
  return known;
}

/** The passphrase of a stack on the sandbox: `sandbox` unless PULUMI_CONFIG_PASSPHRASE is set. */
export function stackPassphrase(): string {
  return process.env.PULUMI_CONFIG_PASSPHRASE ?? "sandbox";
}

/** Opens and closes secrets in a state. */
export interface SecretsManager {
  /** `v1:<salt>:<proof>`: stands in the state. */
  readonly salt: string;
  /** The value with each secret envelope's plaintext encrypted. */
  encrypt(value: Value): Value;
  /** The value with each ciphertext opened. */
  decrypt(value: Value): Value;
}

/** @param salt the state's; a new one is made where it is absent. @throws StateError for a wrong passphrase. */
export async function passphraseSecrets(passphrase: string, salt?: string): Promise<SecretsManager> {
  const saltBytes = salt === undefined ? randomBytes(SALT_BYTES) : Buffer.from(salt.split(":")[1] ?? "", "base64");
  const key = await keyFor(passphrase, saltBytes);
  const checkValue = salt?.split(":").slice(2).join(":");
  if (checkValue !== undefined && open(key, checkValue) !== CHECK_VALUE) {
    throw new StateError(
      "the passphrase does not open this stack's secrets. Set PULUMI_CONFIG_PASSPHRASE to the one it was made with " +
        "(the sandbox's own is `sandbox`).",
    );
  }
  return managerWith(key, salt ?? `v1:${saltBytes.toString("base64")}:${seal(key, CHECK_VALUE)}`);
}

function managerWith(key: Buffer, salt: string): SecretsManager {
  return {
    salt,
    encrypt: (value) =>
      mapValue(value, (inner) =>
        isSecret(inner) ? { [SIG]: SECRET_SIG, ciphertext: seal(key, JSON.stringify(inner.value)) } : inner,
      ),
    decrypt: (value) =>
      mapValue(value, (inner) => {
        if (!isObject(inner) || inner[SIG] !== SECRET_SIG || typeof inner.ciphertext !== "string") return inner;
        const text = open(key, inner.ciphertext);
        if (text === undefined)
          throw new StateError("a secret in the state cannot be decrypted: it was damaged or made with another key.");
        return { [SIG]: SECRET_SIG, value: JSON.parse(text) as Value };
      }),
  };
}

function seal(key: Buffer, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
}

function open(key: Buffer, sealed: string): string | undefined {
  const [, nonce = "", data = ""] = sealed.split(":");
  const bytes = Buffer.from(data, "base64");
  try {
    const decipher = createDecipheriv(CIPHER, key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

/** Checks what a Secret or a ConfigMap stores: plain, in base64, or encrypted. */
import type { Field } from "../../kit/reading/field";
import type { Finding } from "../../kit/finding/finding";
import type { Resource } from "../../kit/reading/resource";
import { eachPart } from "../../kit/rule/rule";
import { type Credential, credentialUnder } from "./credential";
import { isHarmless } from "./references";
import { credentialsIn, textAtMost } from "./texts";
import { credentialsOf, credentialFinding } from "./walk";

const base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;
/** Base64 needs four letters for three bytes. */
const letters = 4;
const bytes = 3;
const encodedAtMost = Math.ceil(textAtMost / bytes) * letters;

/** Decodes base64. Other text, such as an encrypted or a templated value, is returned unchanged. */
function decoded(text: string): string {
  if (text.length === 0 || !base64.test(text)) return text;
  return Buffer.from(text.slice(0, encodedAtMost), "base64").toString("utf8");
}

/** Entries of a ConfigMap. */
export function* checkConfigMap(map: Resource): Iterable<Finding> {
  yield* eachPart(map, map.at("data").members(), ([key, field]) =>
    store(map, field, credentialsUnder(key, field.textOrEmpty())),
  );
  yield* eachPart(map, map.at("binaryData").members(), ([key, field]) =>
    store(map, field, credentialsUnder(key, decoded(field.textOrEmpty()))),
  );
}

function credentialsUnder(key: string, text: string): readonly Credential[] {
  return credentialsOf(key, text, { byName: true });
}

function* store(owner: Resource, field: Field, found: readonly Credential[]): Iterable<Finding> {
  if (found.length > 0) yield credentialFinding(owner, field, found);
}

/** Keys of a Secret whose values are no credentials: user names, hosts, purposes, certificates and public keys. */
const plain =
  /^(.*[-_.])?(user|username|user-?name|login|email|host|hostname|port|url|uri|server|endpoint|region|bucket|db|dbname|database|name|namespace|project|type|kind|tenant|client-?id|tenant-?id|account-?id|insecure|enable.*|issuer|realm|domain|schema|version|known_?hosts|.*\.(crt|cer|pub)|ca|ca\.pem|cert\.pem)$/i;

/** Entries of a Secret that stands in Git: whatever is neither plain, nor a reference, nor encrypted counts. */
export function* checkSecret(secret: Resource): Iterable<Finding> {
  // A controller writes the data. In Git it is empty, or an unused copy.
  const entries = [
    ...secret
      .at("stringData")
      .members()
      .map((entry) => [...entry, false] as const),
    ...secret
      .at("data")
      .members()
      .map((entry) => [...entry, true] as const),
  ];
  yield* eachPart(secret, entries, ([key, field, encoded]) => {
    const text = field.textOrEmpty();
    return store(secret, field, secretly(key, encoded ? decoded(text) : text));
  });
}

function secretly(key: string, text: string): readonly Credential[] {
  const value = text.trim();
  const inside = credentialsIn(value);
  if (inside.length > 0) return inside;
  const what = credentialUnder(key, value);
  if (what !== undefined) return [{ what, name: key, line: 1 }];
  if (value.includes("\uFFFD")) return [{ what: "binary data of a Secret", name: key, line: 1 }];
  const structured = /[\r\n]/.test(value) || /^[{[<]/.test(value);
  if (plain.test(key) || structured || isHarmless(value, "password")) return [];
  return [{ what: "a value of a Secret", name: key, line: 1 }];
}

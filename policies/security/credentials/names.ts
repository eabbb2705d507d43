/** Classifies a name: its value is a credential, or only references one. */

/** How certain the value of a name is a credential. The value of a `vague` name may also be the name of an object. */
export type Promise = "password" | "key" | "vague";

const nameAtMost = 200;

/** The words of a name in any of the usual spellings: DB_PASS, dbPass, db-pass, APIKey. */
export function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, nameAtMost)
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

const listed = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Words after which the name still means the value itself: an environment, a role, a number, an encoding. */
const afterwards = listed(
  "prod production staging stage dev development test qa primary replica secondary main backup ro rw read write " +
    "readonly admin root user old new current previous value plain plaintext literal default base64 b64 base txt",
);
/** Words before a name that make it one of something public. */
const publicWords = listed("public checksum hash hashed sha sha1 sha256 sha512 md5 digest fingerprint");
const password =
  /(passw(or)?d|passwort|passphrase|passcode|pwd)s?$|^(db|my|pg|sql|root|admin|user|smtp|mail|redis)?pass$/;
/** What `key` must follow to be a credential: other keys are names. */
const secretKeys = listed(
  "api private access secret signing encryption master account shared storage deploy auth hmac jwt rsa",
);
const wholeKey = /^(api|private|access|secret|signing|encryption|master|account|shared)keys?$/;
/** What `token` and `secret` follow where they are the value itself. */
const owners = listed(
  "api auth access bearer refresh bot personal session oauth github gitlab npm slack vault consul jwt admin root deploy " +
    "sas security app service user ci client shared cookie webhook signing hmac consumer hash stripe",
);
const wholeToken = /^(api|auth|access|bearer|refresh|client|app)(token|secret)s?$/;
/** What stands before `secret` where it is the name of an object. */
const objects = listed(
  "existing external pull tls image imagepull ref mount volume k8s kubernetes cert certificate ca config",
);

/** The kind of credential that the name means; undefined for other names, such as PASSWORD_FILE, secretName or passwordKey. */
export function promiseOf(name: string): Promise | undefined {
  const words = wordsOf(name);
  if (words.some((word) => publicWords.has(word))) return undefined;
  let end = words.length;
  while (end > 1 && isAfterwards(words[end - 1] ?? "")) end -= 1;
  const [last = "", before = ""] = words.slice(0, end).reverse();
  return ofLast(last.replace(/\d+$/, ""), before);
}

function isAfterwards(word: string): boolean {
  return afterwards.has(word) || /^v?\d+$/.test(word);
}

function ofLast(last: string, before: string): Promise | undefined {
  if (password.test(last)) return "password";
  if (wholeKey.test(last) || wholeToken.test(last)) return "key";
  // As a kubeconfig has it: `client-key-data`.
  if (last === "data") return before === "key" ? "key" : undefined;
  if (/^keys?$/.test(last)) return secretKeys.has(before) ? "key" : undefined;
  if (/(token|secret)s?$/.test(last)) return owners.has(before) ? "key" : objects.has(before) ? undefined : "vague";
  return /^cred(ential)?s?$/.test(last) ? "vague" : undefined;
}

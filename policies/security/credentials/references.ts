/** Whether a value references a credential or is a placeholder for one. */
import { type Promise, wordsOf } from "./names";

const valueAtMost = 4096;

/** URL schemes and prefixes of references that secret stores and injectors resolve. */
const stores =
  /^(arn:|vault:|bao:|ref\+|secretsmanager:|ssm:|aws-?sm\b|aws-?ssm\b|gcp-?sm\b|sm:\/\/|op:\/\/|akv|keyvault:|azurekeyvault|@microsoft\.keyvault|k8s:\/\/|secret:\/\/|file:|env:|!vault|enc\[|resolve:|conjur:|doppler:|alias\/|sha(1|256|512):|projects\/[^/]+\/secrets\/)/i;
/** Values of switches, and words of documentation. */
const words =
  /^(true|false|yes|no|on|off|null|nil|none|undefined|required|optional|enabled|disabled|auto|automatic|generated?|random|prompt|stdin|default|always|never|bearer|basic|jwt|opaque|oidc|iam|header|cookie|redacted|masked|hidden|unset|todo|tbd|n\/a)$/i;
/** Counts, sizes and durations. */
const amounts = /^\d+(\.\d+)?[a-z]{1,2}$/i;
const publicParts = /^(ssh-(rsa|ed25519|dss) |ecdsa-|age1|-----BEGIN (PUBLIC KEY|CERTIFICATE|RSA PUBLIC KEY))/;
const shortNumber = 4;

/** Whether the value is no credential although its name means one. */
export function isHarmless(value: string, promise: Promise): boolean {
  const text = unquoted(value.slice(0, valueAtMost).trim());
  if (text === "" || words.test(text) || amounts.test(text)) return true;
  if (/^\d+(\.\d+)?$/.test(text)) return promise !== "password" || text.length < shortNumber;
  return isPlaceholder(text) || isAddress(text);
}

function unquoted(text: string): string {
  const [, double, single] = /^"([^"]*)"$|^'([^']*)'$/.exec(text) ?? [];
  return double ?? single ?? text;
}

/** Placeholders: a variable, a template, dots or asterisks. */
export function isPlaceholder(text: string): boolean {
  const fallback = /^\$\{[\w.-]{1,80}:[-=]?([^}]*)\}$/.exec(text);
  // The default value of a variable is plain text.
  if (fallback !== null) return fallback[1] === "" || isHarmless(fallback[1] ?? "", "key");
  return (
    /\$\(|\$\{|\{\{|<%|%\(|^`/.test(text) ||
    /^\$[A-Za-z_0-9][\w.:/-]*$|^%[A-Za-z_]+%$|^@@?[\w.]+@@?$|^__\w+__$|^<[^<>]*>$|^\[[^[\]]*\]$/.test(text) ||
    /^([*x•._-])\1+$/i.test(text) ||
    /^(your|replace|insert)[-_ ]/i.test(text)
  );
}

/** Text that says where something is. */
function isAddress(text: string): boolean {
  if (stores.test(text) || publicParts.test(text)) return true;
  if (/^(~|\.{0,2})(\/[\w.@-]+)+\/?$/.test(text)) return true;
  return /^[a-z][a-z0-9+.-]{1,20}:\/\/[^\s@?]*$/i.test(text);
}

const naming = new Set(
  "secret secrets cred creds credential credentials token tokens key keys tls cert certs auth config password registry regcred reg pull".split(
    " ",
  ),
);

/** Whether the text, under a vague name, names an object that holds the credential: `regcred`, `shop-db`, `team/shop-tls`. */
export function namesObject(name: string, text: string): boolean {
  if (!/^[a-z][a-z0-9.-]{0,62}(\/[a-z][a-z0-9.-]{0,62})?$/.test(text)) return false;
  const own = new Set(wordsOf(name));
  return wordsOf(text).some((word) => naming.has(word) || (own.has(word) && word.length > 1));
}

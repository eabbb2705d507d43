/** Finds credentials inside a text of any kind: a settings file, a script, a connection string, a header. */
import { assignmentsIn } from "./assignments";
import { type Credential, credentialOf, credentialUnder } from "./credential";
import { formOf } from "./forms";
import { isHarmless, isPlaceholder } from "./references";

/** Maximum size of a ConfigMap or a Secret. Source: Kubernetes, core/v1, MaxSecretSize. */
export const textAtMost = 1_048_576;
/** Maximum number of findings in one text. The fix needs a review of the whole text, so more would add nothing. */
const foundAtMost = 20;
/** Comments whose sign stands further away are read as text: looking back without end would take the square of the length. */
const lineAtMost = 500;

/** Phrases with a credential: the last group is the value. */
const phrases: readonly { readonly what: string; readonly phrase: RegExp }[] = [
  { what: "a password", phrase: /:\/\/[^/\s:@"']{0,200}:([^/\s:@"']{1,300})@/g },
  { what: "a password", phrase: /\bjdbc:oracle:thin:[^/\s@"']{1,100}\/([^@\s"']{1,100})@/g },
  {
    what: "an authorization header",
    phrase: /\bauthorization["']?[ \t]{0,4}[:=]?[ \t]{0,4}["']?(?:basic|bearer|token)[ \t]{1,4}([^\s"'\\]{6,4000})/gi,
  },
  { what: "a password", phrase: /\b(?:identified[ \t]{1,4}by|password)[ \t]{1,4}'([^'\n]{1,200})'/gi },
  { what: "a password", phrase: /\blogin[ \t]{1,4}[^\s]{1,100}[ \t]{1,4}password[ \t]{1,4}([^\s]{1,200})/gi },
  { what: "a password", phrase: /^[ \t]{0,40}(?:requirepass|masterauth|auth_pass)[ \t]{1,8}["']?([^\s"']{1,200})/gm },
  { what: "a password", phrase: /\bmysql(?:dump|admin)?[ \t][^\n|;&]{0,200}?[ \t]-p([^\s"']{1,100})/g },
  { what: "a password", phrase: /\bcurl[ \t][^\n|;]{0,300}?(?:-u|--user)[ =]["']?[\w.@-]{1,100}:([^\s"']{1,200})/g },
  {
    what: "a password",
    phrase:
      /\b(?:sshpass[ \t]{1,4}-p[ \t]{0,4}|redis-cli[ \t](?:[^\n|;]{0,200}?[ \t])?-a[ \t]{1,4})["']?([^\s"']{1,200})/g,
  },
];
/** One of these stands in every phrase. */
const phrased =
  /:\/\/|jdbc:|authorization|identified|password|login|requirepass|masterauth|auth_pass|mysql|curl|sshpass|redis-cli/i;
const option = /(?<![\w-])--?(?<name>[A-Za-z][\w.-]{0,79})[ \t]{1,4}(["']?)(?<value>[^\s"'-][^\s"']{0,300})\2/g;
const element = /<(?<name>[A-Za-z][\w.:-]{0,79})>(?<value>[^<\s][^<\n]{0,300})<\//g;

/** Possible credentials in the text, each name once a line. */
export function credentialsIn(text: string): readonly Credential[] {
  // Most values are one word or number without an assignment.
  if (!/[=:<\s]/.test(text) && formOf(text) === undefined) return [];
  const body = text.slice(0, textAtMost).replaceAll('\\"', '"');
  const found: Credential[] = [];
  const lines = lineCounter(body);
  for (const { what, name, at } of candidates(body)) {
    if (isComment(body, at) && name !== undefined) continue;
    const line = lines(at);
    const known = found.some(
      (one) => one.line === line && (name === undefined || one.name === undefined || one.name === name),
    );
    if (!known) found.push({ what, name, line });
    if (found.length >= foundAtMost) break;
  }
  return found.sort((left, right) => left.line - right.line);
}

interface Candidate {
  readonly what: string;
  readonly name?: string | undefined;
  readonly at: number;
}

function* candidates(text: string): Generator<Candidate> {
  const form = formOf(text);
  if (form !== undefined) yield form;
  for (const { name, value, at } of assignmentsIn(text)) {
    const what = credentialUnder(name, value) ?? registryLogin(name, value);
    if (what !== undefined) yield { what, name, at };
  }
  for (const pattern of [option, element]) {
    for (const match of text.matchAll(pattern)) {
      const { name = "", value = "" } = match.groups ?? {};
      const what = credentialUnder(name, value);
      if (what !== undefined) yield { what, name, at: match.index };
    }
  }
  if (!phrased.test(text)) return;
  for (const { what, phrase } of phrases) {
    for (const match of text.matchAll(phrase)) {
      const value = match[1] ?? "";
      if (!value.includes("$") && !isHarmless(value, "key") && !isPlaceholder(value)) yield { what, at: match.index };
    }
  }
}

/** Docker writes `user:password` in base64 under `auth`. */
function registryLogin(name: string, value: string): string | undefined {
  if (!/^_?auth$/.test(name) || !/^[A-Za-z0-9+/]{8,4000}={0,2}$/.test(value)) return undefined;
  return /^[^:\0]{1,200}:./.test(Buffer.from(value, "base64").toString("latin1")) ? "a registry's password" : undefined;
}

/** Assignments in comments of a settings file are examples without effect. */
function isComment(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - lineAtMost), at);
  return /^[ \t]{0,80}(#|\/\/|;|--[ \t])/.test(before.slice(before.lastIndexOf("\n") + 1));
}

/** Lines by place, for places that mostly rise. */
function lineCounter(text: string): (at: number) => number {
  const starts: number[] = [0];
  for (let next = text.indexOf("\n"); next >= 0; next = text.indexOf("\n", next + 1)) starts.push(next + 1);
  return (at) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = Math.floor((low + high) / halves);
      if ((starts[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
const halves = 2;

/** Credentials among the words of a command line: inside one word, or as an option whose value is the next word. */
export function credentialsAmong(words: readonly string[]): readonly (Credential & { readonly word: number })[] {
  return words.flatMap((word, index) => {
    const inside = credentialsIn(word).map((found) => ({ ...found, word: index }));
    const [, name] = /^--?([A-Za-z][\w.-]{0,79})$/.exec(words[index - 1] ?? "") ?? [];
    if (inside.length > 0 || name === undefined || word.startsWith("-")) return inside;
    const found = credentialOf(name, word);
    return found === undefined ? [] : [{ ...found, word: index }];
  });
}

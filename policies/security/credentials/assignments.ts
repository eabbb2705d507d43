/** Finds `name=value`, `name: value` and `"name": "value"` in a text: settings files, JSON, connection strings, commands. */

/** One assignment. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  /** Where the name begins. */
  readonly at: number;
}

/** A name with what assigns; every count is bounded, and a name begins where none goes on, so that the time is linear. */
const assigned = /(?<![\w.$/-])-{0,2}(["']?)([A-Za-z_][\w./-]{0,79})\1[ \t]{0,4}(:=|=>|=|:)[ \t]{0,4}/g;
const valueAtMost = 500;
/** How far the next line of a YAML block may be indented. */
const block = /^[|>][+-]?\d?[ \t]{0,20}\r?\n[ \t]{1,80}/;
/** Members or items follow, each with a name of its own or on a line of its own; two braces are a template. */
const opens = /^(\{(?!\{)|\[$)/;
const call = /^[A-Za-z_][\w.]{0,80}[([]/;
const member = /^[A-Za-z_]\w{0,80}(\.[A-Za-z_]\w{0,80})+$/;

/** Every assignment of the text; values that are code are left out. */
export function* assignmentsIn(text: string): Generator<Assignment> {
  const pattern = new RegExp(assigned);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [, quote = "", name = "", sign = ""] = match;
    const begins = { at: match.index, quoted: quote !== "", sign };
    const value = valueAt(text, pattern.lastIndex, begins);
    if (value !== undefined) yield { name, value, at: match.index };
  }
}

interface Begins {
  readonly at: number;
  readonly quoted: boolean;
  readonly sign: string;
}

function valueAt(text: string, from: number, begins: Begins): string | undefined {
  const rest = text.slice(from, from + valueAtMost);
  const quote = rest[0];
  if (quote === '"' || quote === "'") return quotedValue(rest, quote);
  return begins.sign === ":" ? afterColon(text, rest, begins) : afterEquals(rest);
}

/** A label for people is no value: it begins like a sentence and has blanks. */
function quotedValue(rest: string, quote: string): string | undefined {
  const end = rest.indexOf(quote, 1);
  if (end < 0) return undefined;
  const value = rest.slice(1, end);
  return /\n/.test(value) || /^[A-Z][a-z]*\s/.test(value) ? undefined : value;
}

/** YAML and flow mappings: the name begins its line or is quoted, and the value is one word. */
function afterColon(text: string, rest: string, { at, quoted }: Begins): string | undefined {
  const before = text.slice(Math.max(0, at - valueAtMost), at);
  const begins = /^[ \t\-{,?]*$/.test(before.slice(before.lastIndexOf("\n") + 1));
  if (!begins && !quoted && !/[{,][ \t]{0,4}$/.test(before)) return undefined;
  const opened = block.exec(rest);
  const body = opened === null ? rest : rest.slice(opened[0].length);
  const line = body
    .split(/[\r\n]/, 1)
    .join("")
    .replace(/[ \t]#.*/, "");
  const single = line.trim().replace(/[,}\]].*/, "");
  return /\s/.test(single) || call.test(single) || opens.test(single) ? undefined : single;
}

function afterEquals(rest: string): string | undefined {
  const value = rest.split(/[\s;&"'|]/, 1).join("");
  // A comparison, a call or another variable: code.
  return /^[=~>]/.test(value) || call.test(value) || member.test(value) ? undefined : value;
}

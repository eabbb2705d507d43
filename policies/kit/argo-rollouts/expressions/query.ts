/** Bounds of a Prometheus query's result, whatever was measured, and its result without data. */

/** Bounds of every result. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

const number = "([-+]?[0-9.]+(?:e[-+]?[0-9]+)?)";
const anything: Range = { least: -Infinity, most: Infinity };

/** Result of a query without data, where it states one with `or`; a part in brackets may have no data all the same. */
export function valueWithoutData(query: string): number | undefined {
  const parts = splitAt(bare(query), /^\bor\b/i);
  const last = parts.at(-1) ?? "";
  return parts.length < least ? undefined : constantOf(bare(last.replace(/^(on|ignoring)\s*\([^()]*\)/i, "")));
}

const least = 2;

/** Bounds of every result of the query. */
export function rangeOf(query: string): Range {
  const text = bare(query);
  const constant = new RegExp(`^${number}$`).test(text) ? Number(text) : constantOf(text);
  if (constant !== undefined) return { least: constant, most: constant };
  const [, name = "", inside = ""] = /^(clamp_min|clamp_max|clamp)\s*\(([\s\S]*)\)$/i.exec(text) ?? [];
  const [, ...bounds] = splitAt(inside, /^,/).map((part) => Number(bare(part)));
  const [low = NaN, high = NaN] = name.toLowerCase() === "clamp_max" ? [-Infinity, ...bounds] : [...bounds, Infinity];
  return Number.isNaN(low) || Number.isNaN(high) ? anything : { least: low, most: high };
}

/** Result of an expression without data; that of absent() is one. */
function constantOf(text: string): number | undefined {
  if (/^absent(_over_time)?\s*\(/i.test(text)) return 1;
  const [, inside] = /^label_replace\s*\(([\s\S]*)\)$/i.exec(text) ?? [];
  if (inside !== undefined) return constantOf(bare(splitAt(inside, /^,/)[0] ?? ""));
  const found = new RegExp(`^vector\\s*\\(\\s*${number}\\s*\\)$`, "i").exec(text);
  return found === null ? undefined : Number(found[1]);
}

/** The query without brackets around all of it. */
function bare(query: string): string {
  const text = query.trim();
  const closes = [...text].findIndex((_, index) => index > 0 && depthAt(text, index) === 0);
  return closes === -1 && text.endsWith(")") ? bare(text.slice(1, -1)) : text;
}

function depthAt(text: string, index: number): number {
  const before = text.slice(0, index);
  return before.split("(").length - before.split(")").length;
}

/** The parts of a text between separators outside of brackets and selectors. */
function splitAt(text: string, separator: RegExp): readonly string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (let index = 0; index < text.length; index++) {
    const sign = text.charAt(index);
    if ("([{".includes(sign)) depth++;
    else if (")]}".includes(sign)) depth--;
    const found = depth === 0 ? separator.exec(text.slice(index))?.[0] : undefined;
    // A separator inside of a name is part of the name.
    if (found === undefined || (/\w/.test(found) && /[\w:]/.test(text.charAt(index - 1)))) continue;
    parts.push(text.slice(from, index).trim());
    from = index + found.length;
    index = from - 1;
  }
  return [...parts, text.slice(from).trim()];
}

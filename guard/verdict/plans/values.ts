/** Property values of a plan, read by names that Pulumi and Terraform share. */
import { type Mask, maskOf, UNKNOWN as PULUMI_UNKNOWN } from "@fridayproof/components/core";

/** Properties by name, as the plan has them. */
export type Values = Readonly<Record<string, unknown>>;

/** Stands in Terraform's values for what is known only after the run. */
export const UNKNOWN = Symbol("known after the run");

/** Every text and number in a value, as texts. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsIn);
  return typeof value === "string" ? [value] : typeof value === "number" ? [String(value)] : [];
}

/** Shorter ones are found in encoded texts by chance. */
const SHORTEST_ENCODED = 6;

/** A secret as it stands in a URL, and in the middle of a text that is Base64, at each of the three places where it may begin. */
function encodings(text: string): readonly string[] {
  if (text.length < SHORTEST_ENCODED) return [];
  const bytes = Buffer.from(text);
  const middles = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6)),
  );
  return [encodeURIComponent(bytes.toString()), ...middles];
}

/** Stands for a value that the plan marks as secret: it is compared and never shown. */
export class Secret {
  readonly #text: string;

  constructor(value: unknown) {
    this.#text = JSON.stringify(value) ?? "null";
  }

  /** Hides these secrets, and every text inside of them, in any text. */
  static mask(secrets: readonly Secret[]): Mask {
    const texts = [...new Set(secrets.flatMap((secret) => textsIn(JSON.parse(secret.#text))))];
    return maskOf(texts.flatMap((text) => [text, ...encodings(text)]));
  }

  /** Whether both hide the same value. */
  equals(other: unknown): boolean {
    return other instanceof Secret && other.#text === this.#text;
  }
}

/** Plurals that no rule gives. */
const IRREGULAR: Readonly<Record<string, string>> = {
  aliases: "alias",
  alias: "alias",
  indexes: "index",
  globalsecondaryindexes: "globalsecondaryindex",
  localsecondaryindexes: "localsecondaryindex",
  prefixes: "prefix",
};

function singular(word: string): string {
  const irregular = IRREGULAR[word];
  if (irregular !== undefined) return irregular;
  if (/(ss|us|is|dns|https|tls)$/.test(word)) return word;
  if (/sses$/.test(word)) return word.slice(0, -2);
  if (/ies$/.test(word)) return `${word.slice(0, -"ies".length)}y`;
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

const stems = new Map<string, string>();

/**
 * What `default_action` and `defaultActions` have in common. Keys that people choose, such as those of tags and annotations,
 * stay as they are once they hold anything but letters, digits and underscores.
 */
export function stemOf(name: string): string {
  let stem = stems.get(name);
  if (stem === undefined) {
    stem = /^\w+$/.test(name) ? singular(name.replaceAll("_", "").toLowerCase()) : name;
    stems.set(name, stem);
  }
  return stem;
}

/** Whether the value is a map, not a list. */
export function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}

/** Whether the value is known only after the run. */
export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN || (typeof value === "string" && value.includes(PULUMI_UNKNOWN));
}

/** Whether a value anywhere within is known only after the run. */
export function holdsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsUnknown);
  if (isMap(value)) return Object.values(value).some(holdsUnknown);
  return isUnknown(value);
}

/** Terraform writes a missing block as an empty list and a missing value as null or an empty text. */
export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0;
}

function memberOf(map: Values, segment: string): unknown {
  const stem = stemOf(segment);
  if (map[segment] !== undefined) return map[segment];
  for (const key of Object.keys(map)) if (stemOf(key) === stem) return map[key];
  return undefined;
}

function step(value: unknown, segment: string): unknown {
  if (Array.isArray(value)) {
    const found = value.map((item) => step(item, segment)).filter((item) => item !== undefined);
    return value.length === 1 || found.length < 2 ? found[0] : found.flat();
  }
  return isMap(value) ? memberOf(value, segment) : isUnknown(value) ? value : undefined;
}

/** A dotted path as segments; what follows `annotations`, `labels` or `tags` is one key. */
export function segmentsOf(path: string): readonly string[] {
  const [, head, key] = /^(.*?\b(?:annotations|labels|tags))\.(.+)$/.exec(path) ?? [];
  return head === undefined || key === undefined ? path.split(".") : [...head.split("."), key];
}

/** The value at a dotted path, through lists: a list of one counts as its item, longer ones give the values of all items. */
export function valueAt(values: Values | undefined, path: string | readonly string[]): unknown {
  const segments = typeof path === "string" ? segmentsOf(path) : path;
  return segments.reduce<unknown>(step, values);
}

/** The value at a path as a list: of one where it is none, empty where it is absent. */
export function listAt(values: Values | undefined, path: string): readonly unknown[] {
  return listOf(valueAt(values, path));
}

/** A value as a list: of one where it is none, empty where it is absent. */
export function listOf(value: unknown): readonly unknown[] {
  if (isAbsent(value)) return [];
  return Array.isArray(value) ? value : [value];
}

/** The number at a path; undefined where there is none. Terraform writes some numbers as texts. */
export function numberAt(values: Values | undefined, path: string): number | undefined {
  return numberOf(valueAt(values, path));
}

/** A value as a number; undefined for what is none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** The text at a path; undefined where it is missing, empty or unknown. */
export function textAt(values: Values | undefined, path: string): string | undefined {
  return textOf(valueAt(values, path));
}

/** A value as a text; undefined for other types, and for empty or unknown texts. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && !isUnknown(value) ? value : undefined;
}

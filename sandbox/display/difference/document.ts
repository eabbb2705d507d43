/** Texts that hold a document: policies as JSON, configuration files and Helm values as YAML. */
import { parseDocument } from "yaml";
import { isObject, parseJson, type Value } from "../../property/values";

/** Longest text that is read as YAML: reading is slow, and what is longer is a program. Characters. */
const LONGEST_YAML = 100_000;

/** Both sides read as documents of one form; undefined where either is none. */
export function documentsOf(old: string, now: string): { readonly old: Value; readonly now: Value } | undefined {
  const json = both(old, now, parseJson);
  if (json !== undefined) return json;
  const isYaml = [old, now].every((text) => text.includes("\n") && text.length <= LONGEST_YAML);
  return isYaml ? both(old, now, parseYaml) : undefined;
}

function both(
  old: string,
  now: string,
  read: (text: string) => Value | undefined,
): { readonly old: Value; readonly now: Value } | undefined {
  const [before, after] = [read(old), read(now)];
  return isDocument(before) && isDocument(after) ? { old: before, now: after } : undefined;
}

function isDocument(value: Value | undefined): value is Value {
  return isObject(value) || Array.isArray(value);
}

/** A text that is YAML without a warning; comments do not count, and several documents in one text are left a text. */
function parseYaml(text: string): Value | undefined {
  try {
    const document = parseDocument(text, { logLevel: "silent", uniqueKeys: true });
    if (document.errors.length + document.warnings.length > 0) return undefined;
    return document.toJS() as Value;
  } catch {
    return undefined;
  }
}

/** Scalars and empty collections inside of a value. */
export function leavesOf(value: Value): number {
  const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return inner.length === 0 ? 1 : inner.reduce((sum: number, item: Value) => sum + leavesOf(item), 0);
}

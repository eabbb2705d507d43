/** Stack outputs as text: secrets masked, unknowns named, nested values indented. */
import { isObject, isSecret, masked, UNKNOWN, type Value } from "../property/values";

const INDENT = "    ";

function scalar(value: Value): string | undefined {
  if (isSecret(value)) return "[secret]";
  if (value === UNKNOWN) return "[unknown]";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value) && value.length === 0) return "[]";
  if (isObject(value) && Object.keys(value).length === 0) return "{}";
  return undefined;
}

function block(value: Value, indent: string): string[] {
  if (Array.isArray(value))
    return ["[", ...value.flatMap((item, index) => member(`[${index}]`, item, indent)), `${indent}]`];
  if (isObject(value)) return ["{", ...members(value, indent), `${indent}}`];
  throw new Error("scalars are written on one line");
}

function member(key: string, value: Value, indent: string): string[] {
  const inner = indent + INDENT;
  const short = scalar(value);
  if (short !== undefined) return [`${inner}${key}: ${short}`];
  const [first = "", ...rest] = block(value, inner);
  return [`${inner}${key}: ${first}`, ...rest];
}

function members(values: Readonly<Record<string, Value>>, indent: string): string[] {
  const width = Math.max(...Object.keys(values).map((key) => key.length));
  return Object.keys(values)
    .sort()
    .flatMap((key) => member(key.padEnd(width), values[key] ?? null, indent));
}

/** One indented line or block for each output, sorted by name. */
export function outputLines(outputs: Readonly<Record<string, Value>>): string[] {
  return Object.keys(outputs).length === 0 ? [] : members(outputs, "");
}

/** The outputs as JSON, secrets masked. */
export function outputJson(outputs: Readonly<Record<string, Value>>): string {
  return JSON.stringify(masked(outputs), undefined, INDENT.length);
}

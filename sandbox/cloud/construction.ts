/** How a construction's description becomes values: child outputs looked up, and the few forms derived from them. */
import { UNKNOWN, hasUnknown, isObject, type Value } from "../values/values";
import { parsePath } from "../values/paths";
import type { ChildOutput } from "./provider";

/** A place that takes a child's output; `output` may be a path such as `identities[0].oidcs[0].issuer`. */
export function childOutput($child: string, $output: string): { readonly [key in keyof ChildOutput]: string } {
  return { $child, $output };
}

/** The JSON text of a value that holds child outputs; unknown as a whole while any of them is. */
export function jsonOf($json: Value): Value {
  return { $json };
}

/** The text of several parts, one after the other. */
export function joined(...$join: readonly Value[]): Value {
  return { $join };
}

/** One part of a text, such as the region (3) of an ARN split at `:`. */
export function partOf($part: Value, separator: string, index: number): Value {
  return { $part, separator, index };
}

/** An object whose keys are known only later. */
export function objectOf($entries: readonly (readonly [Value, Value])[]): Value {
  return { $entries };
}

/** The value at an output path, `undefined` where there is none. */
export function atOutputPath(outputs: Value, path: string): Value | undefined {
  let value: Value | undefined = outputs;
  for (const step of parsePath(path)) {
    if (value === UNKNOWN) return UNKNOWN;
    if (typeof step === "number") value = Array.isArray(value) ? (value as readonly Value[])[step] : undefined;
    else value = isObject(value) ? value[step] : undefined;
  }
  return value;
}

/**
 * Replaces every child output and derived form inside `value`.
 * @param outputOf the value of a child's output; {@link UNKNOWN} before it can be known.
 */
export function resolve(value: Value, outputOf: (place: ChildOutput) => Value): Value {
  if (Array.isArray(value)) return value.map((item: Value) => resolve(item, outputOf));
  if (!isObject(value)) return value;
  const { $child, $output, $json, $join, $part, $entries } = value;
  if (typeof $child === "string" && typeof $output === "string") return outputOf({ $child, $output });
  if ($json !== undefined) return derive(resolve($json, outputOf), (inner) => JSON.stringify(inner));
  if ($join !== undefined) return derive(resolve($join, outputOf), (parts) => (parts as readonly Value[]).join(""));
  if ($part !== undefined)
    return derive(resolve($part, outputOf), (text) => partAt(text, value.separator, value.index));
  if ($entries !== undefined)
    return derive(resolve($entries, outputOf), (pairs) => Object.fromEntries(pairs as [string, Value][]));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolve(member, outputOf)]));
}

function derive(value: Value, make: (value: Value) => Value): Value {
  return hasUnknown(value) ? UNKNOWN : make(value);
}

function partAt(text: Value, separator: Value | undefined, index: Value | undefined): Value {
  return String(text).split(String(separator))[Number(index)] ?? "";
}

/** Names of all children whose outputs stand inside, each once. */
export function childrenIn(value: Value): string[] {
  const names = new Set<string>();
  resolve(value, ({ $child }) => {
    names.add($child);
    return UNKNOWN;
  });
  return [...names];
}

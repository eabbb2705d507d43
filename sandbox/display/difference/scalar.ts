/** One value on one line. */
import { isObject, isSecret, mapValue, UNKNOWN, type Value } from "../../property/values";
import type { Side } from "./difference";
import type { DifferencePath } from "./path";
import { named, type OwnNames } from "./own-names";

/** How values become text. */
export interface ValueFormat {
  readonly names: OwnNames;
  /** Changed lines of a text before the rest is counted. */
  readonly textLines: number;
  /** What stands for a value known only in the update, by what it was: `known after front-door-blue is created`. */
  readonly unknown: (path: DifferencePath, old: Side) => string;
}

/** What stands where a property is not there. */
const ABSENT = "(none)";

/** Strings that need quotes to be distinct: empty, spaces at an end, looking like a number or a word of JSON. */
const AMBIGUOUS = /^$|^\s|\s$|^(?:true|false|null|-?\d+(?:\.\d+)?)$|^\(/;

/**
 * The value as a person reads it; no secret and no sentinel of the engine is ever part of it.
 * @param old what it was, where the value is the new one of a pair.
 */
export function scalarText(value: Side, format: ValueFormat, path: DifferencePath, old?: Side): string {
  if (value === undefined) return ABSENT;
  if (value === UNKNOWN) return format.unknown(path, old);
  if (isSecret(value)) return "(secret)";
  if (typeof value === "string") return quoted(format.names(value));
  if (typeof value !== "object" || value === null) return String(value);
  return JSON.stringify(named(closed(value), format.names));
}

const quoted = (text: string): string => (AMBIGUOUS.test(text) ? JSON.stringify(text) : text);

/** The value without secrets and sentinels. */
function closed(value: Value): Value {
  return mapValue(value, (inner) => {
    if (inner === UNKNOWN) return "(unknown)";
    return isObject(inner) && isSecret(inner) ? "(secret)" : inner;
  });
}

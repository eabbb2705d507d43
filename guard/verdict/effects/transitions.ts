/** Transitions of a value that rows name: increase, false->true, ->API. */
import { isAbsent, isUnknown, numberOf } from "../plans/values";

/** Values before and after, at the row's own path. */
export interface Transition {
  readonly before: unknown;
  readonly after: unknown;
}

/** Whether the change is such a transition; undefined where a value is not known. */
export type TransitionRule = (transition: Transition) => boolean | undefined;

function compared(decide: (before: number, after: number) => boolean): TransitionRule {
  return ({ before, after }) => {
    if (isUnknown(after)) return undefined;
    const [old, next] = [numbersIn(before), numbersIn(after)];
    if (old.length === 0 || next.length === 0) return undefined;
    return old.length !== next.length ? undefined : old.some((number, index) => decide(number, next[index] ?? number));
  };
}

const UNITS: Readonly<Record<string, number>> = {
  m: 0.001,
  s: 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  h: 3600,
};

/** Quantities of Kubernetes count as numbers: 250m, 1Gi, 720h. */
export function quantityOf(value: unknown): number | undefined {
  const plain = numberOf(value);
  if (plain !== undefined || typeof value !== "string") return plain;
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(m|s|k|M|G|h|Ki|Mi|Gi|Ti|%)?$/.exec(value) ?? [];
  return digits === undefined ? undefined : Number(digits) * (UNITS[unit ?? ""] ?? 1);
}

/** Amounts of a map by name; a single amount has the name "". */
export function numbersByName(value: unknown): ReadonlyMap<string, number> {
  const [map] = Array.isArray(value) && value.length === 1 ? value : [value];
  const entries = typeof map === "object" && map !== null ? Object.entries(map) : [["", map] as const];
  return new Map(
    entries.flatMap(([name, amount]): readonly [string, number][] => {
      const number = quantityOf(amount);
      return number === undefined ? [] : [[name, number]];
    }),
  );
}

/** Numbers of a value, deep: those of a map are compared name by name. */
function numbersIn(value: unknown): readonly number[] {
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .flatMap(([, item]) => numbersIn(item));
  const number = quantityOf(value);
  return number === undefined ? [] : [number];
}

/** Terraform writes some flags as texts. */
function textOf(value: unknown): string {
  return isAbsent(value) ? "" : String(value).toLowerCase();
}

const added: TransitionRule = ({ before, after }) => isAbsent(before) && !isAbsent(after);
const removed: TransitionRule = ({ before, after }) => !isAbsent(before) && isAbsent(after);

const RULES: Readonly<Record<string, TransitionRule>> = {
  any: () => true,
  decrease: compared((before, after) => after < before),
  increase: compared((before, after) => after > before),
  "to 0": ({ before, after }) => (isUnknown(after) ? undefined : numberOf(after) === 0 && numberOf(before) !== 0),
  added,
  removed,
  true: ({ before, after }) => (isUnknown(after) ? undefined : textOf(before) !== "true" && textOf(after) === "true"),
};

/** A flag that is not there counts as off. */
function isValue(value: unknown, expected: string): boolean {
  const text = textOf(value);
  return expected === "" || text === expected || (expected === "false" && text === "");
}

/** The transition that a row names; undefined for a description that is not evaluated. */
export function transitionRule(change: string): TransitionRule | undefined {
  const rule = RULES[change];
  if (rule !== undefined) return rule;
  const [, from, to] = /^(\S*)->(\S+)$/.exec(change) ?? [];
  if (to === undefined) return undefined;
  return ({ before, after }) => {
    if (isUnknown(after) || isUnknown(before)) return undefined;
    return (
      isValue(before, (from ?? "").toLowerCase()) &&
      isValue(after, to.toLowerCase()) &&
      textOf(before) !== textOf(after)
    );
  };
}

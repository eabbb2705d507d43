/** Functions of conditions: Argo Rollouts' own (utils/evaluate), and those of expr-lang for lists and numbers. */

/** A condition that fails while it is evaluated: Argo counts the measurement as an error. */
export class EvaluationError extends Error {}

/** A value as a number.
 * @throws EvaluationError for anything else. */
export function numberIn(value: unknown): number {
  if (typeof value === "number") return value;
  throw new EvaluationError("a value that is no number");
}

/** A value as a list.
 * @throws EvaluationError for anything else. */
export function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new EvaluationError("a value that is no list");
}

function converted(value: unknown): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && (!Number.isNaN(number) || typeof value === "number")) return number;
  throw new EvaluationError("a value that converts to no number");
}

const binary = 2;
const bits = 63;
/** Result of Go's conversion of a number that does not fit into an int64, on amd64. */
const noInteger = -(binary ** bits);

/** The number as Go's int64: NaN and numbers out of range become the smallest one. */
function integerOf(value: unknown): number {
  const number = converted(value);
  if (typeof value === "string" && !/^[+-]?\d+$/.test(value))
    throw new EvaluationError("a text that is no whole number");
  return Math.abs(number) < -noInteger ? Math.trunc(number) : noInteger;
}

function lengthOf(value: unknown): number {
  if (typeof value === "string") return [...value].length;
  if (typeof value === "object" && value !== null) return Object.keys(value).length;
  throw new EvaluationError("a value without a length");
}

function flat(args: readonly unknown[]): readonly number[] {
  return args.flatMap((arg) => (Array.isArray(arg) ? flat(arg) : [numberIn(arg)]));
}

/** The largest or smallest; undefined for an empty list, with which every comparison fails. */
function edge(args: readonly unknown[], pick: (...numbers: readonly number[]) => number): number | null {
  const numbers = flat(args);
  return numbers.length === 0 ? null : pick(...numbers);
}

function mean(args: readonly unknown[]): number {
  const numbers = flat(args);
  return numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

/** Functions of values. */
export const functions: ReadonlyMap<string, (...args: readonly unknown[]) => unknown> = new Map([
  ["isNaN", (value: unknown) => Number.isNaN(numberIn(value))],
  ["isInf", (value: unknown) => [Infinity, -Infinity].includes(numberIn(value))],
  ["asInt", integerOf],
  ["asFloat", converted],
  ["int", integerOf],
  ["float", converted],
  ["len", lengthOf],
  ["abs", (value: unknown) => Math.abs(numberIn(value))],
  ["floor", (value: unknown) => Math.floor(numberIn(value))],
  ["ceil", (value: unknown) => Math.ceil(numberIn(value))],
  ["round", (value: unknown) => Math.round(numberIn(value))],
  ["first", (value: unknown) => listIn(value)[0] ?? null],
  ["last", (value: unknown) => listIn(value).at(-1) ?? null],
  ["min", (...args: readonly unknown[]) => edge(args, Math.min)],
  ["max", (...args: readonly unknown[]) => edge(args, Math.max)],
  ["mean", (...args: readonly unknown[]) => mean(args)],
]);

/** Argo's functions of the result, which ignore their arguments. Source: utils/evaluate, defaultFunc and isNilFunc. */
export const ofResult: ReadonlyMap<string, (result: unknown, ...args: readonly unknown[]) => unknown> = new Map<
  string,
  (result: unknown, ...args: readonly unknown[]) => unknown
>([
  ["isNil", (result) => result === null],
  ["default", (result, _given, instead) => result ?? instead],
]);

/** Functions that apply a predicate to each element of a list. */
export const predicates: ReadonlyMap<
  string,
  (list: readonly unknown[], test: (element: unknown) => unknown) => unknown
> = new Map<string, (list: readonly unknown[], test: (element: unknown) => unknown) => unknown>([
  ["all", (list, test) => list.every((one) => test(one) === true)],
  ["any", (list, test) => list.some((one) => test(one) === true)],
  ["none", (list, test) => !list.some((one) => test(one) === true)],
  ["one", (list, test) => list.filter((one) => test(one) === true).length === 1],
  ["count", (list, test) => list.filter((one) => test(one) === true).length],
  ["filter", (list, test) => list.filter((one) => test(one) === true)],
  ["map", (list, test) => list.map(test)],
  ["sum", (list, test) => list.reduce<number>((total, one) => total + numberIn(test(one)), 0)],
  ["find", (list, test) => list.find((one) => test(one) === true) ?? null],
]);

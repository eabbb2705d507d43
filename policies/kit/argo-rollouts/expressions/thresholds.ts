/** Numbers for which a condition succeeds. */
import type { Violation } from "../../finding/finding";

/** Bounds of a gate. */
export interface Thresholds {
  /** Smallest share of successes. */
  readonly success: number;
  /** Largest share of errors. */
  readonly error: number;
}

/** Shares in a condition: right of `>` or left of `<`; integers are no shares. */
function sharesIn(condition: string): readonly number[] {
  const shares = />=?\s*(\d*\.\d+)|(?<![\w.])(\d*\.\d+)\s*</g;
  return [...condition.matchAll(shares)].map(([, after, before]) => Number(after ?? before));
}

/** Queries whose result is a time, which has no upper share. */
const timing = /quantile|latency|duration|seconds|_ms\b|time/i;
const steps = 200;
const shares = Array.from({ length: steps + 1 }, (_, index) => index / steps);
const base = 10;
const smallest = -6;
const decades = 19;
/** Numbers of every size that a measurement may have: a gate that succeeds for all of them is none. */
const everySize = [0, ...shares, ...Array.from({ length: decades }, (_, index) => base ** (index + smallest))];

/** Whether the predicate holds for some number. */
export function anyNumber(passes: (number: number) => boolean): boolean {
  return everySize.some(passes) || everySize.some((number) => passes(-number));
}

/** Whether the predicate holds for every number between the two. */
export function everyNumber(least: number, most: number, passes: (number: number) => boolean): boolean {
  const edges = [least, most].filter(Number.isFinite);
  const inside = [...everySize, ...everySize.map((number) => -number)].filter((one) => one >= least && one <= most);
  return [...edges, ...inside].every(passes);
}

/** A bound that is too loose, and the comparison that is right. */
type OpenBar = Pick<Violation, "got" | "expected"> & { readonly compare: string };

/** The violation where numbers succeed that should not. */
export function thresholdViolation(
  condition: string,
  query: string,
  passes: (number: number) => boolean,
  { success, error }: Thresholds,
): OpenBar | undefined {
  const low = sharesIn(condition).find((share) => share > 0 && share < success);
  if (low !== undefined)
    return { got: `a threshold of ${low}`, expected: `at least ${success}`, compare: `>= ${success}` };
  if (everySize.every(passes))
    return {
      got: "a condition that every number satisfies",
      expected: "one that a bad version fails",
      compare: `>= ${success}`,
    };
  const percent = /\b100\s*\*|\*\s*100\b/.test(query);
  const accepted = shares.filter((share) => passes(percent ? share * everyPercent : share));
  const [least, most] = [accepted[0] ?? 1, accepted.at(-1) ?? 0];
  if (query === "" || timing.test(query)) return undefined;
  if (least === 0 && most < 1 && most > error)
    return { got: `an error ratio of up to ${most}`, expected: `at most ${error}`, compare: `<= ${error}` };
  if (percent && least > 0 && least < success)
    return { got: `a threshold of ${least}`, expected: `at least ${success}`, compare: `>= ${success * everyPercent}` };
  return undefined;
}
const everyPercent = 100;

/** How much an analysis forgives: failures, measurements without a verdict, and queries without an answer. */
import type { Arguments } from "../../kit/argo-rollouts/arguments";
import { counted } from "@fridayproof/components/core";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { secondsOfMetric, undecided, integerOf } from "../../kit/argo-rollouts/metric";
import { set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";

/** Most that may be forgiven. */
export interface Tolerance {
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
  readonly consecutiveErrorLimit: number;
}

/** Limits that are too wide, and limits that no number of measurements can pass. */
export function* checkTolerance(
  template: Resource,
  metric: Field,
  most: Tolerance,
  values: Arguments,
): Iterable<Finding> {
  const count = countOf(metric, values);
  for (const key of ["failureLimit", "inconclusiveLimit", "consecutiveErrorLimit"] as const) {
    const field = metric.at(key);
    const tolerated = integerOf(field, values) ?? 0;
    const problem =
      tolerated === undecided
        ? byArgument(field, below(most[key], count))
        : violationOf(field, key, tolerated, most[key], count, isStreak(metric, values));
    if (problem !== undefined) yield violation(template, { at: field.path, ...problem });
  }
}

type Said = Pick<Finding, "got" | "expected" | "fix">;

function byArgument(field: Field, most: number): Said {
  const got = "a limit that an argument decides";
  return { got, expected: "a limit that can be read", fix: set(field, most) };
}

/** The most that may be tolerated while not all measurements are. */
function below(most: number, count: number): number {
  return count > 0 ? Math.min(most, count - 1) : most;
}

/** At -1 failures are not counted: only a streak of successes that a count ends can then fail. */
function violationOf(
  field: Field,
  key: keyof Tolerance,
  tolerated: number,
  most: number,
  count: number,
  streak: boolean,
): Said | undefined {
  const never = key === "failureLimit" && tolerated < 0;
  if (never && streak && count > 0) return undefined;
  if (never || tolerated > most) {
    const got = never ? `${tolerated}, which means never` : String(tolerated);
    return { got, expected: `0 to ${most}`, fix: set(field, below(most, count)) };
  }
  // Without an answer nothing is counted, so that count does not end a series of errors.
  if (key === "consecutiveErrorLimit" || count === 0 || tolerated < count) return undefined;
  return {
    got: `${tolerated} of ${counted(count, "measurement")} tolerated, which lets all of them go wrong`,
    expected: `less than ${count}`,
    fix: set(field, count - 1),
  };
}

function isStreak(metric: Field, values: Arguments): boolean {
  const successes = integerOf(metric.at("consecutiveSuccessLimit"), values) ?? 0;
  return successes === undecided || successes > 0;
}

/** Measurements at most; 0 where they go on. Source: Argo Rollouts, Metric.EffectiveCount. */
function countOf(metric: Field, values: Arguments): number {
  const count = integerOf(metric.at("count"), values) ?? 0;
  if (count === undecided) return 0;
  return count === 0 && secondsOfMetric(metric.at("interval"), values) === undefined ? 1 : count;
}

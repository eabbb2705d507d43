/** Numbers of one metric of an analysis: its interval, its limits, and when it ends. */
import { type Arguments, filled } from "./arguments";
import { type Field, MalformedRead } from "../reading/field";
import { goSeconds } from "../reading/go-duration";

/** A number that depends on an argument whose value is not declared here. */
export const undecided = "undecided";

/** A whole number that may be an argument; absent is undefined.
 * @throws MalformedRead for a text that is no number. */
export function integerOf(field: Field, values: Arguments): number | undefined | typeof undecided {
  const text = field.text();
  if (text === undefined) return undefined;
  const done = filled(text, values);
  if (typeof done !== "string") return undecided;
  if (/^[+-]?\d+$/.test(done.trim())) return Number(done);
  throw new MalformedRead(field.path, "a text", "a whole number");
}

/** Seconds that may be an argument; absent or empty is undefined.
 * @throws MalformedRead for a text that is no duration of Go. */
export function secondsOfMetric(field: Field, values: Arguments): number | undefined | typeof undecided {
  const text = field.textOrEmpty();
  if (text === "") return undefined;
  const done = filled(text, values);
  if (typeof done !== "string") return undecided;
  const seconds = goSeconds(done);
  if (seconds !== undefined) return seconds;
  throw new MalformedRead(field.path, "a text", "a duration with its unit, such as 30s; the longest unit is h");
}

/** Whether the metric measures until it is stopped. Source: Argo Rollouts, Metric.EffectiveCount. */
export function isEndless(metric: Field, values: Arguments): boolean {
  const count = integerOf(metric.at("count"), values);
  const counted = count !== undefined && count !== undecided && count !== 0;
  return !counted && secondsOfMetric(metric.at("interval"), values) !== undefined;
}

/** Fewest seconds until the metric may succeed; undefined where they depend on an argument. */
export function leastSeconds(metric: Field, values: Arguments): number | undefined {
  const delay = secondsOfMetric(metric.at("initialDelay"), values) ?? 0;
  const interval = secondsOfMetric(metric.at("interval"), values) ?? 0;
  const streak = integerOf(metric.at("consecutiveSuccessLimit"), values);
  const looks = streak === undefined || streak === 0 ? (integerOf(metric.at("count"), values) ?? 1) : streak;
  if (delay === undecided || interval === undecided || looks === undecided) return undefined;
  return delay + (looks - 1) * interval;
}

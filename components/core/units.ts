/** Turns sourced numbers into the forms that AWS, Kubernetes and Pulumi take, and refuses the wrong unit. */
import type { Limit, Unit } from "./limits/limit";

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3600;
const SECONDS_PER_DAY = 86_400;

/** How many seconds one of a unit is; units that are no time are absent. */
const SECONDS_IN: Partial<Record<Unit, number>> = {
  seconds: 1,
  minutes: SECONDS_PER_MINUTE,
  hours: SECONDS_PER_HOUR,
  days: SECONDS_PER_DAY,
};

/**
 * Seconds of a duration given in whole seconds, minutes, hours or days.
 * @throws Error when the limit is no duration: a count passed as a timeout is a silent outage.
 */
export function inSeconds(limit: Limit): number {
  const factor = SECONDS_IN[limit.unit];
  if (factor === undefined) throw new Error(`a limit in ${limit.unit} is not a duration`);
  return limit.value * factor;
}

/**
 * A duration as Kubernetes, Helm and Pulumi's custom timeouts spell it, such as `90s`.
 * @throws Error when the limit is no duration.
 */
export function duration(limit: Limit): string {
  return `${inSeconds(limit)}s`;
}

/**
 * A share as Kubernetes spells it, such as `25%`.
 * @throws Error when the limit is no percentage.
 */
export function percentage(limit: Limit): string {
  if (limit.unit !== "percent") throw new Error(`a limit in ${limit.unit} is not a percentage`);
  return `${limit.value}%`;
}

/** `12:05`: minutes and seconds, as people read them. */
export function clock(seconds: number): string {
  const minutes = Math.floor(seconds / SECONDS_PER_MINUTE);
  return `${minutes}:${String(seconds % SECONDS_PER_MINUTE).padStart("00".length, "0")}`;
}

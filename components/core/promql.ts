/** Pieces of PromQL that more than one folder writes. */
import type { Limit } from "./limits/limit";

/**
 * Matcher for the histogram bucket of a bound, such as `le=~"500(\\.0)?"`. Prometheus 3 stores `le` as a float whatever
 * the target writes, so that 500 is stored as "500.0"; Prometheus 2 kept "500". An equality finds one of them only, and
 * an alert that finds no series never fires (prometheus.io, migration guide of version 3).
 * @throws Error for a bound that is not a whole number of milliseconds: its digits would need escaping.
 */
export function bucketAt({ value, unit }: Limit): string {
  if (unit !== "milliseconds" || !Number.isInteger(value) || value <= 0)
    throw new Error(`${value} ${unit} is no bucket: a whole number of milliseconds above 0 is`);
  return `le=~"${value}(\\\\.0)?"`;
}

/** The shape of one number that the platform depends on: value, unit, owner's source and reason in one row. */

/** Units a limit may have; a number without a unit is a guess. */
export type Unit =
  | "seconds"
  | "minutes"
  | "hours"
  | "days"
  | "milliseconds"
  | "count"
  | "percent"
  | "ratio"
  | "port"
  | "prefix length"
  | "characters"
  | "bytes"
  | "MiB"
  | "GiB"
  | "HTTP status"
  | "requests per second"
  | "USD per hour"
  | "USD per GB"
  | "USD per month"
  | "hops";

/** Who set the number: its owner for good (`hard limit`), its owner on request (`quota`), or we (`choice`). */
export type LimitKind = "hard limit" | "quota" | "choice";

/** One sourced number. */
export interface Limit {
  readonly value: number;
  readonly unit: Unit;
  readonly kind: LimitKind;
  /** A page of whoever owns the limit; for a choice, what the choice rests on. */
  readonly source: string;
  /** Day on which the source was read, `YYYY-MM-DD`. */
  readonly checked: string;
  /** What breaks with another value. */
  readonly reason: string;
}

/** Keeps a table's keys while its rows are checked. */
export function limits<T extends Readonly<Record<string, Limit>>>(table: T): T {
  return table;
}

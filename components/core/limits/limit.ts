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
  | "cores"
  | "HTTP status"
  | "requests per second"
  | "USD per hour"
  | "USD per GB"
  | "USD per month"
  | "hops";

/** Who set the number: its owner for good, its owner on request, its owner by default, or we. */
export type LimitKind = "hard limit" | "quota" | "default" | "choice";

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

/** What stands behind a number. */
export interface Evidence extends Pick<Limit, "source" | "reason"> {
  /** Only where the source was read on another day than those of the table's other rows, `YYYY-MM-DD`. */
  readonly checked?: string;
}

/** A row before its table gives it a day; its unit and kind stay exact. */
export interface Row<U extends Unit = Unit, K extends LimitKind = LimitKind> extends Evidence {
  readonly value: number;
  readonly unit: U;
  readonly kind: K;
}

/** A number that its owner never changes for anybody: another one is refused. */
export function hardLimit<U extends Unit>(value: number, unit: U, evidence: Evidence): Row<U, "hard limit"> {
  return { value, unit, kind: "hard limit", ...evidence };
}

/** A number that its owner raises on request. */
export function quota<U extends Unit>(value: number, unit: U, evidence: Evidence): Row<U, "quota"> {
  return { value, unit, kind: "quota", ...evidence };
}

/** A default: its owner takes another number where one is given. */
export function byDefault<U extends Unit>(value: number, unit: U, evidence: Evidence): Row<U, "default"> {
  return { value, unit, kind: "default", ...evidence };
}

/** A number that we chose among those that its owner takes. */
export function choice<U extends Unit>(value: number, unit: U, evidence: Evidence): Row<U, "choice"> {
  return { value, unit, kind: "choice", ...evidence };
}

/** Rows of a table that all have their day. */
export type Dated<T> = { readonly [K in keyof T]: Omit<T[K], "checked"> & { readonly checked: string } };

/**
 * A table of numbers, by name.
 * @param checked Day on which the sources were read, `YYYY-MM-DD`; a row may name another.
 */
export function limits<T extends Readonly<Record<string, Row>>>(checked: string, table: T): Dated<T> {
  const dated = Object.entries(table).map(([name, row]) => [name, { ...row, checked: row.checked ?? checked }]);
  return Object.fromEntries(dated) as Dated<T>;
}

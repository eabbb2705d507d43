/** A row of the table: the effect of a change of one property of one type on traffic or data, with its source. */

/** Verdicts in the order in which they are counted. UNKNOWN: not decided by the table. */
export const verdicts = ["DOWNTIME", "UNKNOWN", "DEGRADES", "SAFE"] as const;

/** One of them. */
export type Verdict = (typeof verdicts)[number];

/** Evidence: source read; an excerpt of it read; derived from a row whose source was read; not verified. */
export type Evidence = "read" | "summary" | "derived" | "knowledge";

/** A row of the table. */
export interface EffectRow {
  /** Paths of Pulumi's names joined by `|`, or `*replace*`, `*delete*`, `*create*` for the resource as a whole. */
  readonly property: string;
  /** Which change of it: a transition that the code evaluates, or a description beside `applies`. */
  readonly change: string;
  /** Name of the predicate that decides whether the row is about a change. */
  readonly applies?: string;
  readonly effect: Verdict | "DEPENDS";
  /** Name of the condition that decides a row whose effect depends on the plan. */
  readonly condition?: string;
  /** What the effect depends on; with any other effect a remark. */
  readonly when: string;
  /** Duration in seconds, least and most; [0, 0] has no duration, null lasts until it is reverted. */
  readonly seconds: readonly [number, number] | null;
  readonly who: string;
  readonly safer: string;
  readonly source: string;
  readonly evidence: Evidence;
}

/** Rows by Pulumi's type token. */
export type EffectRows = Readonly<Record<string, readonly EffectRow[]>>;

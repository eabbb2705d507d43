/** One fact: what a change of one property of one type does to traffic or data, and who says so. */

/** What a change does, in the order in which it is counted. UNKNOWN: nothing here decides it. */
export const verdicts = ["DOWNTIME", "UNKNOWN", "DEGRADES", "SAFE"] as const;

/** One of them. */
export type Verdict = (typeof verdicts)[number];

/** How the fact is known: its source was read; an excerpt was; it follows from a row that was read; nobody looked it up. */
export type Evidence = "read" | "summary" | "derived" | "knowledge";

/** A row of the table. */
export interface EffectRow {
  /** Paths of Pulumi's names joined by `|`, or `*replace*`, `*delete*`, `*create*` for the resource as a whole. */
  readonly property: string;
  /** Which change of it: a transition that the code knows, or words for people beside `applies`. */
  readonly change: string;
  /** Name of the predicate that says whether the row is about a change. */
  readonly applies?: string;
  readonly effect: Verdict | "DEPENDS";
  /** Name of the condition that decides a row that depends. */
  readonly condition?: string;
  /** On what it depends; with any other effect a remark. */
  readonly when: string;
  /** Seconds at least and at most; [0, 0] has no clock, null lasts until somebody undoes it. */
  readonly seconds: readonly [number, number] | null;
  readonly who: string;
  readonly safer: string;
  readonly source: string;
  readonly evidence: Evidence;
}

/** Rows by Pulumi's type token. */
export type EffectRows = Readonly<Record<string, readonly EffectRow[]>>;

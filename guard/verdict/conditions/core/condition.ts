/** Types of conditions: their context and their outcome. */
import type { EffectRow, Verdict } from "../../effects/row";
import type { ChangedPath, Resource } from "../../plans/change";
import type { PlanIndex } from "../../plans/plan-index";

/** One change, as the context of one row. */
export interface Context {
  readonly index: PlanIndex;
  readonly resource: Resource;
  readonly row: EffectRow;
  /** The changed path; undefined for rows about the resource as a whole. */
  readonly path?: ChangedPath;
  /** Value at the row's own path, before and after. */
  readonly before: unknown;
  readonly after: unknown;
}

/** The result of a condition: a verdict with its reason in this case. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** Decides a row whose effect depends on the plan; undefined where the row is not about this change. */
export type Condition = (context: Context) => Outcome | undefined;

/** Whether a row is about this change. */
export type Predicate = (context: Context) => boolean;

/** Conditions by the name that rows use. */
export type Conditions = Readonly<Record<string, Condition>>;

/** Predicates by the name that rows use. */
export type Predicates = Readonly<Record<string, Predicate>>;

/** No effect on traffic or data. */
export const safe = (reason: string): Outcome => ({ verdict: "SAFE", reason });

/** Requests are slower or some fail, or the run fails half way. */
export const degrades = (reason: string): Outcome => ({ verdict: "DEGRADES", reason });

/** An outage for some or all. */
export const downtime = (reason: string): Outcome => ({ verdict: "DOWNTIME", reason });

/** The plan does not show enough. */
export const unknown = (reason: string): Outcome => ({ verdict: "UNKNOWN", reason });

const RANK = { SAFE: 0, DEGRADES: 1, UNKNOWN: 2, DOWNTIME: 3 } as const;

/** The worst of several; SAFE, without a reason, where there are none. */
export function worstOf(outcomes: readonly Outcome[]): Outcome {
  const [worst] = [...outcomes].sort((left, right) => RANK[right.verdict] - RANK[left.verdict]);
  return worst ?? safe("");
}

/** Findings and the verdict about a change. */
import type { EffectRow, Evidence, Verdict } from "../effects/row";
import type { Operation, Order } from "../plans/change";

/** One effect of a change. */
export interface Finding {
  readonly verdict: Verdict;
  readonly reason: string;
  /** Property that changes; absent for the resource as a whole. */
  readonly path?: string;
  /** Duration in seconds, least and most; null lasts until it is reverted. */
  readonly seconds?: readonly [number, number] | null;
  readonly who?: string;
  readonly safer?: string;
  readonly source?: string;
  readonly evidence?: Evidence;
}

/** The verdict on one change. */
export interface ChangeVerdict {
  readonly address: string;
  /** Pulumi's token. */
  readonly type: string;
  /** The type as the plan names it. */
  readonly planType: string;
  readonly operation: Operation;
  readonly order?: Order;
  readonly verdict: Verdict;
  /** Whether it may be on the serving path. */
  readonly servingPath: boolean;
  /** That of the worst finding. */
  readonly reason: string;
  readonly movedFrom?: string;
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** Name of the acceptance that covers it. */
  readonly acceptedBy?: string;
}

const RANK: Readonly<Record<Verdict, number>> = { SAFE: 0, DEGRADES: 2, UNKNOWN: 1, DOWNTIME: 4 };
const UNKNOWN_ON_THE_PATH = 3;

/** Severity of a verdict: UNKNOWN is worse than DEGRADES on the serving path, and better off it. */
export function rankOf(verdict: Verdict, servingPath: boolean): number {
  return verdict === "UNKNOWN" && servingPath ? UNKNOWN_ON_THE_PATH : RANK[verdict];
}

/** The finding of a row. */
export function findingOf(row: EffectRow, verdict: Verdict, reason: string, path?: string): Finding {
  const isHarmless = verdict === "SAFE";
  return {
    verdict,
    reason,
    ...(path === undefined ? {} : { path }),
    seconds: isHarmless ? undefined : row.seconds,
    who: isHarmless || row.who === "" ? undefined : row.who,
    safer: isHarmless || row.safer === "" ? undefined : row.safer,
    source: row.source,
    evidence: row.evidence,
  };
}

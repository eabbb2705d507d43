/** What a pipeline learns from the exit code. */
import type { Verdict } from "./effects/row";

/** 0 for SAFE alone; 2 where some are served worse or where it is not known off the serving path; 3 for an outage, or where it is not known on it. */
export function exitCodeOf(verdict: Verdict, servingPath: boolean): 0 | 2 | 3 {
  if (verdict === "SAFE") return 0;
  if (verdict === "DOWNTIME" || (verdict === "UNKNOWN" && servingPath)) return 3;
  return 2;
}

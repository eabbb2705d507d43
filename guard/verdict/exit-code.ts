/** Exit code of a verdict, for pipelines. */
import type { Verdict } from "./effects/row";

/** 0: all SAFE. 2: DEGRADES, or UNKNOWN off the serving path. 3: DOWNTIME, or UNKNOWN on the serving path. */
export function exitCodeOf(verdict: Verdict, servingPath: boolean): 0 | 2 | 3 {
  if (verdict === "SAFE") return 0;
  if (verdict === "DOWNTIME" || (verdict === "UNKNOWN" && servingPath)) return 3;
  return 2;
}

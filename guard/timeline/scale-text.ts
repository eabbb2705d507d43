/** The time of a scaling for people, in one sentence. */
import { counted } from "@fridayproof/components/core";
import { drillLimits } from "../limits/drill";
import type { ScaleTime } from "./scale-time";
import { time } from "./text";

/** The sentence. The budget is that of a drill's line of the same name. */
export function scaleText({ label, groups, syncs, drawn, inTurn }: ScaleTime): string {
  const budget = drillLimits.scale.value;
  const slack = budget - drawn.p95;
  const totalText = `p50 ${time(drawn.p50)}, p90 ${time(drawn.p90)}, p95 ${time(drawn.p95)} of ${time(budget)}`;
  const kept = slack >= 0 ? `${time(slack)} to spare` : `${time(-slack)} over it`;
  const what = `nodes of ${counted(groups, "group")}${syncs ? ", then a whole first sync" : ""}`;
  const worst =
    inTurn.p95 > drawn.p95 ? `; if groups of a pool wait for each other's nodes, p95 ${time(inTurn.p95)}` : "";
  return `${label} ${totalText}, ${kept}: ${what}${worst}. No time of it was measured, and none is an RTO.`;
}

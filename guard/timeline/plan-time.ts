/** How long what a plan makes would take, for a report: two percentiles and what has no time. */
import type { Values } from "../verdict/plans/values";
import { timedPlan } from "./read";
import { timelineOf } from "./timeline";
import { TimelineError } from "./timeline-error";

/** Seconds; simulated, never measured, never an RTO. */
export interface PlanTime {
  readonly label: "SIMULATED";
  /** Absent where nothing is made anew, or two things wait for each other. */
  readonly made?: { readonly p50: number; readonly p95: number };
  /** How many steps have no time: the tables know creations alone. */
  readonly untimedSteps: number;
}

/** The time of what a preview makes. @param steps those of a preview of Pulumi that could be read. */
export function planTimeOf(steps: readonly Values[]): PlanTime {
  const timed = timedPlan(steps);
  const untimedSteps = Object.values(timed.untimed).reduce((sum, count) => sum + count, 0);
  try {
    const { p50, p95 } = timelineOf(timed).drawn;
    return { label: "SIMULATED", made: { p50: Math.round(p50), p95: Math.round(p95) }, untimedSteps };
  } catch (error) {
    if (error instanceof TimelineError) return { label: "SIMULATED", untimedSteps };
    throw error;
  }
}

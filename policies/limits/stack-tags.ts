/** Ages of the tags of a stack: the last clean drift check, and break-glass access. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const stackTagLimits = limits("2026-11-21", {
  driftCheckAtMost: choice(24, "hours", {
    source: "Our design, drift is checked every night",
    reason: "Age at which a clean drift check no longer counts",
  }),
  breakGlassAtMost: choice(24, "hours", {
    source: "Our design: an emergency lasts a day at most",
    reason: "Longest time for which a break-glass tag may open a freeze",
  }),
});

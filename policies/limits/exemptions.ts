/** Numbers of exemptions from policies. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** Rows of what an exemption may look like. */
export const exemptionLimits = limits("2026-11-29", {
  letters: choice(3, "characters", {
    source: "Our choice: the shortest run that still distinguishes one workload's name from another's",
    reason:
      "Letters or digits in a row that the name of an exemption with * keeps, so that it cannot cover a whole type",
  }),
  words: choice(3, "count", {
    source: "Our choice: subject, verb and object",
    reason: "Words that the reason of an exemption has at least",
  }),
  life: choice(366, "days", {
    source: "Our choice: every exemption is decided anew once a year",
    reason: "Days for which an exemption may hold at most, from today",
  }),
});

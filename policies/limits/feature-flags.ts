/** Bounds of the removal date of a feature flag that only policy rules need. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const flagLimits = limits("2026-11-29", {
  flagAtMost: choice(366, "days", {
    source: "Pete Hodgson, Feature Toggles: release toggles live for weeks; a year holds the longest of ours",
    reason: "Furthest removal date of a feature flag; a further one is none",
  }),
  flagNotice: choice(14, "days", {
    source: "Pete Hodgson, Feature Toggles: managing the carrying cost",
    reason: "Time to take a flag out of the code before its removal date stops every deployment",
  }),
});

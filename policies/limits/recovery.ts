/** Bounds of what can be had again after a mistake that only policy rules need. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const recoveryLimits = limits("2026-11-29", {
  daysAtLeast: choice(7, "days", {
    source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html (7 to 30)",
    reason: "Days in which a mistake is noticed: what was deleted can be had again so long",
  }),
  revisionsAtLeast: choice(2, "count", {
    source: "Our choice: the release that runs and the one before",
    reason: "Revisions of a Helm release that are kept; Helm's own number is 10",
  }),
});

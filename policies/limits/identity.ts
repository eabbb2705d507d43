/** Bounds of keys and users that only policy rules need. */
import { choice, hardLimit, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const identityLimits = limits("2026-11-21", {
  rotationAtMost: hardLimit(365, "days", {
    source: "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html (KMS.4)",
    reason: "Longest time between two turns of a key",
    checked: "2026-11-29",
  }),
  anyUser: choice(10_001, "count", {
    source: "Our choice: above the ids that distributions give to system users",
    reason: "User of a container in examples of fixes",
  }),
});

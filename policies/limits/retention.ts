/** Bounds of how long logs, images and backups are kept that only policy rules need. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const retentionLimits = limits("2026-11-29", {
  logRetentionAtLeast: choice(7, "days", {
    source: "Our choice: an incident of a long weekend is looked at in the week after it",
    reason: "Shortest time for which logs are kept",
  }),
  imagesKeptAtLeast: choice(50, "count", {
    source: "Our choice: more releases than run anywhere, replicas and rollbacks included",
    reason: "Images that a lifecycle policy must leave; fewer deletes what still runs",
  }),
  imagesKeptDays: choice(90, "days", {
    source: "Our choice: a service that nobody released for a quarter still restarts its pods",
    reason: "Age below which a lifecycle policy must not delete a tagged image",
  }),
  backupDaysAtLeast: choice(7, "days", {
    source: "Security Hub RDS.11",
    reason: "Shortest time for which a database's backups are kept",
  }),
});

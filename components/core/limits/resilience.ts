/** Numbers of disruption budgets. */
import { choice, hardLimit, limits } from "./limit";

/** What Kubernetes allows in a PodDisruptionBudget. */
export const resilienceLimits = limits("2026-11-21", {
  wholePercent: hardLimit(100, "percent", {
    source: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
    reason: "The API refuses more than 100% in minAvailable and maxUnavailable.",
  }),
  leastDisruptions: choice(1, "count", {
    source: "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html",
    reason: "A budget that allows none at the least replica count holds a node drain until its 15 minutes are over.",
  }),
});

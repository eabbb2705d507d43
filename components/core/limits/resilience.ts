/** Numbers of disruption budgets. */
import { limits } from "./limit";

const checked = "2026-11-21";

/** What Kubernetes allows in a PodDisruptionBudget. */
export const resilienceLimits = limits({
  wholePercent: {
    value: 100,
    unit: "percent",
    kind: "hard limit",
    source: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
    checked,
    reason: "The API refuses more than 100% in minAvailable and maxUnavailable.",
  },
  leastDisruptions: {
    value: 1,
    unit: "count",
    kind: "choice",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html",
    checked,
    reason: "A budget that allows none at the least replica count holds a node drain until its 15 minutes are over.",
  },
});

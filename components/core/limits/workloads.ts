/** Bounds of how workloads start, are scheduled and are replaced that only policy rules need. */
import { limits } from "./limit";

const checked = "2026-11-29";

/** Rows by name. */
export const workloadLimits = limits({
  zonesOfNodes: {
    value: 3,
    unit: "count",
    kind: "choice",
    source: "Our design: an environment has two or three zones",
    checked,
    reason: "Most zones that nodes stand in: pods that must keep apart by zone are at most so many",
  },
  surgeByDefault: {
    value: 25,
    unit: "percent",
    kind: "hard limit",
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge",
    checked,
    reason: "maxSurge of a Deployment, and of a Rollout without a router, when nothing is said",
  },
  progressDeadlineByDefault: {
    value: 600,
    unit: "seconds",
    kind: "hard limit",
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds",
    checked,
    reason: "progressDeadlineSeconds when nothing is said",
  },
  jobRetriesAtMost: {
    value: 10,
    unit: "count",
    kind: "choice",
    source: "Our choice: with the doubling wait of Kubernetes ten retries take about an hour",
    checked,
    reason: "Retries of a job; more only repeat what fails",
  },
  memoryBurstAtMost: {
    value: 2,
    unit: "ratio",
    kind: "choice",
    source: "EKS best practices, Reliability, configure and size resource requests and limits",
    checked,
    reason: "Memory limit over request; beyond it a node that looks free kills pods that keep to their limits",
  },
});

/** Bounds of how workloads start, are scheduled and are replaced that only policy rules need. */
import { limits } from "../../components/core/limits/limit";

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
  minReadyAtLeast: {
    value: 10,
    unit: "seconds",
    kind: "choice",
    source: "Our choice: a process that fails on its first requests fails within seconds",
    checked,
    reason: "Time for which a new pod stays ready before an old one goes",
  },
  scaleDownWindowAtLeast: {
    value: 60,
    unit: "seconds",
    kind: "choice",
    source: "Our choice: a fifth of what Kubernetes waits when nothing is said (300 s)",
    checked,
    reason: "Time over which an autoscaler takes the highest need; shorter follows every dip and misses the next peak",
  },
  shrinkAtMost: {
    value: 25,
    unit: "percent",
    kind: "choice",
    source: "Our choice: what a release may add at once by default",
    checked,
    reason: "Share of the pods that an autoscaler without a window may take in a minute",
  },
  ejectedAtMost: {
    value: 50,
    unit: "percent",
    kind: "choice",
    source: "Envoy, outlier detection: below half of the hosts it stops to eject (panic threshold)",
    checked,
    reason: "Share of a service's pods that callers may leave out at once",
  },
  renewalShareAtLeast: {
    value: 20,
    unit: "percent",
    kind: "choice",
    source: "Our choice: cert-manager renews with a third of the duration left when nothing is said",
    checked,
    reason: "Share of a certificate's duration that is left for renewal and its retries",
  },
  renewalDaysAtMost: {
    value: 7,
    unit: "days",
    kind: "choice",
    source: "Our choice: a week is enough for people, however long the certificate holds",
    checked,
    reason: "Time before the end that is always early enough for a renewal",
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

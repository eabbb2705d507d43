/** Bounds of how workloads start, are scheduled and are replaced that only policy rules need. */
import { byDefault, choice, hardLimit, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const workloadLimits = limits("2026-11-29", {
  zonesOfNodes: choice(3, "count", {
    source: "Our design: an environment has two or three zones",
    reason: "Most zones that nodes stand in: pods that must keep apart by zone are at most so many",
  }),
  surgeByDefault: byDefault(25, "percent", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge",
    reason: "maxSurge of a Deployment, and of a Rollout without a router, when nothing is said",
  }),
  revisionsByDefault: byDefault(10, "count", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#clean-up-policy",
    reason: "revisionHistoryLimit of workloads when nothing is said",
  }),
  jobRetriesAtMost: choice(10, "count", {
    source: "Our choice: with the doubling wait of Kubernetes ten retries take about an hour",
    reason: "Retries of a job; more only repeat what fails",
  }),
  minReadyAtLeast: choice(10, "seconds", {
    source: "Our choice: a process that fails on its first requests fails within seconds",
    reason: "Time for which a new pod stays ready before an old one goes",
  }),
  scaleDownWindowAtLeast: choice(60, "seconds", {
    source: "Our choice: a fifth of what Kubernetes waits when nothing is said (300 s)",
    reason: "Time over which an autoscaler takes the highest need; shorter follows every dip and misses the next peak",
  }),
  shrinkAtMost: choice(25, "percent", {
    source: "Our choice: what a release may add at once by default",
    reason: "Share of the pods that an autoscaler without a window may take in a minute",
  }),
  ejectedAtMost: choice(50, "percent", {
    source: "Envoy, outlier detection: below half of the hosts it stops to eject (panic threshold)",
    reason: "Share of a service's pods that callers may leave out at once",
  }),
  renewalShareAtLeast: choice(20, "percent", {
    source: "Our choice: cert-manager renews with a third of the duration left when nothing is said",
    reason: "Share of a certificate's duration that is left for renewal and its retries",
  }),
  renewalDaysAtMost: choice(7, "days", {
    source: "Our choice: a week is enough for people, however long the certificate holds",
    reason: "Time before the end that is always early enough for a renewal",
  }),
  contentAtMost: hardLimit(1_048_576, "bytes", {
    source: "https://kubernetes.io/docs/concepts/configuration/configmap/ (Kubernetes, MaxSecretSize: 1 MiB)",
    reason: "Size of a ConfigMap's or a Secret's content",
  }),
  memoryBurstAtMost: choice(2, "ratio", {
    source: "EKS best practices, Reliability, configure and size resource requests and limits",
    reason: "Memory limit over request; beyond it a node that looks free kills pods that keep to their limits",
  }),
});

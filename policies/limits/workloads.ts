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
  tokenSecondsAtLeast: hardLimit(600, "seconds", {
    source:
      "https://kubernetes.io/docs/concepts/storage/projected-volumes/ (serviceAccountToken: at least 10 minutes, 600 seconds)",
    reason: "The API refuses a projected token of an account for less than ten minutes",
  }),
  contentAtMost: hardLimit(1_048_576, "bytes", {
    source: "https://kubernetes.io/docs/concepts/configuration/configmap/ (Kubernetes, MaxSecretSize: 1 MiB)",
    reason: "Size of a ConfigMap's or a Secret's content",
  }),
  cpuAtMost: choice(128, "count", {
    source: "Our choice: two thirds of the largest usual instance (48xlarge, 192 vCPU); 250 stands for 250m",
    reason: "Cores that a container may request; more is a unit that was forgotten",
  }),
  memoryAtLeast: choice(1_048_576, "bytes", {
    source: "Our choice: runc itself needs more; 256 and 256m stand for 256Mi",
    reason: "Memory that a container requests at least; less is a unit that was forgotten",
  }),
  memoryAtMost: choice(1_099_511_627_776, "bytes", {
    source: "Our choice: two thirds of the largest usual instance (r7i.48xlarge, 1536 GiB)",
    reason: "Memory that a container may request; more is another unit than was meant",
  }),
  growthWithin: choice(600, "seconds", {
    source: "Our choice: twice the window over which an autoscaler shrinks (300 s)",
    reason: "Time in which an autoscaler can double its fewest pods; a peak is there in minutes",
  }),
  utilisationUsual: choice(70, "percent", {
    source: "Our choice: what an application uses while a new pod starts fits into the rest",
    reason: "Share of the requests at which an autoscaler adds pods, in fixes",
  }),
  lostForAtLeast: choice(10, "seconds", {
    source: "Our choice: longer than a restart of the kubelet; people set 30 s to fail over early",
    reason: "Time for which pods tolerate a node that does not respond; less ends them at each blip",
  }),
  lostForAtMost: choice(900, "seconds", {
    source: "Our choice: three times what Kubernetes adds by itself (300 s)",
    reason: "Time after which pods of a dead node are replaced",
  }),
  nodeLifeAtLeast: choice(24, "hours", {
    source: "Our choice: a day; Karpenter takes 720 h when nothing is said",
    reason: "Age at which Karpenter replaces a node; younger ones are drained all the time, past the pool's budgets",
  }),
  memoryBurstAtMost: choice(2, "ratio", {
    source: "EKS best practices, Reliability, configure and size resource requests and limits",
    reason: "Memory limit over request; beyond it a node that looks free kills pods that keep to their limits",
  }),
});

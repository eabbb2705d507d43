/** Bounds of probes and measurements that only policy rules need. */
import { byDefault, choice, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const probeLimits = limits("2026-11-29", {
  readinessNoticedWithin: choice(60, "seconds", {
    source: "Our choice: twice what Kubernetes takes when nothing is said (three failures, 10 s apart)",
    reason: "Longest time in which a pod that stopped answering still gets requests",
  }),
  probeFailuresByDefault: byDefault(3, "count", {
    source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    reason: "failureThreshold of a probe when nothing is said",
  }),
  probePeriodByDefault: byDefault(10, "seconds", {
    source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    reason: "periodSeconds of a probe when nothing is said",
  }),
  probeTimeoutPatient: choice(3, "seconds", {
    source: "Our choice: longer than a pause of a garbage collector, shorter than a period",
    reason: "Time-out of a liveness probe that no pause fails",
  }),
  probeTimeoutByDefault: byDefault(1, "seconds", {
    source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    reason: "timeoutSeconds of a probe when nothing is said",
  }),
  startCoveredFor: choice(30, "seconds", {
    source: "Our choice: what Kubernetes gives when nothing is said (three failures, 10 s apart)",
    reason: "Time that a process should get to start before it is killed; slower nodes and cold caches need more",
  }),
  startAtLeast: choice(15, "seconds", {
    source: "Our choice: half of what Kubernetes gives when nothing is said; small servers are ready by then",
    reason: "Time to start below which a slow node alone kills pods",
  }),
  errorRatioAtMost: choice(0.05, "ratio", {
    source: "Our choice: the example of Argo Rollouts' page on Datadog",
    reason: "Largest share of failed requests with which a version may be promoted",
  }),
});

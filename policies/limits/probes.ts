/** Bounds of probes and measurements that only policy rules need. */
import { limits } from "../../components/core/limits/limit";

const checked = "2026-11-29";

/** Rows by name. */
export const probeLimits = limits({
  readinessNoticedWithin: {
    value: 60,
    unit: "seconds",
    kind: "choice",
    source: "Our choice: twice what Kubernetes takes when nothing is said (three failures, 10 s apart)",
    checked,
    reason: "Longest time in which a pod that stopped answering still gets requests",
  },
  probeFailuresByDefault: {
    value: 3,
    unit: "count",
    kind: "hard limit",
    source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    checked,
    reason: "failureThreshold of a probe when nothing is said",
  },
  probePeriodByDefault: {
    value: 10,
    unit: "seconds",
    kind: "hard limit",
    source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    checked,
    reason: "periodSeconds of a probe when nothing is said",
  },
  probeTimeoutPatient: {
    value: 3,
    unit: "seconds",
    kind: "choice",
    source: "Our choice: longer than a pause of a garbage collector, shorter than a period",
    checked,
    reason: "Time-out of a liveness probe that no pause fails",
  },
  probeTimeoutByDefault: {
    value: 1,
    unit: "seconds",
    kind: "hard limit",
    source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    checked,
    reason: "timeoutSeconds of a probe when nothing is said",
  },
  startCoveredFor: {
    value: 30,
    unit: "seconds",
    kind: "choice",
    source: "Our choice: what Kubernetes gives when nothing is said (three failures, 10 s apart)",
    checked,
    reason: "Time that a process should get to start before it is killed; slower nodes and cold caches need more",
  },
  startAtLeast: {
    value: 15,
    unit: "seconds",
    kind: "choice",
    source: "Our choice: half of what Kubernetes gives when nothing is said; small servers are ready by then",
    checked,
    reason: "Time to start below which a slow node alone kills pods",
  },
  errorRatioAtMost: {
    value: 0.05,
    unit: "ratio",
    kind: "choice",
    source: "Our choice: the example of Argo Rollouts' page on Datadog",
    checked,
    reason: "Largest share of failed requests with which a version may be promoted",
  },
});

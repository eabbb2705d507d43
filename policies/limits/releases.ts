/** Numbers of releases by Argo Rollouts that only policy rules need. */
import { limits } from "../../components/core/limits/limit";

const checked = "2026-11-29";

/** Rows by name: steps, deadlines, delays and what an analysis may tolerate. */
export const releaseLimits = limits({
  pauseAtLeast: {
    value: 10,
    unit: "seconds",
    kind: "choice",
    source: "Our choice: the shortest pause in the documentation of Argo Rollouts; in less no pod is probed twice",
    checked,
    reason: "Shortest wait between a weight and more weight; in less nobody sees anything",
  },
  deadlineAtMost: {
    value: 1800,
    unit: "seconds",
    kind: "choice",
    source: "Our choice: three times what Kubernetes and Argo Rollouts wait when nothing is said",
    checked,
    reason: "Longest time without progress before a release counts as failed",
  },
  deadlineByDefault: {
    value: 600,
    unit: "seconds",
    kind: "hard limit",
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds",
    checked,
    reason: "progressDeadlineSeconds of Deployments and rollouts when nothing is said",
  },
  firstWeightAtMost: {
    value: 20,
    unit: "percent",
    kind: "choice",
    source: "Our choice: a bad version reaches at most one request in five before it is judged",
    checked,
    reason: "Largest first step of a canary",
  },
  scaleDownDelay: {
    value: 900,
    unit: "seconds",
    kind: "choice",
    source: "https://argoproj.github.io/argo-rollouts/features/specification/",
    checked,
    reason: "How long old pods stay: a way back without waiting, well beyond any deregistration",
  },
  scaleDownDelayByDefault: {
    value: 30,
    unit: "seconds",
    kind: "hard limit",
    source: "https://argo-rollouts.readthedocs.io/en/stable/features/specification/",
    checked,
    reason: "scaleDownDelaySeconds of Argo Rollouts when nothing is said",
  },
  successAtLeast: {
    value: 0.99,
    unit: "ratio",
    kind: "choice",
    source: "Our design, traffic section 4",
    checked,
    reason: "Success ratio below which a version must not be promoted",
  },
  failureLimitAtMost: {
    value: 20,
    unit: "count",
    kind: "choice",
    source: "Our design, traffic section 4: the volume gate waits up to 20 measurements",
    checked,
    reason: "Failed measurements that an analysis may tolerate",
  },
  podsReadyAtLeast: {
    value: 75,
    unit: "percent",
    kind: "choice",
    source:
      "Our choice, as recorded: with 75 % an abort does not wait for a pod that is being replaced, and three carry what four should",
    checked,
    reason: "Share of its pods that a version needs before weight moves to it",
  },
  errorLimitAtMost: {
    value: 60,
    unit: "count",
    kind: "choice",
    source: "Our choice: Argo Rollouts asks again after 10 s (analysis.go, DefaultErrorRetryInterval): ten minutes",
    checked,
    reason: "Queries in a row that may go unanswered before an analysis gives up",
  },
  inconclusiveLimitAtMost: {
    value: 20,
    unit: "count",
    kind: "choice",
    source: "Our choice: as many as failureLimit tolerates",
    checked,
    reason: "Measurements without a verdict that an analysis may tolerate",
  },
});

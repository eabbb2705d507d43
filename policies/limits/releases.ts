/** Numbers of releases by Argo Rollouts that only policy rules need. */
import { byDefault, choice, limits } from "@fridayproof/components/core/limits";

/** Rows by name: steps, deadlines, delays and what an analysis may tolerate. */
export const releaseLimits = limits("2026-11-29", {
  pauseAtLeast: choice(10, "seconds", {
    source: "Our choice: the shortest pause in the documentation of Argo Rollouts; in less no pod is probed twice",
    reason: "Shortest wait between a weight and more weight; in less no measurement counts",
  }),
  deadlineAtMost: choice(1800, "seconds", {
    source: "Our choice: three times what Kubernetes and Argo Rollouts wait when nothing is said",
    reason: "Longest time without progress before a release counts as failed",
  }),
  timeoutAtLeast: choice(60, "seconds", {
    source: "Our choice: Helm itself waits 300 s; in less than a minute no image is pulled and no probe has passed",
    reason: "Shortest wait of a Helm release for its pods; atomic takes away what is not ready by then",
  }),
  deadlineByDefault: byDefault(600, "seconds", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds",
    reason: "progressDeadlineSeconds of Deployments and rollouts when nothing is said",
  }),
  firstWeightAtMost: choice(20, "percent", {
    source: "Our choice: a bad version reaches at most one request in five before it is measured",
    reason: "Largest first step of a canary",
  }),
  scaleDownDelay: choice(540, "seconds", {
    source:
      "Our choice, as recorded: nine tenths of the usual deadline; with a delay beyond it a good release is aborted",
    reason: "How long old pods stay: a way back without waiting, well beyond any deregistration, below the deadline",
  }),
  delayOfDeadline: choice(90, "percent", {
    source: "Our choice, as recorded: a delay of 36 s beside a deadline of 40 s, and one of 30 s, end without an abort",
    reason: "Share of the deadline that old pods may stay for; at the deadline itself a good release is aborted",
  }),
  scaleDownDelayByDefault: byDefault(30, "seconds", {
    source: "https://argo-rollouts.readthedocs.io/en/stable/features/specification/",
    reason: "scaleDownDelaySeconds of Argo Rollouts when nothing is said",
  }),
  successAtLeast: choice(0.99, "ratio", {
    source: "Our design, traffic section 4",
    reason: "Success ratio below which a version must not be promoted",
  }),
  failureLimitAtMost: choice(20, "count", {
    source: "Our design, traffic section 4: the volume gate waits up to 20 measurements",
    reason: "Failed measurements that an analysis may tolerate",
  }),
  podsReadyAtLeast: choice(75, "percent", {
    source:
      "Our choice, as recorded: with 75 % an abort does not wait for a pod that is being replaced, and three carry what four should",
    reason: "Share of its pods that a version needs before weight moves to it",
  }),
  errorLimitAtMost: choice(60, "count", {
    source: "Our choice: Argo Rollouts queries again after 10 s (analysis.go, DefaultErrorRetryInterval): ten minutes",
    reason: "Queries in a row that may go unanswered before an analysis gives up",
  }),
  inconclusiveLimitAtMost: choice(20, "count", {
    source: "Our choice: as many as failureLimit tolerates",
    reason: "Measurements without a verdict that an analysis may tolerate",
  }),
});

/** Numbers of the alerts: from which bound on, and for how long. */
import { choice, limits } from "./limit";

const ALERTING = "https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/";
const SLO_ALERTS = "https://sre.google/workbook/alerting-on-slos/";
/** When the rows that rest on the recordings of real controllers were read. */
const recorded = "2026-11-29";

/** Thresholds and durations (`for`) of the PrometheusRule. */
export const alertLimits = limits("2026-11-21", {
  releaseWindow: choice(45, "seconds", {
    source: "https://prometheus.io/docs/prometheus/latest/querying/functions/#rate",
    reason: "Three scrapes: a rate needs two samples, so one failed scrape does not blind the page.",
  }),
  releaseFor: choice(0, "seconds", {
    source: ALERTING,
    reason: "The window has already waited for 45 s of evidence; waiting again would only delay the page.",
  }),
  releaseErrorRatio: choice(0.05, "ratio", {
    source: SLO_ALERTS,
    reason: "Ten times the gate of 0.5%: high enough for a page on 45 s of evidence, per service of a version.",
  }),
  releaseSlowRatio: choice(0.05, "ratio", {
    source: SLO_ALERTS,
    reason: "Five times the 1% that the p99 gate allows beyond 500 ms: slow for many, not for a few.",
  }),
  releaseLeastRate: choice(1, "requests per second", {
    source: SLO_ALERTS,
    reason: "45 requests in the window: below that one failed request would be more than 5% and a page.",
  }),
  releaseKeepsFiring: choice(120, "seconds", {
    source: `${ALERTING}#defining-alerting-rules`,
    reason: "A ratio that goes up and down around the bound is one page, not one for each time.",
    checked: recorded,
  }),
  degradedFor: choice(30, "seconds", {
    source: "https://argo-rollouts.readthedocs.io/en/stable/features/specification/",
    reason:
      "Two scrapes: when old pods go later than the progress deadline, a good release is Degraded for a fifth of a second.",
    checked: recorded,
  }),
  sustainedErrorRatio: choice(0.01, "ratio", {
    source: SLO_ALERTS,
    reason: "The gate's own threshold, for services whose release is long over.",
  }),
  sustainedLeastFailures: choice(3, "count", {
    source: SLO_ALERTS,
    reason:
      "In a quiet service one failed request is more than 1%. A least rate would be blind to a quiet service that only fails.",
    checked: recorded,
  }),
  sustainedWindow: choice(300, "seconds", {
    source: SLO_ALERTS,
    reason: "Long enough that a burst of a few seconds does not open a ticket.",
  }),
  sustainedFor: choice(120, "seconds", { source: ALERTING, reason: "The specification's two minutes above 1%." }),
  gatewayDownFor: choice(30, "seconds", {
    source: ALERTING,
    reason: "Two evaluations: one failed scrape of every gateway pod at once is not yet an outage.",
  }),
  gatewayLeastReplicas: choice(2, "count", {
    source: "https://docs.aws.amazon.com/eks/latest/best-practices/application.html",
    reason: "Three are declared; with fewer than two the next lost node is the outage.",
  }),
  rolloutPausedFor: choice(1800, "seconds", {
    source: "https://argo-rollouts.readthedocs.io/en/stable/features/analysis/#inconclusive-runs",
    reason: "An analysis without data pauses the rollout until a person acts; longer than any pause in our steps.",
  }),
  replicasUnavailableFor: choice(600, "seconds", {
    source: ALERTING,
    reason: "As long as progressDeadlineSeconds: a new pod on a new node may take minutes.",
  }),
  nodeNotReadyFor: choice(120, "seconds", {
    source: "https://kubernetes.io/docs/concepts/architecture/nodes/#node-controller",
    reason: "Pods are evicted five minutes after a node stops answering; the warning comes before that.",
  }),
  budgetViolatedFor: choice(300, "seconds", {
    source: "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/",
    reason: "A drain leaves a budget short for as long as a pod takes to start.",
  }),
  drainBlockedFor: choice(900, "seconds", {
    source: "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html",
    reason: "A node group's upgrade gives up after 15 minutes of refused evictions.",
  }),
  bindingErrorsFor: choice(300, "seconds", {
    source: ALERTING,
    reason: "A throttled call to AWS is repeated within seconds; five minutes of errors are no accident.",
  }),
  bindingKeepsFiring: choice(600, "seconds", {
    source: `${ALERTING}#defining-alerting-rules`,
    reason: "A controller that starts anew counts from zero: the alert stays until it has tried and failed again.",
    checked: recorded,
  }),
  certificateFor: choice(3600, "seconds", {
    source: ALERTING,
    reason: "Days are left, so nothing is lost by making sure.",
  }),
});

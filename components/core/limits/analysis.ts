/** Numbers of the release gates: what is too many errors, too slow or too little traffic, and how often a gate looks. */
import { limits } from "./limit";

const ANALYSIS = "https://argo-rollouts.readthedocs.io/en/stable/features/analysis/";
const ISTIO_METRICS = "https://istio.io/latest/docs/reference/config/metrics/";
const ISTIO_STATS =
  "https://github.com/istio/proxy/blob/1.30.3/source/extensions/filters/http/istio_stats/istio_stats.cc";
const SPECIFICATION = "https://sre.google/sre-book/service-level-objectives/";
const checked = "2026-11-21";
/** When the rows that rest on the recordings of the real controller were read. */
const recorded = "2026-11-29";

/** Bounds, windows and patience of the ClusterAnalysisTemplates. */
export const analysisLimits = limits({
  errorRatio: {
    value: 0.01,
    unit: "ratio",
    kind: "choice",
    source: SPECIFICATION,
    checked,
    reason: "The specification: roll back above 1% of failed requests for two minutes.",
  },
  errorRatioFor: {
    value: 120,
    unit: "seconds",
    kind: "choice",
    source: SPECIFICATION,
    checked,
    reason: "The two minutes of that rule; the gate starts as late, so that it has them.",
  },
  errorRateWindow: {
    value: 60,
    unit: "seconds",
    kind: "choice",
    source: ISTIO_METRICS,
    checked,
    reason: "Four scrapes: each point of the two minutes rests on more than one sample.",
  },
  serverErrorRatio: {
    value: 0.005,
    unit: "ratio",
    kind: "choice",
    source: SPECIFICATION,
    checked,
    reason: "The specification: less than 0.5% of answers are 5xx.",
  },
  serverErrorWindow: {
    value: 300,
    unit: "seconds",
    kind: "choice",
    source: SPECIFICATION,
    checked,
    reason: "At 0.5% a shorter window would judge a handful of requests.",
  },
  latencyFactor: {
    value: 2,
    unit: "ratio",
    kind: "choice",
    source: SPECIFICATION,
    checked,
    reason: "The specification: p95 at most twice that of the version it replaces.",
  },
  latencyWindow: {
    value: 120,
    unit: "seconds",
    kind: "choice",
    source: ISTIO_METRICS,
    checked,
    reason: "Eight scrapes: enough to fill the histogram of a canary that gets 5%.",
  },
  latencyShare: {
    value: 0.99,
    unit: "ratio",
    kind: "choice",
    source: SPECIFICATION,
    checked,
    reason: "p99 below 500 ms, counted as the share of requests below it: no interpolation.",
  },
  latencyBound: {
    value: 500,
    unit: "milliseconds",
    kind: "choice",
    source: "https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--stats",
    checked,
    reason: "The specification's 500 ms; it must be a bucket boundary of Envoy's histogram, or the share has no data.",
  },
  latencyFloor: {
    value: 2,
    unit: "milliseconds",
    kind: "choice",
    source: ISTIO_STATS,
    checked: recorded,
    reason:
      "The gateway counts whole milliseconds: from 0.9 to 1.1 ms the record goes from 0 to 1. Below this, p95 counts as equal.",
  },
  bucketStep: {
    value: 1.25,
    unit: "ratio",
    kind: "choice",
    source: "https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/metrics/v3/stats.proto",
    checked: recorded,
    reason:
      "With Envoy's default boundaries, up to five-fold apart, a version 2% slower doubles its p95 at an edge, and one four times as slow passes.",
  },
  latencyHistory: {
    value: 3600,
    unit: "seconds",
    kind: "choice",
    source: ISTIO_METRICS,
    checked: recorded,
    reason:
      "Reaches back before the steps and the bake of this release, and over those of another one: the serving version then has a past to compare with.",
  },
  baselineFactor: {
    value: 1.2,
    unit: "ratio",
    kind: "choice",
    source: SPECIFICATION,
    checked,
    reason: "The specification: at most 1.2 times the errors of the stable version.",
  },
  baselineFloor: {
    value: 0.0025,
    unit: "ratio",
    kind: "choice",
    source: SPECIFICATION,
    checked: recorded,
    reason:
      "A stable version without errors would otherwise allow none. One failure in the fewest requests that a step is judged by (0.2%) passes, two do not.",
  },
  minimumRequests: {
    value: 500,
    unit: "count",
    kind: "choice",
    source: SPECIFICATION,
    checked: recorded,
    reason: "The specification's minimum per two minutes: with fewer, one failed request is more than any gate allows.",
  },
  volumeWindow: {
    value: 120,
    unit: "seconds",
    kind: "choice",
    source: ANALYSIS,
    checked,
    reason: "The minimum of requests is counted over two minutes, as it is specified.",
  },
  volumeAttempts: {
    value: 20,
    unit: "count",
    kind: "choice",
    source: ANALYSIS,
    checked,
    reason: "With a look every 15 s: five minutes of waiting for traffic, then the gate fails closed.",
  },
  gateInterval: {
    value: 30,
    unit: "seconds",
    kind: "choice",
    source: ANALYSIS,
    checked,
    reason: "Two scrapes between two measurements, so that each sees something new.",
  },
  gateCount: {
    value: 4,
    unit: "count",
    kind: "choice",
    source: ANALYSIS,
    checked,
    reason: "Four good measurements in a row at a step, a minute and a half apart, unless the step asks for more.",
  },
  gateAttempts: {
    value: 120,
    unit: "count",
    kind: "choice",
    source: ANALYSIS,
    checked: recorded,
    reason:
      "An hour of measurements. Argo Rollouts refuses a step's metric without a count; the longest bake needs 30 in a row and may start again a few times.",
  },
  gateDelay: {
    value: 45,
    unit: "seconds",
    kind: "choice",
    source: "https://prometheus.io/docs/prometheus/latest/querying/functions/#rate",
    checked: recorded,
    reason:
      "Three scrapes: a rate has no value until the second scrape after the first request, and a gate that looks sooner sees nothing.",
  },
  gateSilence: {
    value: 6,
    unit: "count",
    kind: "choice",
    source: ANALYSIS,
    checked: recorded,
    reason:
      "Three minutes without a number are forgiven: a restarted Prometheus replica lacks two minutes of history and takes one to start. Then the release pauses.",
  },
  gateErrors: {
    value: 30,
    unit: "count",
    kind: "choice",
    source: "https://github.com/argoproj/argo-rollouts/blob/v1.9.0/analysis/analysis.go",
    checked: recorded,
    reason:
      "Failed queries in a row, ten seconds apart by a constant of the controller: five minutes. At its default of four, a Prometheus away for 40 s aborts every release.",
  },
  smokeDeadline: {
    value: 120,
    unit: "seconds",
    kind: "choice",
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup",
    checked,
    reason: "A job that hangs, or whose image cannot be pulled, must fail and not hold the release.",
  },
  smokeRequestTimeout: {
    value: 10,
    unit: "seconds",
    kind: "choice",
    source: "https://curl.se/docs/manpage.html#-m",
    checked,
    reason: "Longer than any answer that would pass the latency gate.",
  },
  smokeKeep: {
    value: 3600,
    unit: "seconds",
    kind: "choice",
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",
    checked,
    reason: "Time to read the log of a failed smoke test before the job goes.",
  },
});

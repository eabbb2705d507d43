/** Numbers of the release gates: what is too many errors, too slow or too little traffic, and how often a gate measures. */
import { choice, hardLimit, limits } from "./limit";

const ANALYSIS = "https://argo-rollouts.readthedocs.io/en/stable/features/analysis/";
const ISTIO_METRICS = "https://istio.io/latest/docs/reference/config/metrics/";
const ISTIO_STATS =
  "https://github.com/istio/proxy/blob/1.30.3/source/extensions/filters/http/istio_stats/istio_stats.cc";
const SPECIFICATION = "https://sre.google/sre-book/service-level-objectives/";
/** When the rows that rest on the recordings of the real controller were read. */
const recorded = "2026-11-29";

/** Bounds, windows and error limits of the ClusterAnalysisTemplates. */
export const analysisLimits = limits("2026-11-21", {
  errorRatio: choice(0.01, "ratio", {
    source: SPECIFICATION,
    reason: "The specification: roll back above 1% of failed requests for two minutes.",
  }),
  errorRatioFor: choice(120, "seconds", {
    source: SPECIFICATION,
    reason: "The two minutes of that rule; the gate starts as late, so that it has them.",
  }),
  errorRateWindow: choice(60, "seconds", {
    source: ISTIO_METRICS,
    reason: "Four scrapes: each point of the two minutes rests on more than one sample.",
  }),
  serverErrorRatio: choice(0.005, "ratio", {
    source: SPECIFICATION,
    reason: "The specification: less than 0.5% of responses are 5xx.",
  }),
  serverErrorRatioStrict: choice(0.001, "ratio", {
    source: SPECIFICATION,
    reason: "The specification's strict profile: below 0.1% of failed requests.",
    checked: recorded,
  }),
  rejectionFactor: choice(1.5, "ratio", {
    source: SPECIFICATION,
    reason:
      "Half as many rejected requests again as the serving version has: what people do not log in to is the same for both.",
    checked: recorded,
  }),
  rejectionFloor: choice(0.02, "ratio", {
    source: SPECIFICATION,
    reason:
      "Two in a hundred more than the serving version: a session bug rejects every request of a known user, and chance does not.",
    checked: recorded,
  }),
  syntheticRate: choice(5, "requests per second", {
    source: "https://curl.se/docs/manpage.html#--rate",
    reason: "They are no load for a pod, and over two minutes they are six hundred: enough to measure.",
    checked: recorded,
  }),
  syntheticLead: choice(60, "seconds", {
    source: "https://prometheus.io/docs/prometheus/latest/querying/functions/#rate",
    reason: "Four scrapes: what arrives before the first scrape of a new series counts as nothing.",
    checked: recorded,
  }),
  syntheticSlack: choice(2, "ratio", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup",
    reason: "Time to start the pod, and for responses that are slower than the rate.",
    checked: recorded,
  }),
  serverErrorWindow: choice(300, "seconds", {
    source: SPECIFICATION,
    reason: "At 0.5% a shorter window would measure a handful of requests.",
  }),
  latencyFactor: choice(2, "ratio", {
    source: SPECIFICATION,
    reason: "The specification: p95 at most twice that of the version it replaces.",
  }),
  latencyWindow: choice(120, "seconds", {
    source: ISTIO_METRICS,
    reason: "Eight scrapes: enough to fill the histogram of a canary that gets 5%.",
  }),
  latencyShare: choice(0.99, "ratio", {
    source: SPECIFICATION,
    reason: "p99 below 500 ms, counted as the share of requests below it: no interpolation.",
  }),
  latencyBound: choice(500, "milliseconds", {
    source: "https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--stats",
    reason: "The specification's 500 ms; it must be a bucket boundary of Envoy's histogram, or the share has no data.",
  }),
  latencyFloor: choice(2, "milliseconds", {
    source: ISTIO_STATS,
    reason:
      "The gateway counts whole milliseconds: from 0.9 to 1.1 ms the record goes from 0 to 1. Below this, p95 counts as equal.",
    checked: recorded,
  }),
  bucketStep: choice(1.25, "ratio", {
    source: "https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/metrics/v3/stats.proto",
    reason:
      "With Envoy's default boundaries, up to five-fold apart, a version 2% slower doubles its p95 at an edge, and one four times as slow passes.",
    checked: recorded,
  }),
  latencyHistory: choice(3600, "seconds", {
    source: ISTIO_METRICS,
    reason:
      "Reaches back before the steps and the bake of this release, and over those of another one: the serving version then has a past to compare with.",
    checked: recorded,
  }),
  baselineFactor: choice(1.2, "ratio", {
    source: SPECIFICATION,
    reason: "The specification: at most 1.2 times the errors of the stable version.",
  }),
  baselineFloor: choice(0.0025, "ratio", {
    source: SPECIFICATION,
    reason:
      "A stable version without errors would otherwise allow none. One failure in the fewest requests of a step (0.2%) passes, two do not.",
    checked: recorded,
  }),
  minimumRequests: choice(500, "count", {
    source: SPECIFICATION,
    reason: "The specification's minimum per two minutes: with fewer, one failed request is more than any gate allows.",
    checked: recorded,
  }),
  volumeWindow: choice(120, "seconds", {
    source: ANALYSIS,
    reason: "The minimum of requests is counted over two minutes, as it is specified.",
  }),
  volumeAttempts: choice(20, "count", {
    source: ANALYSIS,
    reason: "With a look every 15 s: five minutes of waiting for traffic, then the gate fails closed.",
  }),
  gateInterval: choice(30, "seconds", {
    source: ANALYSIS,
    reason: "Two scrapes between two measurements, so that each has new samples.",
  }),
  gateCount: choice(4, "count", {
    source: ANALYSIS,
    reason: "Four good measurements in a row at a step, a minute and a half apart, unless the step sets more.",
  }),
  gateAttempts: choice(120, "count", {
    source: ANALYSIS,
    reason:
      "An hour of measurements. Argo Rollouts refuses a step's metric without a count; the longest bake needs 30 in a row and may start again a few times.",
    checked: recorded,
  }),
  gateDelay: choice(45, "seconds", {
    source: "https://prometheus.io/docs/prometheus/latest/querying/functions/#rate",
    reason:
      "Three scrapes: a rate has no value until the second scrape after the first request, and a gate that measures sooner gets none.",
    checked: recorded,
  }),
  gateSilence: choice(6, "count", {
    source: ANALYSIS,
    reason:
      "Three minutes without a number are forgiven: a restarted Prometheus replica lacks two minutes of history and takes one to start. Then the release pauses.",
    checked: recorded,
  }),
  queryRetry: hardLimit(10, "seconds", {
    source: "https://github.com/argoproj/argo-rollouts/blob/v1.9.0/analysis/analysis.go",
    reason: "After a failed query Argo Rollouts repeats it so much later, whatever the interval.",
    checked: recorded,
  }),
  gateErrors: choice(30, "count", {
    source: "https://github.com/argoproj/argo-rollouts/blob/v1.9.0/analysis/analysis.go",
    reason:
      "Failed queries in a row, ten seconds apart by a constant of the controller: five minutes. At its default of four, a Prometheus away for 40 s aborts every release.",
    checked: recorded,
  }),
  smokeDeadline: choice(120, "seconds", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup",
    reason: "A job that hangs, or whose image cannot be pulled, must fail and not hold the release.",
  }),
  smokeRequestTimeout: choice(10, "seconds", {
    source: "https://curl.se/docs/manpage.html#-m",
    reason: "Longer than any response that would pass the latency gate.",
  }),
  smokeKeep: choice(3600, "seconds", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",
    reason: "Time to read the log of a failed smoke test before the job goes.",
  }),
});

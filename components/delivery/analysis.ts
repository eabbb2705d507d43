/** The release gates: ClusterAnalysisTemplates with the thresholds that decide whether a version goes on or back. */
import { analysisLimits } from "../core/limits/analysis";
import { observabilityLimits } from "../core/limits/observability";
import { duration } from "../core/units";
import type { AnalysisArg, ClusterAnalysisTemplate, JobMetric, PrometheusMetric } from "./analysis-template";
import { fromArguments, smokeJob, smokeName } from "./analysis-jobs";
import {
  canary,
  errorRatio,
  errorsAboveBaseline,
  fastShare,
  p95AgainstHistory,
  p95Ratio,
  rejectionsAboveStable,
  sustainedErrorRatio,
  volume,
} from "./release-queries";

/** Where the gates find what they need. */
export interface AnalysisSettings {
  /** Prometheus in the cluster, such as `http://prometheus.monitoring:9090`. */
  readonly prometheusAddress: string;
  /** The gateway in the cluster, which the smoke test goes through. */
  readonly gatewayAddress: string;
}

/** The names that a rollout's steps refer to. */
export const gates = {
  /** Above 1% of failed requests for two minutes. */
  errorRatio: "error-ratio",
  /** 5xx above 0.5%. */
  serverErrors: "server-error-ratio",
  /** p95 above twice the serving version's. */
  latencyP95: "latency-p95",
  /** The same against the serving version's past, for when all traffic is shifted; takes `history`. */
  latencyP95History: "latency-p95-history",
  /** 5xx above 0.1%: the strict profile. */
  serverErrorsStrict: "server-error-ratio-strict",
  /** The share of 401, 403 and redirects clearly above the serving version's: a session bug is no 5xx. */
  rejections: "rejection-ratio",
  /** p99 above 500 ms. */
  latencyP99: "latency-p99",
  /** Errors above 1.2 times the serving version's. */
  baseline: "error-baseline",
  /** Fewer requests than the step needs; takes `minimum-requests`. */
  volume: "request-volume",
  /** One request through the gateway to the new version; takes `host` and `image`. */
  smoke: smokeName,
  /** Runs beside all steps and only ever stops a release; it never vouches for one. */
  tripwire: "error-tripwire",
} as const;

/** Holds only if there is a number: without one, neither condition holds, the run is inconclusive and a person decides. */
export const known = (condition: string): string => `len(result) > 0 && !isNaN(result[0]) && ${condition}`;

const canaryArg: AnalysisArg = { name: "canary-service" };
const stableArg: AnalysisArg = { name: "stable-service" };
const countArg: AnalysisArg = { name: "count", value: String(analysisLimits.gateCount.value) };

/** How long every metric tolerates a Prometheus that does not respond. */
export const errorTolerance = { consecutiveErrorLimit: analysisLimits.gateErrors.value } as const;

function template(
  name: string,
  args: readonly AnalysisArg[],
  metric: PrometheusMetric | JobMetric,
): ClusterAnalysisTemplate {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ClusterAnalysisTemplate",
    metadata: { name },
    spec: { args, metrics: [metric] },
  };
}

/**
 * A gate that fails on the first measurement beyond the bound and passes on `count` good ones in a row. The successes are
 * counted, not the measurements: at a count of measurements Argo Rollouts takes what was forgiven for success, and two
 * measures nothing would pass a gate of two.
 */
function bound(
  address: string,
  name: string,
  query: string,
  pass: string,
  fail: string,
  args: readonly AnalysisArg[] = [canaryArg, stableArg],
): ClusterAnalysisTemplate {
  return template(name, [...args, countArg], {
    name,
    initialDelay: duration(analysisLimits.gateDelay),
    interval: duration(analysisLimits.gateInterval),
    count: analysisLimits.gateAttempts.value,
    failureLimit: 0,
    inconclusiveLimit: analysisLimits.gateSilence.value,
    ...errorTolerance,
    consecutiveSuccessLimit: "{{args.count}}",
    successCondition: known(`result[0] ${pass}`),
    failureCondition: known(`result[0] ${fail}`),
    provider: { prometheus: { address, query } },
  });
}

function errorRatioGate(address: string): ClusterAnalysisTemplate {
  const { errorRatio: most } = analysisLimits;
  const gate = bound(address, gates.errorRatio, sustainedErrorRatio(), `<= ${most.value}`, `> ${most.value}`, [
    canaryArg,
  ]);
  // Before that there are no two minutes of samples, and every query would be empty.
  const metrics = gate.spec.metrics.map((metric) => ({
    ...metric,
    initialDelay: duration(analysisLimits.errorRatioFor),
  }));
  return { ...gate, spec: { ...gate.spec, metrics } };
}

/**
 * Waits for traffic, then fails closed: no other gate means anything on a handful of requests. A step of its own before
 * theirs: the templates of one step start together.
 */
function volumeGate(address: string): ClusterAnalysisTemplate {
  const least = "{{args.minimum-requests}}";
  const leastArg: AnalysisArg = { name: "minimum-requests", value: String(analysisLimits.minimumRequests.value) };
  const successes = 1;
  const failures = analysisLimits.volumeAttempts.value;
  return template(gates.volume, [canaryArg, leastArg], {
    name: gates.volume,
    interval: duration(observabilityLimits.scrapeInterval),
    // The fewest that Argo Rollouts accepts: the last one decides either way.
    count: failures + successes,
    failureLimit: failures,
    ...errorTolerance,
    consecutiveSuccessLimit: successes,
    successCondition: known(`result[0] >= ${least}`),
    failureCondition: known(`result[0] < ${least}`),
    provider: { prometheus: { address, query: volume() } },
  });
}

/**
 * No traffic is no reason to stop here, so silence passes: a run that ended without a measurement would count as
 * successful anyway, which is why only the steps' own gates, with a count, vouch for a release.
 */
function tripwire(address: string): ClusterAnalysisTemplate {
  const { errorRatio: most, errorRateWindow, gateInterval } = analysisLimits;
  return template(gates.tripwire, [canaryArg], {
    name: gates.tripwire,
    interval: duration(gateInterval),
    failureLimit: 1,
    ...errorTolerance,
    successCondition: `len(result) == 0 || isNaN(result[0]) || result[0] <= ${most.value}`,
    failureCondition: known(`result[0] > ${most.value}`),
    provider: { prometheus: { address, query: errorRatio(canary, errorRateWindow) } },
  });
}

/** Every gate. Pure: the same settings give the same objects. */
export function analysisTemplates(settings: AnalysisSettings): readonly ClusterAnalysisTemplate[] {
  const { prometheusAddress: address, gatewayAddress } = settings;
  const { serverErrorRatio, serverErrorWindow, latencyFactor, latencyShare, latencyHistory } = analysisLimits;
  const most = serverErrorRatio.value;
  const strict = analysisLimits.serverErrorRatioStrict.value;
  const twice = latencyFactor.value;
  const share = latencyShare.value;
  return [
    errorRatioGate(address),
    bound(address, gates.serverErrors, errorRatio(canary, serverErrorWindow), `<= ${most}`, `> ${most}`, [canaryArg]),
    bound(address, gates.serverErrorsStrict, errorRatio(canary, serverErrorWindow), `<= ${strict}`, `> ${strict}`, [
      canaryArg,
    ]),
    bound(address, gates.rejections, rejectionsAboveStable(), "<= 0", "> 0"),
    bound(address, gates.latencyP95, p95Ratio(), `<= ${twice}`, `> ${twice}`),
    bound(address, gates.latencyP95History, p95AgainstHistory(), `<= ${twice}`, `> ${twice}`, [
      canaryArg,
      stableArg,
      { name: "history", value: duration(latencyHistory) },
    ]),
    bound(address, gates.latencyP99, fastShare(), `>= ${share}`, `< ${share}`, [canaryArg]),
    bound(address, gates.baseline, errorsAboveBaseline(), "<= 0", "> 0"),
    volumeGate(address),
    template(
      gates.smoke,
      [{ name: "image" }, { name: "host" }, { name: "path", value: "/" }, { name: "gateway", value: gatewayAddress }],
      smokeJob({ ...fromArguments, urls: ["{{args.gateway}}{{args.path}}"] }),
    ),
    tripwire(address),
  ];
}

/** An argument that a gate takes. */
export interface GateArgument {
  /** Name of the gate, as a rollout refers to it. */
  readonly template: string;
  readonly argument: string;
  /** Whether a rollout must give it: the gate has no value of its own. */
  readonly isRequired: boolean;
}

/** What each gate takes: where it measures decides none of it. */
export function gateArguments(): readonly GateArgument[] {
  const anywhere = { prometheusAddress: "http://prometheus", gatewayAddress: "http://gateway" };
  return analysisTemplates(anywhere).flatMap(({ metadata, spec }) =>
    spec.args.map(({ name, value }) => ({
      template: metadata.name,
      argument: name,
      isRequired: value === undefined,
    })),
  );
}

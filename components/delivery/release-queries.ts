/** What the release gates ask Prometheus about the version that is coming and the one that serves. */
import { deliveryLimits } from "../core/limits/delivery";
import { observabilityLimits } from "../core/limits/observability";
import type { Limit } from "../core/limits/limit";
import { duration } from "../core/units";

/** The version under test, as the gateway's own metrics name its Service: `<service>.<namespace>.svc.cluster.local`. */
export const canary = "{{args.canary-service}}";
/** The version that serves. */
export const stable = "{{args.stable-service}}";

/** A counter or histogram of the gateway about one Service; applications have no part in it. */
function series(metric: string, service: string, more = ""): string {
  return `${metric}{reporter="source",destination_service="${service}"${more}}`;
}

const requests = (service: string, more?: string): string => series("istio_requests_total", service, more);
const rate = (what: string, window: Limit, offset = ""): string => `sum(rate(${what}[${duration(window)}]${offset}))`;

/** Failed requests as a share of all; without `or vector(0)` a version that never failed would have no data. */
export function errorRatio(service: string, window: Limit): string {
  const failed = rate(requests(service, ',response_code=~"5.."'), window);
  return `(${failed} or vector(0)) / ${rate(requests(service), window)}`;
}

/** The least error ratio of the last two minutes: above the bound only if it was above it all the time. */
export function sustainedErrorRatio(): string {
  const { errorRatioFor, errorRateWindow } = deliveryLimits;
  const steps = `${duration(errorRatioFor)}:${duration(observabilityLimits.scrapeInterval)}`;
  return `min_over_time((${errorRatio(canary, errorRateWindow)})[${steps}])`;
}

/** 95th percentile of the time to answer, in milliseconds; `offset` looks back, such as ` offset 1h`. */
function p95(service: string, offset = ""): string {
  const buckets = series("istio_request_duration_milliseconds_bucket", service);
  const perBucket = `sum by (le) (rate(${buckets}[${duration(deliveryLimits.latencyWindow)}]${offset}))`;
  return `histogram_quantile(0.95, ${perBucket})`;
}

/** The coming version's p95 over the serving one's, at the same time. */
export function p95Ratio(): string {
  return `${p95(canary)} / ${p95(stable)}`;
}

/** The same against the serving version's past: once all traffic is shifted it has no present. */
export function p95AgainstHistory(): string {
  return `${p95(canary)} / ${p95(stable, " offset {{args.offset}}")}`;
}

/** Share of requests that were answered within the bound. */
export function fastShare(): string {
  const { latencyBound, latencyWindow } = deliveryLimits;
  const within = series("istio_request_duration_milliseconds_bucket", canary, `,le="${latencyBound.value}"`);
  const all = series("istio_request_duration_milliseconds_count", canary);
  return `${rate(within, latencyWindow)} / ${rate(all, latencyWindow)}`;
}

/** How far the coming version's errors exceed what the serving one's allow; positive is too many. */
export function errorsAboveBaseline(): string {
  const { serverErrorWindow, baselineFactor, baselineFloor } = deliveryLimits;
  const allowed = `${baselineFactor.value} * (${errorRatio(stable, serverErrorWindow)})`;
  return `(${errorRatio(canary, serverErrorWindow)}) - clamp_min(${allowed}, ${baselineFloor.value})`;
}

/** Requests that the coming version got: also the proof that the weight arrived, which the controller never checks. */
export function volume(): string {
  return `sum(increase(${requests(canary)}[${duration(deliveryLimits.volumeWindow)}])) or vector(0)`;
}

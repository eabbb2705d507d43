/** Queries of the release gates about the version that is coming and the one that serves. */
import { analysisLimits } from "../core/limits/analysis";
import { observabilityLimits } from "../core/limits/observability";
import type { Limit } from "../core/limits/limit";
import { bucketAt } from "../core/promql";
import { duration, inSeconds } from "../core/units";

/** The version under test, as the gateway's own metrics name its Service: `<service>.<namespace>.svc.cluster.local`. */
export const canary = "{{args.canary-service}}";
/** The version that serves. */
const stable = "{{args.stable-service}}";

/** A counter or histogram of the gateway about one Service; applications have no part in it. */
function series(metric: string, service: string, more = ""): string {
  return `${metric}{reporter="source",destination_service="${service}"${more}}`;
}

const requests = (service: string, more?: string): string => series("istio_requests_total", service, more);
const rate = (what: string, window: string): string => `sum(rate(${what}[${window}]))`;

/**
 * Failed requests as a share of all. Without `or vector(0)` a version that never failed would have no data; without
 * `> 0` a moment without requests would be 0/0, which the least of two minutes leaves out as if it had not been.
 */
export function errorRatio(service: string, window: Limit): string {
  const over = duration(window);
  const failed = rate(requests(service, ',response_code=~"5.."'), over);
  return `(${failed} or vector(0)) / (${rate(requests(service), over)} > 0)`;
}

/**
 * The least error ratio of the last two minutes: above the bound only if it was above it all the time. The least of
 * fewer points says less, so with one point missing (a replica of Prometheus that has just started) there is no answer.
 */
export function sustainedErrorRatio(): string {
  const { errorRatioFor, errorRateWindow } = analysisLimits;
  const { scrapeInterval } = observabilityLimits;
  const points = inSeconds(errorRatioFor) / inSeconds(scrapeInterval);
  const past = `(${errorRatio(canary, errorRateWindow)})[${duration(errorRatioFor)}:${duration(scrapeInterval)}]`;
  return `min_over_time(${past}) and count_over_time(${past}) >= ${points}`;
}

/**
 * 95th percentile of the response time, in milliseconds, at least the resolution of what the gateway records. Nothing
 * where there was no request: of empty buckets, or of NaN, a quantile may still be a number.
 */
function p95(service: string, window: string): string {
  const histogram = "istio_request_duration_milliseconds";
  const buckets = `rate(${series(`${histogram}_bucket`, service)}[${window}])`;
  const answered = rate(series(`${histogram}_count`, service), window);
  const { latencyFloor } = analysisLimits;
  return `(clamp_min(histogram_quantile(0.95, sum by (le) (${buckets})), ${latencyFloor.value}) and ${answered} > 0)`;
}

/** The coming version's p95 over the serving one's, at the same time. */
export function p95Ratio(): string {
  const window = duration(analysisLimits.latencyWindow);
  return `${p95(canary, window)} / ${p95(stable, window)}`;
}

/**
 * The same against the serving version's past: once all traffic is shifted it gets none. The past ends now and not
 * an hour ago: an application younger than that, or one that was in another release's bake then, has one too.
 */
export function p95AgainstHistory(): string {
  return `${p95(canary, duration(analysisLimits.latencyWindow))} / ${p95(stable, "{{args.history}}")}`;
}

/** Share of requests with a response within the bound. */
export function fastShare(): string {
  const { latencyBound } = analysisLimits;
  const window = duration(analysisLimits.latencyWindow);
  const within = series("istio_request_duration_milliseconds_bucket", canary, `,${bucketAt(latencyBound)}`);
  const all = series("istio_request_duration_milliseconds_count", canary);
  return `${rate(within, window)} / ${rate(all, window)}`;
}

/** How far the coming version's errors exceed what the serving one's allow; positive is too many. */
export function errorsAboveBaseline(): string {
  const { serverErrorWindow, baselineFactor, baselineFloor } = analysisLimits;
  const allowed = `${baselineFactor.value} * (${errorRatio(stable, serverErrorWindow)})`;
  return `(${errorRatio(canary, serverErrorWindow)}) - clamp_min(${allowed}, ${baselineFloor.value})`;
}

/** Responses that send a user away: refused, or redirected as to a login. Applications redirect in good health too. */
const REJECTED = ',response_code=~"401|403|3.."';

/** Rejected requests as a share of all; nothing where there was no request. */
function rejectionRatio(service: string, window: string): string {
  const rejected = rate(requests(service, REJECTED), window);
  return `(${rejected} or vector(0)) / (${rate(requests(service), window)} > 0)`;
}

/**
 * How far the coming version's rejections exceed what the serving one's allow; positive is too many. A version that does
 * not accept the sessions of the old one returns 401 or redirects to the login, and no gate on 5xx ever shows it.
 */
export function rejectionsAboveStable(): string {
  const { serverErrorWindow, rejectionFactor, rejectionFloor } = analysisLimits;
  const window = duration(serverErrorWindow);
  const usual = rejectionRatio(stable, window);
  const [byFactor, byFloor] = [`${rejectionFactor.value} * (${usual})`, `(${usual}) + ${rejectionFloor.value}`];
  return `(${rejectionRatio(canary, window)}) - ((${byFactor} > ${byFloor}) or (${byFloor}))`;
}

/** Requests that the coming version got: also the proof that the weight arrived, which the controller never checks. */
export function volume(): string {
  return `sum(increase(${requests(canary)}[${duration(analysisLimits.volumeWindow)}])) or vector(0)`;
}

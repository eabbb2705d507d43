/** Where the gateway's histogram of response times has its boundaries: they decide the resolution of a percentile. */
import { analysisLimits } from "../core/limits/analysis";
import { trafficLimits } from "../core/limits/traffic";
import { inSeconds } from "../core/units";

/** What the boundaries must do, in milliseconds. */
export interface BucketPlan {
  /** Responses faster than this need no resolution. */
  readonly lowest: number;
  /** One of them, exactly: the bound that a share is counted against. */
  readonly through: number;
  /** The last one. */
  readonly highest: number;
  /** The most that one may be above the one before, as a factor. */
  readonly step: number;
}

/** Two neighbours of two significant digits are at most this factor apart (1.0 and 1.1): no smaller step can be kept. */
const coarsestDigit = 1.1;
const digits = 2;
const base = 10;
/** Of one unit in the last digit: what arithmetic in binary may be off. */
const tolerance = 1e-9;

/** `value` with two significant digits, rounded by `round`. Envoy records with two, so such a boundary cuts exactly. */
function twoDigits(value: number, round: (units: number) => number): number {
  const unit = base ** (Math.floor(Math.log10(value)) - 1);
  return Number((round(value / unit) * unit).toPrecision(digits));
}

const down = (units: number): number => Math.floor(units + tolerance);
const up = (units: number): number => Math.ceil(units - tolerance);

/**
 * Boundaries of a histogram, ascending: from the first at or below `lowest` to `highest`, `through` among them, none
 * more than `step` above the one before. A percentile is interpolated inside its bucket, so two versions a hair apart
 * differ by one step at most, and a ratio of percentiles is wrong by one step at most.
 * @throws Error when `through` or `highest` has more than two significant digits, the order is not
 * `0 < lowest <= through <= highest`, or the step is 1.1 or less.
 */
export function histogramBuckets({ lowest, through, highest, step }: BucketPlan): readonly number[] {
  if (!(lowest > 0 && lowest <= through && through <= highest))
    throw new Error(`0 < lowest <= through <= highest must hold, got ${lowest}, ${through}, ${highest}`);
  if (!(step > coarsestDigit)) throw new Error(`a step must be above ${coarsestDigit}, got ${step}`);
  for (const bound of [through, highest])
    if (twoDigits(bound, Math.round) !== bound) throw new Error(`${bound} has more than two significant digits`);
  const below: number[] = [];
  for (let bound = through; bound > lowest; below.unshift(bound)) bound = twoDigits(bound / step, up);
  const above: number[] = [];
  for (let bound = through; bound < highest; above.push(bound))
    bound = Math.min(twoDigits(bound * step, down), highest);
  return [...below, through, ...above];
}

const MILLISECONDS = 1000;

/** The gateway's own: up to the time after which the load balancer gives up. */
export const latencyBuckets: readonly number[] = histogramBuckets({
  lowest: analysisLimits.latencyFloor.value,
  through: analysisLimits.latencyBound.value,
  highest: inSeconds(trafficLimits.albIdleTimeout) * MILLISECONDS,
  step: analysisLimits.bucketStep.value,
});

/**
 * The pod annotation that Istio's agent reads them from (pkg/bootstrap/config.go at 1.30.3): JSON, a list by prefix of
 * the metric's name inside Envoy. `istiocustom` is the prefix of all that Istio itself counts; the histograms of sizes
 * get the same boundaries, which is why theirs are not scraped.
 */
export const bucketAnnotation: Readonly<Record<string, string>> = {
  "sidecar.istio.io/statsHistogramBuckets": JSON.stringify({ istiocustom: latencyBuckets }),
};

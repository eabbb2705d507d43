/** Times of a drill's steps and what clients see, drawn with a fixed seed: SIMULATED, whoever prints them. */
import { drillLimits } from "../limits/drill";
import { timelineLimits } from "../limits/timeline";
import { generator, type Percentiles, percentilesOf, triangular } from "../timeline/draws";
import { type Duration, phaseDuration } from "../timeline/durations";

/** Sums of draws, as many as a timeline has. */
export function sumOf(times: readonly Duration[], seed: number = timelineLimits.seed.value): Percentiles {
  const random = generator(seed);
  const sums = new Float64Array(timelineLimits.draws.value);
  for (let draw = 0; draw < sums.length; draw++)
    sums[draw] = times.reduce((sum, { low, typical, high }) => sum + triangular(random(), low, typical, high), 0);
  return percentilesOf(sums);
}

/** Which share of the resolvers has the new answer, so many seconds after the leg opened. */
export interface ClientShare {
  readonly at: number;
  readonly share: number;
}

/** Seconds between two points of the curve. */
const STEP = 10;
/** Seconds between two points that are written out. */
const WRITTEN_STEP = 30;

/** The points that are written out. */
export function writtenShares(clients: readonly ClientShare[]): readonly ClientShare[] {
  return clients.filter(({ at }) => at % WRITTEN_STEP === 0);
}

/**
 * Resolvers hold an answer of any age up to its TTL. Clients that keep a name longer, or a connection until it breaks, are not
 * in it.
 */
export function clientShares(): readonly ClientShare[] {
  const random = generator(timelineLimits.seed.value);
  const flips = phaseDuration("health-check-flips");
  const caches = phaseDuration("resolver-caches");
  const draws = timelineLimits.draws.value;
  const arrivals = Array.from({ length: draws }, () => {
    const flip = triangular(random(), flips.low, flips.typical, flips.high);
    return flip + caches.low + random() * (caches.high - caches.low);
  });
  const count = drillLimits.clients.value / STEP;
  return Array.from({ length: count + 1 }, (_, index) => {
    const at = index * STEP;
    return { at, share: arrivals.filter((arrival) => arrival <= at).length / draws };
  });
}

/** Draws of a schedule: each task's time from its triangle, with a fixed seed, any number of times. */
import { layers } from "./layers";
import { criticalPath, endsOf, type Network } from "./schedule";

/** Seconds that half, nine in ten and 95 in a hundred of the draws stay within. */
export interface Percentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
}

/** What the draws give. */
export interface Drawn {
  readonly whole: Percentiles;
  /** The same work layer by layer. */
  readonly layered: Percentiles;
  /** Of each task the share of draws in which it decided the end. */
  readonly criticality: readonly number[];
}

/** Numbers from 0 up to 1. @source Tommy Ettinger's mulberry32, public domain; any good generator does */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The value of a triangular distribution below which the share of values lies. */
export function triangular(share: number, low: number, typical: number, high: number): number {
  if (high <= low) return low;
  const below = (typical - low) / (high - low);
  return share < below
    ? low + Math.sqrt(share * (high - low) * (typical - low))
    : high - Math.sqrt((1 - share) * (high - low) * (high - typical));
}

/** Of values in any order. */
export function percentilesOf(values: Float64Array): Percentiles {
  const sorted = values.toSorted();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95) };
}

/** The same tasks with the edges within a layer alone. */
function withinLayers({ tasks, needs }: Network): Network {
  return {
    tasks,
    needs: needs.map((own, index) => own.filter((need) => tasks[need]?.layer === tasks[index]?.layer)),
  };
}

/** How long the layers take one after the other. */
function sumOfLayers({ tasks }: Network, ends: Float64Array): number {
  const longest = new Map<string, number>();
  tasks.forEach(({ layer }, index) => longest.set(layer, Math.max(longest.get(layer) ?? 0, ends[index] ?? 0)));
  return layers.reduce((sum, layer) => sum + (longest.get(layer) ?? 0), 0);
}

/** Draws a schedule. @param seed the same one gives the same draws. */
export function drawsOf(network: Network, { draws, seed }: { readonly draws: number; readonly seed: number }): Drawn {
  const random = generator(seed);
  const count = network.tasks.length;
  const layered = withinLayers(network);
  const [seconds, ends, ownEnds] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const [wholes, sums] = [new Float64Array(draws), new Float64Array(draws)];
  const decided = new Uint32Array(count);
  for (let draw = 0; draw < draws; draw++) {
    network.tasks.forEach(({ duration: { low, typical, high } }, index) => {
      seconds[index] = triangular(random(), low, typical, high);
    });
    wholes[draw] = endsOf(network, seconds, ends);
    for (const position of criticalPath(network, ends)) decided[position] = (decided[position] ?? 0) + 1;
    endsOf(layered, seconds, ownEnds);
    sums[draw] = sumOfLayers(layered, ownEnds);
  }
  return {
    whole: percentilesOf(wholes),
    layered: percentilesOf(sums),
    criticality: [...decided].map((times) => times / draws),
  };
}

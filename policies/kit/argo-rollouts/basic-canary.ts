/** A canary without a router: its weights are numbers of pods, as Argo Rollouts counts them. */
import { fullWeight } from "./canary";

/** What decides how many pods a weight is worth. */
export interface BasicCanary {
  /** `spec.replicas`. */
  readonly replicas: number;
  /** Percent that a step states. */
  readonly weight: number;
  /** Whether the controller may add a pod: maxSurge, rounded up, is not 0. */
  readonly maySurge: boolean;
}

/** Pods of the new version, of all that run while the step does. */
export interface PodShare {
  readonly canary: number;
  readonly all: number;
}

/** Percent of the users that one pod in so many has, where a Service spreads them evenly. */
export function percentOf({ canary, all }: PodShare): number {
  return all === 0 ? 0 : (canary * fullWeight) / all;
}

/**
 * The pods that the controller keeps at the weight: the nearest whole numbers, one pod more among them where it may
 * surge, and at least one for each version. Without a surge it takes none where the weight is half a pod less than all
 * of them. Source: approximateWeightedCanaryStableReplicaCounts, Argo Rollouts v1.9 (`len(options) == 0`).
 */
export function podsOfWeight({ replicas, weight, maySurge }: BasicCanary): PodShare {
  const exact = (replicas * weight) / fullWeight;
  const [floor, ceiling] = [Math.floor(exact), Math.ceil(exact)];
  const mayBeNone = weight === fullWeight || weight === 0 || (replicas === 1 && !maySurge);
  const totals = maySurge ? [replicas, replicas + 1] : [replicas];
  const options = totals.flatMap((all): readonly PodShare[] => [
    ...(all > replicas || ceiling < replicas || mayBeNone ? [{ canary: ceiling, all }] : []),
    ...(isTied(all, weight) || (floor === 0 && !mayBeNone) ? [] : [{ canary: floor, all }]),
  ]);
  const distance = (option: PodShare): number => Math.abs(percentOf(option) - weight);
  // Among equals the first one: the larger canary, without a pod more.
  const [first = { canary: 0, all: replicas }, ...rest] = replicas === 0 ? [] : options;
  return rest.reduce((best, option) => (distance(option) < distance(best) ? option : best), first);
}

/** Half of all users, in percent. */
const halfWeight = 50;

/** Half a pod counts as a whole one. */
function isTied(all: number, weight: number): boolean {
  return (all * weight) % fullWeight === halfWeight;
}

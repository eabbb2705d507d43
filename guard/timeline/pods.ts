/** Whether everything that runs in pods waits for its nodes: a timeline in which it does not is faster than any cluster. */
import { groupPairs } from "@fridayproof/components/core";
import type { Task } from "./tasks";

/** What each task waits for, through others too. @param tasks each after what it waits for. */
function ancestorsOf(tasks: readonly Task[]): ReadonlyMap<string, ReadonlySet<string>> {
  const ancestors = new Map<string, Set<string>>();
  for (const { id, needs } of tasks) {
    const own = new Set(needs);
    for (const need of needs) for (const before of ancestors.get(need) ?? []) own.add(before);
    ancestors.set(id, own);
  }
  return ancestors;
}

/** Node groups by cluster and by the pool that they are parts of. */
function groupsByPool(tasks: readonly Task[]): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const members = tasks.flatMap(({ id, pool }) =>
    pool === undefined ? [] : [[pool.cluster, [pool.label, id]] as const],
  );
  return new Map([...groupPairs(members)].map(([cluster, pools]) => [cluster, groupPairs(pools)]));
}

/**
 * Names of what has pods and does not wait for all node groups of the pools that they run on: those that their selectors
 * name, each pool for applications, else any. None where the graph makes no nodes; a pool that it does not make stands.
 * What waits for a group ends no sooner than the group's end and its own time, in every draw.
 */
export function earlyPods(tasks: readonly Task[]): readonly string[] {
  const clusters = [...groupsByPool(tasks).values()];
  if (clusters.length === 0) return [];
  const ancestors = ancestorsOf(tasks);
  const isEarly = ({ id, pods }: Task): boolean => {
    if (pods === undefined) return false;
    const before = ancestors.get(id) ?? new Set<string>();
    const isReady = (groups: readonly string[]): boolean => groups.every((group) => before.has(group));
    if (pods === "every") return !clusters.some((pools) => [...pools.values()].every(isReady));
    if (pods.length === 0) return !clusters.some((pools) => [...pools.values()].some(isReady));
    return pods.some((label) => {
      const createdPools = clusters.flatMap((pools) => [pools.get(label) ?? []].filter(({ length }) => length > 0));
      return createdPools.length > 0 && !createdPools.some(isReady);
    });
  };
  return tasks.filter(isEarly).map(({ name }) => name);
}

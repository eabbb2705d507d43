/** Whether everything that runs in pods waits for nodes: a timeline in which it does not is faster than any cluster. */
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

/** Names of what has pods and does not wait for all node groups of any pool; none where the graph makes no nodes. */
export function earlyPods(tasks: readonly Task[]): readonly string[] {
  const pools = new Map<string, string[]>();
  for (const { id, pool } of tasks) if (pool !== undefined) pools.set(pool, [...(pools.get(pool) ?? []), id]);
  if (pools.size === 0) return [];
  const ancestors = ancestorsOf(tasks);
  const waits = ({ id }: Task): boolean =>
    [...pools.values()].some((groups) => groups.every((group) => ancestors.get(id)?.has(group) === true));
  return tasks.filter((task) => task.hasPods && !waits(task)).map(({ name }) => name);
}

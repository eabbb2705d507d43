/** When each task begins and ends, which of them decide the whole, and how long the others may take longer. */
import type { Task } from "./tasks";

/** A task in a schedule; seconds from the beginning. */
export interface Scheduled {
  readonly task: Task;
  readonly start: number;
  readonly end: number;
  /** How much later it may end before the whole does. */
  readonly slack: number;
}

/** Tasks as numbers: what ten thousand draws are made of. */
export interface Network {
  readonly tasks: readonly Task[];
  /** Of each task the places of those that it waits for, all of them before it. */
  readonly needs: readonly (readonly number[])[];
}

/** Numbers the tasks. @param tasks each after what it waits for. */
export function networkOf(tasks: readonly Task[]): Network {
  const positions = new Map(tasks.map(({ id }, index) => [id, index]));
  return { tasks, needs: tasks.map(({ needs }) => needs.flatMap((id) => positions.get(id) ?? [])) };
}

/** Writes the end of each task into `ends`. @returns the end of the last one. */
export function endsOf({ needs }: Network, seconds: Float64Array, ends: Float64Array): number {
  let makespan = 0;
  for (let index = 0; index < needs.length; index++) {
    let start = 0;
    for (const need of needs[index] ?? []) start = Math.max(start, ends[need] ?? 0);
    const end = start + (seconds[index] ?? 0);
    ends[index] = end;
    makespan = Math.max(makespan, end);
  }
  return makespan;
}

/** The latest end of each task that leaves the whole as it is. */
function latestEnds({ needs }: Network, seconds: Float64Array, makespan: number): Float64Array {
  const latest = new Float64Array(needs.length).fill(makespan);
  for (let index = needs.length - 1; index >= 0; index--)
    for (const need of needs[index] ?? [])
      latest[need] = Math.min(latest[need] ?? makespan, (latest[index] ?? makespan) - (seconds[index] ?? 0));
  return latest;
}

/** Places of the tasks that decide the end, from the first to the last. */
export function criticalPath({ needs }: Network, ends: Float64Array): readonly number[] {
  let at = ends.reduce((last, end, index) => (end > (ends[last] ?? 0) ? index : last), 0);
  const path = [at];
  for (let before = needs[at] ?? []; before.length > 0; before = needs[at] ?? []) {
    at = before.reduce((last, index) => ((ends[index] ?? 0) > (ends[last] ?? 0) ? index : last));
    path.unshift(at);
  }
  return path;
}

/** The schedule with these durations. */
export function scheduleOf(
  network: Network,
  seconds: Float64Array,
): { readonly rows: readonly Scheduled[]; readonly path: readonly number[] } {
  const ends = new Float64Array(network.tasks.length);
  const makespan = endsOf(network, seconds, ends);
  const latest = latestEnds(network, seconds, makespan);
  const rows = network.tasks.map((task, index): Scheduled => {
    const end = ends[index] ?? 0;
    return { task, start: end - (seconds[index] ?? 0), end, slack: (latest[index] ?? makespan) - end };
  });
  return { rows, path: criticalPath(network, ends) };
}

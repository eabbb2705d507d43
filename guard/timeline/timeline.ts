/** How long it would take on AWS to make all of it: simulated from two frozen tables, never measured, never an RTO. */
import { timelineLimits } from "../limits/timeline";
import { drawsOf, type Percentiles } from "./draws";
import { type TableFacts, tableFacts } from "./durations";
import type { Layer } from "./layers";
import { earlyPods } from "./pods";
import type { Timed } from "./read";
import { networkOf, scheduleOf } from "./schedule";
import { tasksOf } from "./tasks";

/** One resource or phase; times in seconds, with typical durations. */
export interface TimelineRow {
  readonly name: string;
  readonly type: string;
  readonly layer: Layer;
  readonly start: number;
  readonly end: number;
  /** How much later it may end before the whole does. */
  readonly slack: number;
  /** Share of the draws in which it decides the end. */
  readonly criticality: number;
  /** Key of the row of the tables. */
  readonly row: string;
  readonly isEstimate: boolean;
}

/** The whole timeline; the same file and seed give the same one. */
export interface Timeline {
  readonly label: "SIMULATED";
  readonly stack: string;
  /** Seconds with typical durations. */
  readonly makespan: number;
  readonly drawn: Percentiles;
  /** Layer by layer, each after the one below. */
  readonly layered: Percentiles;
  /** Share of the time that the graph saves over layers, at p50. */
  readonly saved: number;
  readonly draws: number;
  readonly seed: number;
  /** From the first to the last. */
  readonly criticalPath: readonly TimelineRow[];
  readonly rows: readonly TimelineRow[];
  /** Types whose times are those of their family. */
  readonly defaults: readonly string[];
  /** What has pods and does not wait for the nodes that they run on: AWS would take longer. */
  readonly earlyPods: readonly string[];
  readonly untimed: Timed["untimed"];
  readonly tables: readonly TableFacts[];
}

/** How a timeline is drawn. */
export interface TimelineOptions {
  /** Of the draws. @default the one in guard/limits/timeline.ts */
  readonly seed?: number;
  /** Whether the node groups of a pool wait for each other, as those that stand do. @default false */
  readonly inTurn?: boolean;
}

/** A timeline. @throws TimelineError where nothing is to be made, or two things wait for each other. */
export function timelineOf(timed: Timed, options: TimelineOptions = {}): Timeline {
  const { seed = timelineLimits.seed.value, inTurn } = options;
  const draws = timelineLimits.draws.value;
  const tasks = tasksOf(timed.rows, inTurn);
  const network = networkOf(tasks);
  const { rows: scheduled, path } = scheduleOf(
    network,
    Float64Array.from(tasks, ({ duration }) => duration.typical),
  );
  const { whole, layered, criticality } = drawsOf(network, { draws, seed });
  const rows = scheduled.map(({ task: { name, type, layer, duration }, start, end, slack }, index): TimelineRow => ({
    ...{ name, type, layer, start, end, slack },
    criticality: criticality[index] ?? 0,
    row: duration.row,
    isEstimate: duration.isEstimate,
  }));
  return {
    label: "SIMULATED",
    stack: timed.stack,
    makespan: Math.max(...rows.map(({ end }) => end)),
    drawn: whole,
    layered,
    saved: layered.p50 === 0 ? 0 : 1 - whole.p50 / layered.p50,
    draws,
    seed,
    criticalPath: path.flatMap((position) => rows[position] ?? []).filter(({ start, end }) => end > start),
    rows,
    defaults: [...new Set(tasks.filter(({ duration }) => duration.isDefault).map(({ type }) => type))].sort(),
    earlyPods: earlyPods(tasks),
    untimed: timed.untimed,
    tables: tableFacts(),
  };
}

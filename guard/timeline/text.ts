/** A timeline for people: the whole, what decides it, what does not, and where the numbers are from. */
import { clock } from "@fridayproof/components/core";
import type { Timeline, TimelineRow } from "./timeline";

/** Minutes and seconds, of any number of seconds. */
export const time = (seconds: number): string => clock(Math.round(seconds));
const PERCENT = 100;
/** Rows beside the path that are shown. */
const NEAREST = 5;

function pathLines(rows: readonly TimelineRow[]): readonly string[] {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(
    ({ start, end, name, type, criticality, isEstimate }) =>
      `  ${time(start).padStart(6)}  ${time(end - start).padStart(6)}  ${`${Math.round(criticality * PERCENT)} %`.padStart(5)}  ${name.padEnd(width)}  ${type}${isEstimate ? " (estimate)" : ""}`,
  );
}

/** What ends nearest to where it would decide the whole. */
function nearest({ rows }: Timeline): readonly string[] {
  return rows
    .filter(({ slack, start, end }) => slack > 0 && end > start)
    .toSorted((one, other) => one.slack - other.slack)
    .slice(0, NEAREST)
    .map(({ name, slack }) => `  ${time(slack).padStart(6)}  ${name}`);
}

function remarks({ rows, defaults, earlyPods, untimed }: Timeline): readonly string[] {
  const estimates = rows.filter(({ isEstimate }) => isEstimate).length;
  const steps = Object.entries(untimed).map(([operation, count]) => `${count} ${operation}`);
  return [
    `${estimates} of ${rows.length} rows are estimates, not measured`,
    ...(defaults.length === 0 ? [] : [`times of their family: ${defaults.join(", ")}`]),
    ...(steps.length === 0 ? [] : [`not timed, because the tables have creations alone: ${steps.join(", ")}`]),
    ...earlyPods.map((name) => `NOT HONEST: ${name} runs in pods and does not wait for the nodes that they need`),
  ];
}

/** Lines for a terminal. */
export function timelineText(timeline: Timeline): readonly string[] {
  const { stack, makespan, drawn, layered, saved, draws, seed, criticalPath, tables } = timeline;
  return [
    `${stack} from nothing: ${time(drawn.p50)} (p50), SIMULATED: no time of it was measured, and none is an RTO`,
    "",
    `typical ${time(makespan)}   p50 ${time(drawn.p50)}   p90 ${time(drawn.p90)}   p95 ${time(drawn.p95)}   ${draws} draws, seed ${seed}`,
    `layer by layer p50 ${time(layered.p50)}   p90 ${time(layered.p90)}: the graph saves ${Math.round(saved * PERCENT)} %`,
    "",
    "critical path: begins, takes, decides in so many draws",
    ...pathLines(criticalPath),
    "",
    "nearest to it: how much longer it may take",
    ...nearest(timeline),
    "",
    ...remarks(timeline),
    ...tables.map(({ file, version, sha256 }) => `${file} version ${version} sha256:${sha256}`),
  ];
}

/** What is going on right now, kept as plain data so that drawing it is a pure function. */
import type { StepEvent } from "../events/events";
import { formatDuration } from "./text/duration";
import { opStyles, stepLabel } from "./steps";
import type { Colors } from "./text/terminal";

/** One step that has begun and not ended. */
export interface RunningStep {
  readonly event: StepEvent;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** Counts of a run that goes on. */
export interface Progress {
  /** By URN and operation: a replacement runs twice on one URN. */
  readonly running: ReadonlyMap<string, RunningStep>;
  readonly done: number;
  /** How many there will be, as far as is known: what the state holds, and never less than what was seen. */
  readonly expected: number;
  /** Whether the total is known: from the plan of an update, or the state. */
  readonly isTotalKnown: boolean;
  /** What is done with each: a plan does nothing yet. */
  readonly word: "done" | "planned";
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** At the start; `expected` is how many resources the plan or the state has, 0 when there is neither. */
export function startProgress(expected: number, now: number, word: Progress["word"] = "done"): Progress {
  return { running: new Map(), done: 0, expected, isTotalKnown: expected > 0, word, startedAt: now };
}

/** After one more event. */
export function advance(progress: Progress, event: StepEvent, now: number): Progress {
  const key = `${event.op} ${event.urn}`;
  const running = new Map(progress.running);
  if (event.phase === "begin") running.set(key, { event, since: now });
  else running.delete(key);
  const done = progress.done + (event.phase === "begin" ? 0 : 1);
  return { ...progress, running, done, expected: Math.max(progress.expected, done + running.size) };
}

/** Most running steps that are drawn: more would scroll the screen away. */
const ROWS = 6;
const MILLISECONDS = 1000;

const cut = (text: string, columns: number): string =>
  text.length < columns ? text : `${text.slice(0, columns - 2)}…`;

/** The lines under the log: a count, then what is under way. No line is longer than `columns`. */
export function progressLines(progress: Progress, now: number, columns: number, colors: Colors): string[] {
  const since = (start: number): string => formatDuration((now - start) / MILLISECONDS);
  // Before the program registers anything the total is unknown.
  const { done, expected, isTotalKnown, word } = progress;
  const count = expected === 0 ? "starting" : `${isTotalKnown ? `${done}/${expected}` : done} ${word}`;
  const steps = [...progress.running.values()].filter(({ event }) => !event.hidden);
  const left = progress.expected - progress.done - progress.running.size;
  const toBegin = isTotalKnown ? `, ${left} to begin` : "";
  const open = steps.length === 0 ? "" : `; ${steps.length} running${toBegin}`;
  const head = cut(`${count}, ${since(progress.startedAt)}${open}`, columns);
  const rows = steps
    .slice(0, ROWS)
    .map(({ event, since: start }) =>
      cut(`   ${opStyles[event.op].running} ${stepLabel(event)}  ${since(start)}`, columns),
    );
  const rest = steps.length - rows.length;
  return [colors.bold(head), ...rows.map(colors.dim), ...(rest > 0 ? [colors.dim(`   and ${rest} more`)] : [])];
}

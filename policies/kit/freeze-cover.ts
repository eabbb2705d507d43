/** What a project's deny windows cover: which applications, and which stretches of time. */
import { latestStart, readSchedule, type Schedule } from "./cron";
import type { Field } from "./field";
import { globMatches } from "./glob";
import { milliseconds } from "./sync-window";

/** A stretch of time in milliseconds since 1970, without its end. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** More than any zone's clock is off UTC, in milliseconds. */
const MOST_OFFSET = 54_000_000;
/** Windows that follow one another more often than this within one freeze are given up on. */
const MOST_STEPS = 10_000;

/** What the wall clock of a zone shows at an instant, in milliseconds as if it were UTC. */
type Clock = (instant: number) => number;

/** @throws RangeError for a zone that nobody knows. */
function clockOf(timeZone: string): Clock {
  const numeric = "numeric";
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric },
  });
  return (instant) => {
    const parts = new Map<string, string>(
      format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
    );
    const part = (type: string): number => Number(parts.get(type));
    return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  };
}

/**
 * The instant at which Argo CD finds a wall-clock time reached. It adds the zone's offset of that moment to UTC
 * (scheduleOffsetByTimeZone): there is no time that a change of the clock leaves out, and of two equal ones the first counts.
 */
function instantOf(wall: number, clock: Clock): number {
  const instants = [wall - MOST_OFFSET, wall + MOST_OFFSET].map((instant) => wall - (clock(instant) - instant));
  const shown = instants.filter((instant) => clock(instant) === wall);
  return shown.length === 0 ? Math.min(...instants) : Math.min(...shown);
}

/** A window as Argo CD reads it. */
interface Window {
  readonly schedule: Schedule;
  readonly length: number;
  readonly clock: Clock;
}

/** Undefined for a window that Argo CD cannot read. */
function readWindow(window: Field): Window | undefined {
  const read = readSchedule(window.at("schedule").textOrEmpty());
  const length = milliseconds(window.at("duration").textOrEmpty());
  const timeZone = window.at("timeZone").textOrEmpty();
  if (!("schedule" in read) || length <= 0) return undefined;
  try {
    return { schedule: read.schedule, length, clock: clockOf(timeZone === "" ? "UTC" : timeZone) };
  } catch (error) {
    // A zone that nobody knows; the window's own problem says so.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Until when the window is active at the instant; undefined when it is not. */
function activeUntil({ schedule, length, clock }: Window, instant: number): number | undefined {
  const wall = clock(instant);
  const start = latestStart(schedule, wall, wall - length);
  return start === undefined ? undefined : instantOf(start + length, clock);
}

/** The first instant of the stretch that none of the windows covers; undefined when all of it is covered. */
export function firstGap(windows: readonly Field[], stretch: Stretch): number | undefined {
  const read = windows.flatMap((window) => readWindow(window) ?? []);
  let reached = stretch.from;
  for (let step = 0; step < MOST_STEPS && reached < stretch.until; step++) {
    const next = Math.max(...read.map((window) => activeUntil(window, reached) ?? reached));
    if (!(next > reached)) break;
    reached = next;
  }
  return reached < stretch.until ? reached : undefined;
}

/**
 * Whether the window is about every application of the project: by name, or by whatever namespaces and clusters the
 * project may deploy to. Source: argo-cd, SyncWindows.Matches (one list is enough, unless andOperator joins them).
 */
export function coversProject(window: Field, destinations: readonly Field[]): boolean {
  const lists = [
    ["applications", (patterns: readonly string[]) => patterns.some((pattern) => /^\*+$/.test(pattern.trim()))],
    ["clusters", (patterns: readonly string[]) => everyOne(patterns, destinations, ["server", "name"])],
    ["namespaces", (patterns: readonly string[]) => everyOne(patterns, destinations, ["namespace"])],
  ] as const;
  const stated = lists
    .map(([key, covers]) => ({ patterns: window.at(key).texts(), covers }))
    .filter(({ patterns }) => patterns.length > 0);
  const verdicts = stated.map(({ patterns, covers }) => covers(patterns));
  return window.at("andOperator").flag() === true
    ? verdicts.length > 0 && verdicts.every(Boolean)
    : verdicts.some(Boolean);
}

/** Whether the patterns match one of the keys of every destination. */
function everyOne(patterns: readonly string[], destinations: readonly Field[], keys: readonly string[]): boolean {
  if (patterns.some((pattern) => /^\*+$/.test(pattern.trim()))) return true;
  return (
    destinations.length > 0 &&
    destinations.every((destination) =>
      keys.some((key) => {
        const text = destination.at(key).textOrEmpty();
        return text !== "" && patterns.some((pattern) => pattern === text || globMatches(pattern, text));
      }),
    )
  );
}

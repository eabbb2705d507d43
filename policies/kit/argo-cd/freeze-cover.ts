/** Coverage of a project's deny windows: which applications, and which periods of time. */
import { readSchedule } from "@fridayproof/components/core";
import type { Field } from "../reading/field";
import { globMatches } from "../reading/glob";
import { milliseconds } from "./sync-window";
import { activeUntil, clockOf, type WindowTime } from "./window-clock";

/** A period in milliseconds since 1970; its end is not part of it. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** Windows that are followed one after the other within one freeze; more of them count as a gap. */
const MOST_STEPS = 10_000;

/** Undefined for a window that Argo CD cannot read. */
function readWindow(window: Field): WindowTime | undefined {
  const read = readSchedule(window.at("schedule").textOrEmpty());
  const length = milliseconds(window.at("duration").textOrEmpty());
  const timeZone = window.at("timeZone").textOrEmpty();
  if (!("schedule" in read) || length <= 0) return undefined;
  try {
    return { schedule: read.schedule, length, clock: clockOf(timeZone === "" ? "UTC" : timeZone) };
  } catch (error) {
    // An unknown time zone is a problem of the window, which is reported there.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The first instant of the period that no window covers; undefined where all of it is covered. */
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

/**
 * Whether Argo CD may synchronize an application at a moment, by the sync windows of its project.
 * Source: argo-cd, pkg/apis/application/v1alpha1/types.go, SyncWindows.Matches, CanSync, active, inactiveAllows.
 */
import { readSchedule } from "@fridayproof/components/core";
import { nextStart } from "../reading/cron";
import { globMatches } from "../reading/glob";
import { goSeconds } from "../reading/go-duration";
import { isTimeZone, type SyncWindowText } from "./sync-window";
import { activeUntil, clockOf, instantOf, type WindowTime } from "./window-clock";

/** A window of an AppProject, with the applications that it applies to. */
export interface ProjectWindow extends SyncWindowText {
  readonly applications?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly clusters?: readonly string[];
  /** Whether all stated lists must match, and not one of them. */
  readonly andOperator?: boolean;
  /** Whether a person may synchronize in spite of it. */
  readonly manualSync?: boolean;
}

/** Properties of an application that windows match. */
export interface WindowedApplication {
  readonly name: string;
  /** Namespace, name and address of its destination. */
  readonly namespace: string;
  readonly clusterName: string;
  readonly server: string;
}

/** Windows by which an application is not synchronized, and until when. */
export interface SyncHold {
  /** The windows that hold it: denials that are active, or permissions of which none is. */
  readonly windows: readonly ProjectWindow[];
  /** The instant at which it may be synchronized again; undefined where that is never. */
  readonly until?: number;
  /** Whether a person may synchronize it now. */
  readonly manual: boolean;
}

/** Beginnings and ends of windows that are followed in search of an instant at which a sync is possible. */
const MOST_STEPS = 1_000;
const MILLISECONDS = 1_000;

/** Whether the window applies to the application. One stated list that matches is enough, unless andOperator joins them. */
function isAbout(window: ProjectWindow, { name, namespace, clusterName, server }: WindowedApplication): boolean {
  const lists = [
    { patterns: window.applications ?? [], texts: [name] },
    { patterns: window.clusters ?? [], texts: [clusterName, server].filter((text) => text !== "") },
    { patterns: window.namespaces ?? [], texts: [namespace] },
  ].filter(({ patterns }) => patterns.length > 0);
  const matches = lists.map(({ patterns, texts }) =>
    patterns.some((pattern) => texts.some((text) => globMatches(pattern, text))),
  );
  return window.andOperator === true ? matches.length > 0 && matches.every(Boolean) : matches.some(Boolean);
}

/** A window's times. Argo CD computes a moment in the past for a day that never comes: the window is always active. */
type Times = WindowTime | "always" | "never";

/** Undefined for a window that Argo CD cannot read: it synchronizes none of the window's applications then. */
function timesOf({ schedule, duration, timeZone = "UTC" }: ProjectWindow): Times | undefined {
  if (schedule === undefined || duration === undefined) return undefined;
  const seconds = goSeconds(duration);
  const read = readSchedule(schedule);
  if (seconds === undefined || !("schedule" in read || read.never === true)) return undefined;
  if (!("schedule" in read)) return "always";
  if (seconds <= 0) return "never";
  // Argo CD takes an unknown zone for UTC, with a warning in its log.
  return {
    schedule: read.schedule,
    length: seconds * MILLISECONDS,
    clock: clockOf(isTimeZone(timeZone) ? timeZone : "UTC"),
  };
}

interface ReadWindow {
  readonly window: ProjectWindow;
  readonly times: Times;
}

function endOf({ times }: ReadWindow, instant: number): number | undefined {
  if (times === "always") return Infinity;
  return times === "never" ? undefined : activeUntil(times, instant);
}

function startOf({ times }: ReadWindow, instant: number): number {
  if (typeof times === "string") return Infinity;
  const start = nextStart(times.schedule, times.clock(instant));
  return start === undefined ? Infinity : instantOf(start, times.clock);
}

/** The windows that hold an automated sync at the instant, and when the first of them begins or ends. */
function heldBy(windows: readonly ReadWindow[], instant: number): { by: readonly ProjectWindow[]; next: number } {
  const active = windows.filter((each) => endOf(each, instant) !== undefined);
  const of = (list: readonly ReadWindow[], kind: string): readonly ReadWindow[] =>
    list.filter(({ window }) => window.kind === kind);
  const denials = of(active, "deny");
  const permissions = of(windows, "allow");
  const bare = (list: readonly ReadWindow[]): readonly ProjectWindow[] => list.map(({ window }) => window);
  if (denials.length > 0)
    return { by: bare(denials), next: Math.min(...denials.map((each) => endOf(each, instant) ?? Infinity)) };
  // An active denial wins over every permission; without one, a single active permission is enough.
  if (of(active, "allow").length > 0) return { by: [], next: instant };
  return { by: bare(permissions), next: Math.min(...permissions.map((each) => startOf(each, instant))) };
}

/**
 * The windows that hold an automated sync of the application.
 * @param instant milliseconds since 1970.
 * @returns undefined where nothing does.
 */
export function syncHold(
  all: readonly ProjectWindow[],
  application: WindowedApplication,
  instant: number,
): SyncHold | undefined {
  const windows = all.filter((window) => isAbout(window, application));
  const readable: ReadWindow[] = [];
  const unreadable: ProjectWindow[] = [];
  for (const window of windows) {
    const times = timesOf(window);
    if (times === undefined) unreadable.push(window);
    else readable.push({ window, times });
  }
  if (unreadable.length > 0) return { windows: unreadable, manual: false };
  const { by } = heldBy(readable, instant);
  if (by.length === 0) return undefined;
  const until = freeFrom(readable, instant);
  const manual = by.every(({ manualSync }) => manualSync === true);
  return { windows: by, manual, ...(until === undefined ? {} : { until }) };
}

/** The first instant from the given one at which nothing holds it; undefined where there is none. */
function freeFrom(windows: readonly ReadWindow[], instant: number): number | undefined {
  let reached = instant;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { by, next } = heldBy(windows, reached);
    if (by.length === 0) return reached;
    if (next === Infinity) return undefined;
    reached = next;
  }
  return undefined;
}

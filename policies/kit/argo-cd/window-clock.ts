/** When a sync window is active: the wall clock of its zone, as Argo CD computes it. */
import type { Schedule } from "@fridayproof/components/core";
import { latestStart } from "../reading/cron";

/** Longer than any zone's offset from UTC. Milliseconds. */
const MOST_OFFSET = 54_000_000;

/** Wall-clock time of a zone at an instant, in milliseconds as if it were UTC. */
export type Clock = (instant: number) => number;

/** @throws RangeError for an unknown zone. */
export function clockOf(timeZone: string): Clock {
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
 * The instant at which a wall-clock time is reached for Argo CD. It adds the zone's offset of that moment to UTC
 * (scheduleOffsetByTimeZone): there is no time that a change of the clock leaves out, and of two equal ones the first counts.
 */
export function instantOf(wall: number, clock: Clock): number {
  const instants = [wall - MOST_OFFSET, wall + MOST_OFFSET].map((instant) => wall - (clock(instant) - instant));
  const shown = instants.filter((instant) => clock(instant) === wall);
  return shown.length === 0 ? Math.min(...instants) : Math.min(...shown);
}

/** A window as Argo CD reads it. */
export interface WindowTime {
  readonly schedule: Schedule;
  /** Milliseconds. */
  readonly length: number;
  readonly clock: Clock;
}

/** Until when the window is active at the instant; undefined when it is not. */
export function activeUntil({ schedule, length, clock }: WindowTime, instant: number): number | undefined {
  const wall = clock(instant);
  const start = latestStart(schedule, wall, wall - length);
  return start === undefined ? undefined : instantOf(start + length, clock);
}

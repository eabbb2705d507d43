/** Finds the freeze of a calendar that is active at a moment, by the rules of Argo CD's sync windows. */
import type { DenyWindow } from "@fridayproof/guard/status";
import { minuteText } from "@fridayproof/sandbox/terminal";
import { clockOf, latestStart, milliseconds, readSchedule } from "@fridayproof/policies/schedule";

/** An active freeze. */
export interface Freeze {
  /** End, in local time of its zone: `2026-12-01 00:00`. */
  readonly until: string;
  readonly timeZone: string;
  readonly reason: string;
}

/** The active freeze that ends last; undefined where none is active. */
export function freezeAt(windows: readonly DenyWindow[], moment: Date): Freeze | undefined {
  const open = windows.flatMap(({ schedule, duration, timeZone, reason }) => {
    const read = readSchedule(schedule);
    if (!("schedule" in read)) return [];
    const now = clockOf(timeZone)(moment.getTime());
    const length = milliseconds(duration);
    const start = latestStart(read.schedule, now, now - length);
    return start === undefined ? [] : [{ end: start + length, timeZone, reason }];
  });
  const [last] = open.toSorted((left, right) => right.end - left.end);
  return last === undefined ? undefined : { until: minuteText(last.end), timeZone: last.timeZone, reason: last.reason };
}

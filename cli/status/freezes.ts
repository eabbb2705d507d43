/** Whether a time of a calendar of sync windows goes on, by the rules that Argo CD's own schedule follows. */
import type { DenyWindow } from "@fridayproof/guard/status";
import { minuteText } from "@fridayproof/sandbox/terminal";
import { clockOf, latestStart, milliseconds, readSchedule } from "@fridayproof/policies/schedule";

/** A freeze that goes on. */
export interface Freeze {
  /** The moment at which it ends, on the wall clock of its zone: `2026-12-01 00:00`. */
  readonly until: string;
  readonly timeZone: string;
  readonly reason: string;
}

/** The freeze that goes on at the moment and ends last; undefined where none does. */
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

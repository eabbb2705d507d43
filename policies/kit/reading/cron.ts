/** Descriptors such as `@daily`, and when a schedule starts. */
import type { Schedule } from "@fridayproof/components/core";
import { goSeconds } from "./go-duration";

const EVERY = "@every ";
const DESCRIPTORS: readonly string[] = ["yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly"].map(
  (word) => `@${word}`,
);

/** Whether the text is a descriptor such as `@daily`, which Kubernetes' parser accepts (robfig/cron, parseDescriptor). */
export function isDescriptor(text: string): boolean {
  return text.startsWith(EVERY) ? goSeconds(text.slice(EVERY.length)) !== undefined : DESCRIPTORS.includes(text);
}

/** Milliseconds of a minute, an hour and a day. */
const MINUTE = 60_000;
const HOURS = 24;
const MINUTES = 60;
const DAY = HOURS * MINUTES * MINUTE;

/**
 * The last start at or before a moment of the wall clock and after another, both in milliseconds as if they were UTC;
 * undefined when there is none.
 */
export function latestStart(schedule: Schedule, at: number, after: number): number | undefined {
  const [minutes, hours] = schedule;
  for (let day = Math.floor(at / DAY) * DAY; day + DAY > after; day -= DAY) {
    if (!meets(schedule, new Date(day))) continue;
    let last: number | undefined;
    for (const hour of hours.allowed)
      for (const minute of minutes.allowed) {
        const start = day + (hour * MINUTES + minute) * MINUTE;
        if (start <= at && start > (last ?? after)) last = start;
      }
    if (last !== undefined) return last;
  }
  return undefined;
}

/** How far ahead cron looks for a start, in days: five years. Source: robfig/cron, spec.go, Next. */
const DAYS_AHEAD = 1827;

/** The first start after a moment of the wall clock, in milliseconds as if it were UTC; undefined when cron gives up. */
export function nextStart(schedule: Schedule, after: number): number | undefined {
  const [minutes, hours] = schedule;
  const today = Math.floor(after / DAY) * DAY;
  for (let day = today; day <= today + DAYS_AHEAD * DAY; day += DAY) {
    if (!meets(schedule, new Date(day))) continue;
    const starts = [...hours.allowed].flatMap((hour) =>
      [...minutes.allowed].map((minute) => day + (hour * MINUTES + minute) * MINUTE),
    );
    const later = starts.filter((start) => start > after);
    if (later.length > 0) return Math.min(...later);
  }
  return undefined;
}

/** Both days must fit where one of them is "any"; otherwise one is enough (spec.go, dayMatches). */
function meets([, , day, month, weekday]: Schedule, date: Date): boolean {
  if (!month.allowed.has(date.getUTCMonth() + 1)) return false;
  const fits = [day.allowed.has(date.getUTCDate()), weekday.allowed.has(date.getUTCDay())];
  return day.any || weekday.any ? fits.every(Boolean) : fits.some(Boolean);
}

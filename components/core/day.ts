/** Days of the calendar, `YYYY-MM-DD` in UTC: as texts they compare in their order. */

const MILLISECONDS_PER_SECOND = 1000;
const SECONDS_PER_DAY = 86_400;
const LENGTH = "YYYY-MM-DD".length;

/** How long a day lasts: in UTC no clock is changed. */
export const millisecondsPerDay = SECONDS_PER_DAY * MILLISECONDS_PER_SECOND;

/** Whether the text is a day that exists, in just this form. */
export function isDay(text: string): boolean {
  // Date takes 30 February for 2 March, so the day must come back as it was written.
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(new Date(text)) === text;
}

/** The day of an instant. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, LENGTH);
}

/** The instant at which a day begins. */
export function beginningOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** The day so many days after another, or before it. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(beginningOf(day).getTime() + days * millisecondsPerDay));
}

/** Days from one day to another; negative when that one is earlier. */
export function daysBetween(from: string, until: string): number {
  return (beginningOf(until).getTime() - beginningOf(from).getTime()) / millisecondsPerDay;
}

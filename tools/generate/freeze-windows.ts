/** Turns the freeze calendar into instants: the policy pack compares clocks and knows no calendars. */
import { beginning, type Freeze, type FreezeCalendar } from "../../components/delivery/freeze";

/** One freeze as instants. */
export interface FreezeWindow {
  readonly name: string;
  readonly from: string;
  readonly until: string;
}

const millisecondsPerHour = 3_600_000;
const hoursPerDay = 24;
const daysAhead = 400;
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Every freeze that begins or lasts within some 400 days from `asOf` (`YYYY-MM-DD`), in order. */
export function freezeWindows(calendar: FreezeCalendar, asOf: string): readonly FreezeWindow[] {
  const start = Date.parse(`${asOf}T00:00:00Z`);
  const end = start + daysAhead * hoursPerDay * millisecondsPerHour;
  return calendar.freezes
    .flatMap((freeze) => days(freeze, start, end).map((day) => windowOn(freeze, day, calendar.timeZone)))
    .filter(({ until }) => Date.parse(until) > start)
    .sort((left, right) => left.from.localeCompare(right.from));
}

/** Days on which the freeze begins, from a fortnight before the start, because it may still last. */
function days(freeze: Freeze, start: number, end: number): readonly string[] {
  const fortnight = 14 * hoursPerDay * millisecondsPerHour;
  const all: string[] = [];
  for (let at = start - fortnight; at < end; at += hoursPerDay * millisecondsPerHour)
    all.push(new Date(at).toISOString().slice(0, "2026-11-21".length));
  if (freeze.on === "date") return all.filter((day) => day === freeze.date);
  if (freeze.on === "every-year") return all.filter((day) => day.endsWith(`-${freeze.day}`));
  return all.filter((day) => weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] === freeze.weekday);
}

function windowOn({ at, hours, reason }: Freeze, day: string, timeZone: string): FreezeWindow {
  const from = beginning(day, at, timeZone);
  const instant = (moment: typeof from): string => new Date(moment.epochMilliseconds).toISOString();
  return { name: reason, from: instant(from), until: instant(from.add({ hours })) };
}

/** Converts the freeze calendar into instants, which the policy pack compares with the current time. */
import { addDays, beginningOf } from "@fridayproof/components/core";
import { beginning, type Freeze, type FreezeCalendar, weekdays } from "@fridayproof/components/delivery";

/** One freeze as instants. */
export interface FreezeWindow {
  readonly name: string;
  readonly from: string;
  readonly until: string;
}

const DAYS_AHEAD = 400;
/** A freeze that began this long ago may still last. */
const DAYS_BACK = 14;

/** Every freeze that begins or lasts within some 400 days from `asOf` (`YYYY-MM-DD`), in order. */
export function freezeWindows(calendar: FreezeCalendar, asOf: string): readonly FreezeWindow[] {
  const days = Array.from({ length: DAYS_BACK + DAYS_AHEAD }, (_, index) => addDays(asOf, index - DAYS_BACK));
  return calendar.freezes
    .flatMap((freeze) => daysOf(freeze, days).map((day) => windowOn(freeze, day, calendar.timeZone)))
    .filter(({ until }) => Date.parse(until) > beginningOf(asOf).getTime())
    .sort((left, right) => left.from.localeCompare(right.from));
}

/** Those of the days on which the freeze begins. */
function daysOf(freeze: Freeze, days: readonly string[]): readonly string[] {
  if (freeze.on === "date") return days.filter((day) => day === freeze.date);
  if (freeze.on === "every-year") return days.filter((day) => day.endsWith(`-${freeze.day}`));
  return days.filter((day) => weekdays[beginningOf(day).getUTCDay()] === freeze.weekday);
}

function windowOn({ at, hours, reason }: Freeze, day: string, timeZone: string): FreezeWindow {
  const from = beginning(day, at, timeZone);
  const instant = (moment: typeof from): string => new Date(moment.epochMilliseconds).toISOString();
  return { name: reason, from: instant(from), until: instant(from.add({ hours })) };
}

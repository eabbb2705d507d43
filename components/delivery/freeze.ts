/** The freeze calendar: when nothing is deployed by itself, and why. */
import { Temporal } from "temporal-polyfill";
import type { Problem } from "../core/checks";
import { isDay } from "../core/day";
import { deliveryLimits } from "../core/limits/delivery";

/** Days of the week, as `Date` counts them. */
export const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** A day of the week. */
export type Weekday = (typeof weekdays)[number];

interface FreezeBase {
  /** Why, for the people who are held up by it. */
  readonly reason: string;
  /** When it begins, in the calendar's time zone, `HH:MM`. */
  readonly at: string;
  /** How long it lasts, in whole hours. */
  readonly hours: number;
}

/** A freeze: on one date, on a date of every year (`MM-DD`), or on a day of every week. */
export type Freeze = FreezeBase &
  (
    | { readonly on: "date"; readonly date: string }
    | { readonly on: "every-year"; readonly day: string }
    | { readonly on: "every-week"; readonly weekday: Weekday }
  );

/** All freezes of an environment. */
export interface FreezeCalendar {
  /** IANA name, such as `Europe/Berlin`; daylight saving is taken into account. */
  readonly timeZone: string;
  /** Each on a date, on a date of every year or on a day of every week, with hour, length in hours and reason. */
  readonly freezes: readonly Freeze[];
}

/** One entry of an AppProject's `syncWindows`. */
export interface SyncWindow {
  readonly kind: "deny";
  /** Cron, five fields. */
  readonly schedule: string;
  readonly duration: string;
  readonly timeZone: string;
  readonly applications: readonly ["*"];
  /** Whether a person may still sync by hand: the way back must stay open. */
  readonly manualSync: true;
  readonly description: string;
}

/** Year of a date that stands for every year: no leap year, so that 29 February is refused. */
const ANY_YEAR = "2025";

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** A stretch of wall-clock time that a change of the clock leaves out, such as 02:00 to 03:00 of 2027-03-28 in Berlin. */
interface Gap {
  readonly from: Temporal.PlainDateTime;
  readonly until: Temporal.PlainDateTime;
}

const gapsByZone = new Map<string, readonly Gap[]>();

/** All gaps of a zone from {@link ANY_YEAR} on. */
function gapsOf(timeZone: string): readonly Gap[] {
  const known = gapsByZone.get(timeZone);
  if (known !== undefined) return known;
  const start = Temporal.PlainDate.from(`${ANY_YEAR}-01-01`).toZonedDateTime(timeZone);
  const end = start.add({ days: deliveryLimits.freezeDaysAhead.value });
  const gaps: Gap[] = [];
  let at = start.getTimeZoneTransition("next");
  while (at !== null && Temporal.ZonedDateTime.compare(at, end) < 0) {
    const until = at.toPlainDateTime();
    const from = at.subtract({ nanoseconds: 1 }).toPlainDateTime().add({ nanoseconds: 1 });
    if (Temporal.PlainDateTime.compare(from, until) < 0) gaps.push({ from, until });
    at = at.getTimeZoneTransition("next");
  }
  gapsByZone.set(timeZone, gaps);
  return gaps;
}

/** Whether a freeze begins on the day of a gap. */
function beginsOn(freeze: Freeze, day: Temporal.PlainDate): boolean {
  if (freeze.on === "date") return freeze.date === day.toString();
  if (freeze.on === "every-year") return day.toString().endsWith(`-${freeze.day}`);
  return weekdays[day.dayOfWeek % weekdays.length] === freeze.weekday;
}

/** A start that no clock of the zone shows on some day: Argo CD's cron skips the window of that day. */
function gapProblems(freeze: Freeze, timeZone: string, path: string): Problem[] {
  const gap = gapsOf(timeZone).find(({ from, until }) => {
    const day = from.toPlainDate();
    if (!beginsOn(freeze, day)) return false;
    const start = day.toPlainDateTime(freeze.at);
    return Temporal.PlainDateTime.compare(from, start) <= 0 && Temporal.PlainDateTime.compare(start, until) < 0;
  });
  if (gap === undefined) return [];
  const [day, from, until] = [gap.from.toPlainDate(), gap.from.toPlainTime(), gap.until.toPlainTime()].map(String);
  const left = `${from?.slice(0, "HH:MM".length)} to ${until?.slice(0, "HH:MM".length)}`;
  const allowed = `a time that the clock of ${timeZone} shows on ${day}, when it leaves out ${left}`;
  return [{ path: `${path}.at`, got: freeze.at, allowed, fix: `Begin before ${from?.slice(0, "HH:MM".length)}.` }];
}

function dayProblems(freeze: Freeze, path: string): Problem[] {
  const fix = "Correct the day.";
  if (freeze.on === "date" && !isDay(freeze.date))
    return [{ path: `${path}.date`, got: freeze.date, allowed: "a date that exists, YYYY-MM-DD", fix }];
  if (freeze.on === "every-year" && !isDay(`${ANY_YEAR}-${freeze.day}`))
    return [{ path: `${path}.day`, got: freeze.day, allowed: "a day that every year has, MM-DD", fix }];
  if (freeze.on === "every-week" && !weekdays.includes(freeze.weekday))
    return [{ path: `${path}.weekday`, got: freeze.weekday, allowed: weekdays.join(", "), fix }];
  return [];
}

function entryProblems(freeze: Freeze, path: string): Problem[] {
  const { freezeHours, leastReason, freezeReasonAtMost } = deliveryLimits;
  const problems = dayProblems(freeze, path);
  if (freeze.reason.length > freezeReasonAtMost.value) {
    const allowed = `at most ${freezeReasonAtMost.value} characters, which is what Argo CD takes`;
    const got = `${freeze.reason.length} characters`;
    problems.push({ path: `${path}.reason`, got, allowed, fix: "Shorten it." });
  }
  if (freeze.reason.trim().length < leastReason.value) {
    const allowed = `a sentence of ${leastReason.value} characters or more`;
    problems.push({ path: `${path}.reason`, got: freeze.reason, allowed, fix: "Name what must not be disturbed." });
  }
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(freeze.at))
    problems.push({ path: `${path}.at`, got: freeze.at, allowed: "HH:MM", fix: "Correct the time." });
  if (!Number.isInteger(freeze.hours) || freeze.hours < 1 || freeze.hours > freezeHours.value) {
    const allowed = `whole hours from 1 to ${freezeHours.value}`;
    problems.push({ path: `${path}.hours`, got: freeze.hours, allowed, fix: "Write it as more than one freeze." });
  }
  return problems;
}

/** Everything that is wrong with a calendar; empty when nothing is. */
export function freezeProblems(calendar: FreezeCalendar): Problem[] {
  const zone: Problem = {
    path: "timeZone",
    got: calendar.timeZone,
    allowed: "an IANA time zone",
    fix: "Use a name such as Europe/Berlin or UTC.",
  };
  const isKnown = isTimeZone(calendar.timeZone);
  const entries = calendar.freezes.flatMap((freeze, index) => {
    const problems = entryProblems(freeze, `freezes[${index}]`);
    // Only where day and time can be read is there anything to hold against the clock.
    return problems.length > 0 || !isKnown ? problems : gapProblems(freeze, calendar.timeZone, `freezes[${index}]`);
  });
  return [...(isKnown ? [] : [zone]), ...entries];
}

/** Cron: minute, hour, day of month, month, day of week. */
function schedule(freeze: Freeze): string {
  const [hour, minute] = freeze.at.split(":").map(Number);
  if (freeze.on === "every-week") return `${minute} ${hour} * * ${weekdays.indexOf(freeze.weekday)}`;
  const [month, day] = (freeze.on === "date" ? freeze.date.slice("YYYY-".length) : freeze.day).split("-").map(Number);
  return `${minute} ${hour} ${day} ${month} *`;
}

/**
 * The calendar as Argo CD's sync windows: automated syncs are denied, a person may still sync. Windows hold back Argo CD
 * and nobody else: not `pulumi up`, not kubectl, and not a RollingSync, which counts as a person.
 * @param calendar without problems, see {@link freezeProblems}.
 */
export function syncWindows(calendar: FreezeCalendar): readonly SyncWindow[] {
  return calendar.freezes.map((freeze) => ({
    kind: "deny",
    schedule: schedule(freeze),
    duration: `${freeze.hours}h`,
    timeZone: calendar.timeZone,
    applications: ["*"],
    manualSync: true,
    description: freeze.reason,
  }));
}

/** The moment of a wall-clock time in a zone; a time that the clock shows twice is the first of the two, as for cron. */
export function beginning(date: string, at: string, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.PlainDateTime.from(`${date}T${at}`).toZonedDateTime(timeZone, { disambiguation: "compatible" });
}

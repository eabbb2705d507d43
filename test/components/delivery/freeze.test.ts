/** The freeze calendar: what it refuses, and what Argo CD makes of it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  beginning,
  type Freeze,
  type FreezeCalendar,
  freezeProblems,
  syncWindows,
} from "../../../components/delivery/freeze";
import { noFreezes, productionFreezes } from "../../../stacks/environments/freeze";
import lock from "../../../stacks/env.lock.json";

const reason = "Something that must not be disturbed.";
const weekly: Freeze = { on: "every-week", weekday: "sunday", at: "22:30", hours: 4, reason };
const yearly: Freeze = { on: "every-year", day: "12-23", at: "18:00", hours: 246, reason };
const once: Freeze = { on: "date", date: "2026-11-26", at: "00:00", hours: 120, reason };
/** Freezes on one date that were over before a day: cron knows no year, so they would freeze the same days of the next one. */
function expiredFreezes({ timeZone, freezes }: FreezeCalendar, today: string): readonly Freeze[] {
  const now = beginning(today, "00:00", timeZone).epochMilliseconds;
  const isOver = (freeze: Freeze): boolean =>
    freeze.on === "date" &&
    beginning(freeze.date, freeze.at, timeZone).add({ hours: freeze.hours }).epochMilliseconds < now;
  return freezes.filter(isOver);
}

const calendar = (...freezes: Freeze[]): FreezeCalendar => ({ timeZone: "Europe/Berlin", freezes });

describe("windows", () => {
  test("deny what Argo CD does by itself and leave the way back to a person", () => {
    expect(syncWindows(calendar(weekly))).toEqual([
      {
        kind: "deny",
        schedule: "30 22 * * 0",
        duration: "4h",
        timeZone: "Europe/Berlin",
        applications: ["*"],
        manualSync: true,
        description: reason,
      },
    ]);
  });

  test("begin on the day that the entry says", () => {
    expect(syncWindows(calendar(weekly, yearly, once)).map(({ schedule }) => schedule)).toEqual([
      "30 22 * * 0",
      "0 18 23 12 *",
      "0 0 26 11 *",
    ]);
  });

  const times = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
  const days = fc.date({ min: new Date("2026-01-01"), max: new Date("2030-12-31"), noInvalidDate: true });
  /** Europe/Berlin leaves out 02:00 to 03:00 on the last Sunday of March: no freeze can begin then. */
  const isLeftOut = (hour: number, day: Date): boolean =>
    hour === 2 && day.getUTCMonth() === 2 && day.getUTCDay() === 0 && day.getUTCDate() > 24;

  test("hold for every date: five fields that name its minute, hour, day and month", () => {
    fc.assert(
      fc.property(times, days, fc.integer({ min: 1, max: 744 }), ([hour, minute], day, hours) => {
        fc.pre(!isLeftOut(hour, day));
        const date = day.toISOString().slice(0, 10);
        const at = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
        const entry = calendar({ on: "date", date, at, hours, reason });
        expect(freezeProblems(entry)).toEqual([]);
        const [window] = syncWindows(entry);
        expect(window?.schedule).toBe(`${minute} ${hour} ${day.getUTCDate()} ${day.getUTCMonth() + 1} *`);
        expect(window?.duration).toBe(`${hours}h`);
      }),
    );
  });
});

describe("a calendar", () => {
  test.each<[string, FreezeCalendar, string, unknown, string]>([
    ["an unknown zone", { timeZone: "Mars/Olympus", freezes: [] }, "timeZone", "Mars/Olympus", "an IANA time zone"],
    [
      "a date that does not exist",
      calendar({ ...once, date: "2026-02-30" }),
      "freezes[0].date",
      "2026-02-30",
      "a date that exists, YYYY-MM-DD",
    ],
    [
      "a day that not every year has",
      calendar({ ...yearly, day: "02-29" }),
      "freezes[0].day",
      "02-29",
      "a day that every year has, MM-DD",
    ],
    [
      "a weekday of another language",
      calendar({ ...weekly, weekday: "freitag" as "friday" }),
      "freezes[0].weekday",
      "freitag",
      "sunday, monday, tuesday, wednesday, thursday, friday, saturday",
    ],
    [
      "no reason",
      calendar({ ...once, reason: "because" }),
      "freezes[0].reason",
      "because",
      "a sentence of 10 characters or more",
    ],
    ["a time of no clock", calendar({ ...once, at: "24:00" }), "freezes[0].at", "24:00", "HH:MM"],
    ["no length", calendar({ ...once, hours: 0 }), "freezes[0].hours", 0, "whole hours from 1 to 744"],
    ["half an hour", calendar({ ...once, hours: 0.5 }), "freezes[0].hours", 0.5, "whole hours from 1 to 744"],
    ["more than a month", calendar({ ...once, hours: 745 }), "freezes[0].hours", 745, "whole hours from 1 to 744"],
    [
      "a reason that Argo CD refuses",
      calendar({ ...once, reason: "x".repeat(256) }),
      "freezes[0].reason",
      "256 characters",
      "at most 255 characters, which is what Argo CD takes",
    ],
    [
      "a start that the clock leaves out",
      calendar({ ...once, date: "2027-03-28", at: "02:30" }),
      "freezes[0].at",
      "02:30",
      "a time that the clock of Europe/Berlin shows on 2027-03-28, when it leaves out 02:00 to 03:00",
    ],
    [
      "a weekly start that the clock leaves out once a year",
      calendar({ ...weekly, at: "02:00" }),
      "freezes[0].at",
      "02:00",
      "a time that the clock of Europe/Berlin shows on 2025-03-30, when it leaves out 02:00 to 03:00",
    ],
  ])("is refused with %s", (_what, given, at, got, allowed) => {
    expect(freezeProblems(given).map(({ path, got, allowed }) => ({ path, got, allowed }))).toEqual([
      { path: at, got, allowed },
    ]);
  });

  test.each([
    ["just before the gap", "2027-03-28", "01:59"],
    ["just after the gap", "2027-03-28", "03:00"],
    ["in an hour that comes twice", "2027-10-31", "02:30"],
  ])("may begin %s", (_when, date, at) => {
    expect(freezeProblems(calendar({ ...once, date, at }))).toEqual([]);
  });

  test("tells all its problems at once", () => {
    const wrong = { ...once, date: "soon", at: "noon", hours: -1, reason: "" };
    expect(freezeProblems({ timeZone: "", freezes: [wrong] }).map(({ path }) => path)).toEqual([
      "timeZone",
      "freezes[0].date",
      "freezes[0].reason",
      "freezes[0].at",
      "freezes[0].hours",
    ]);
  });

  test("knows which of its dates are over: cron would freeze them again next year", () => {
    expect(expiredFreezes(calendar(weekly, yearly, once), "2026-12-01")).toEqual([]);
    expect(expiredFreezes(calendar(weekly, yearly, once), "2026-12-02")).toEqual([once]);
  });
});

describe("our calendars", () => {
  test.each([
    ["production", productionFreezes],
    ["none", noFreezes],
  ])("%s has no problem and nothing that is over", (_name, ours) => {
    expect(freezeProblems(ours)).toEqual([]);
    expect(expiredFreezes(ours, lock.asOf)).toEqual([]);
  });

  test("no calendar freezes Fridays", () => {
    const fridays = productionFreezes.freezes.filter((freeze) => freeze.on === "every-week");
    expect(fridays).toEqual([]);
  });
});

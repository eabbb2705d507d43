/** Freezes as instants: right on the days on which the clock changes, which only a time-zone library knows. */
import { describe, expect, it } from "vitest";
import { freezeWindows } from "../../tools/generate/freeze-windows";
import type { Freeze } from "../../components/delivery/freeze";

const reason = "Something that must not be disturbed.";
const once = (date: string, at: string): Freeze => ({ on: "date", date, at, hours: 2, reason });
const instants = (timeZone: string, freeze: Freeze, asOf = "2026-12-01") =>
  freezeWindows({ timeZone, freezes: [freeze] }, asOf).map(({ from, until }) => [from, until]);

describe("the instants of a freeze", () => {
  // Expected instants: zdump of the zones' own data (tzdata 2025b), not of the library that is tested.
  it.each([
    [
      "New York, the hour after the clock went forward",
      "America/New_York",
      "2027-03-14",
      "03:30",
      "2027-03-14T07:30:00.000Z",
    ],
    ["New York, that morning", "America/New_York", "2027-03-14", "06:00", "2027-03-14T10:00:00.000Z"],
    ["New York, the hour before", "America/New_York", "2027-03-14", "01:30", "2027-03-14T06:30:00.000Z"],
    [
      "New York, the hour after the clock went back",
      "America/New_York",
      "2027-11-07",
      "02:30",
      "2027-11-07T07:30:00.000Z",
    ],
    [
      "New York, the first of the hour that comes twice",
      "America/New_York",
      "2027-11-07",
      "01:30",
      "2027-11-07T05:30:00.000Z",
    ],
    [
      "Berlin, the hour after the clock went forward",
      "Europe/Berlin",
      "2027-03-28",
      "03:00",
      "2027-03-28T01:00:00.000Z",
    ],
    ["Berlin, the evening before it goes back", "Europe/Berlin", "2027-10-30", "23:00", "2027-10-30T21:00:00.000Z"],
    ["Kolkata, which never changes its clock", "Asia/Kolkata", "2027-03-28", "00:00", "2027-03-27T18:30:00.000Z"],
    [
      "Lord Howe, which moves it by half an hour",
      "Australia/Lord_Howe",
      "2027-10-03",
      "03:00",
      "2027-10-02T16:00:00.000Z",
    ],
  ])("are right in %s", (_where, timeZone, date, at, from) => {
    const until = new Date(Date.parse(from) + 2 * 3_600_000).toISOString();
    expect(instants(timeZone, once(date, at))).toEqual([[from, until]]);
  });

  it("last as many hours as the freeze says, whatever the clock does meanwhile", () => {
    const freeze: Freeze = { ...once("2027-03-27", "12:00"), hours: 24 };
    expect(instants("Europe/Berlin", freeze)).toEqual([["2027-03-27T11:00:00.000Z", "2027-03-28T11:00:00.000Z"]]);
  });
});

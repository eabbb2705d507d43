/** What Argo CD's own parsers take of a sync window: cron of five fields, a duration of Go, a zone of the IANA database. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syncWindowFaults } from "../../policies/kit/sync-window";

const wanted = (window: Parameters<typeof syncWindowFaults>[0]) =>
  syncWindowFaults(window).map((fault) => fault.wanted);

describe("a schedule", () => {
  it.each([
    "0 0 27 11 *",
    "*/15 7-23 * * mon-fri",
    "0 0 1,15 jan,jul ?",
    "30 22 * * 0",
    "@daily",
    "5/10 * * * *",
    "0 0 31 2 1",
  ])("such as %s is taken", (schedule) => expect(wanted({ schedule })).toEqual([]));

  it.each([
    ["0 7-24 * * *", "an hour from 0 to 23"],
    ["60 0 * * *", "a minute from 0 to 59"],
    ["0 0 0 * *", "a day of month from 1 to 31"],
    ["0 0 * 13 *", "a month from 1 to 12"],
    ["0 0 * * 7", "a day of week from 0 to 6"],
    ["0 9-7 * * *", "an hour from 0 to 23"],
    ["*/0 * * * *", "a minute from 0 to 59"],
    ["0 0 * *", "a cron schedule of five fields"],
    ["0 0 0 * * *", "a cron schedule of five fields"],
    ["", "a cron schedule of five fields"],
    ["@noon", "a cron schedule of five fields"],
    ["0 0 30 2 *", "a day that some month has"],
    ["0 0 31 4,6 *", "a day that some month has"],
  ])("such as %s is refused: %s", (schedule, message) => expect(wanted({ schedule })).toEqual([message]));

  it("of any number in range is taken, of any beyond it refused", () => {
    fc.assert(
      fc.property(fc.nat(80), fc.nat(40), (minute, hour) => {
        expect(wanted({ schedule: `${minute} ${hour} * * *` }).length).toBe(minute <= 59 && hour <= 23 ? 0 : 1);
      }),
    );
  });
});

describe("a duration", () => {
  it.each(["48h", "1h30m", "90m", "1.5h"])("such as %s is taken", (duration) =>
    expect(wanted({ duration })).toEqual([]),
  );
  it.each(["2 days", "2d", "48", "", "0h", "-1h"])("such as %s is refused", (duration) =>
    expect(wanted({ duration })).toEqual(["a duration of Go, such as 48h or 1h30m"]),
  );
});

describe("zone and description", () => {
  it("are refused where nobody knows the zone, and where the text is longer than Argo CD takes", () => {
    expect(wanted({ timeZone: "Europe/Amsterdam", description: "x".repeat(255) })).toEqual([]);
    expect(wanted({ timeZone: "Europe/Amsterdamm", description: "x".repeat(256) })).toEqual([
      "an IANA time zone",
      "at most 255",
    ]);
  });
});

/** What Argo CD's own parsers take of a sync window: cron of five fields, a duration of Go, a zone of the IANA database. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syncWindowProblems } from "../../policies/kit/argo-cd/sync-window";

type Window = Parameters<typeof syncWindowProblems>[0];
const expected = (window: Window) =>
  syncWindowProblems({ kind: "deny", schedule: "0 0 * * *", duration: "1h", ...window }).map((fault) => fault.expected);

describe("a schedule", () => {
  it.each([
    "0 0 27 11 *",
    "*/15 7-23 * * mon-fri",
    "0 0 1,15 jan,jul ?",
    "30 22 * * 0",
    "5/10 * * * *",
    "0 0 31 2 1",
    "0 0 31 2 */2",
    " 0  0 * * * ",
    "*-5 +1 ,1, * ?",
    "0 0 31 2,3 *",
    "0 0 28,30 2 *",
    "0 0 1 1 ,",
  ])("such as %s is taken", (schedule) => expect(expected({ schedule })).toEqual([]));

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
    ["@daily", "a cron schedule of five fields"],
    ["@every 1h", "a cron schedule of five fields"],
    ["TZ=Europe/Berlin 0 0 * * *", "five fields alone, and the zone in timeZone"],
    ["CRON_TZ=UTC 0 0 * * *", "five fields alone, and the zone in timeZone"],
    [", 0 * * *", "a day that some month has"],
    ["0 0 31 2 *,1", "a day that some month has"],
    ["1-2-3 0 * * *", "a minute from 0 to 59"],
    ["1/2/3 0 * * *", "a minute from 0 to 59"],
    ["@noon", "a cron schedule of five fields"],
    ["@every 1 h from 7", "a cron schedule of five fields"],
    ["0 0 * * @", "a day of week from 0 to 6"],
    ["0 0 TZ=UTC * *", "a day of month from 1 to 31"],
    ["1e1 * * * *", "a minute from 0 to 59"],
    ["0x5 * * * *", "a minute from 0 to 59"],
    ["*/1e1 * * * *", "a minute from 0 to 59"],
    ["*/0x5 * * * *", "a minute from 0 to 59"],
    ["0 0 * 1 ,", "a day that some month has"],
    ["0 0 31 2 ,", "a day that some month has"],
    ["0 0 30 2 *", "a day that some month has"],
    ["0 0 31 4,6 *", "a day that some month has"],
  ])("such as %s is refused: %s", (schedule, message) => expect(expected({ schedule })).toEqual([message]));

  it("of any number in range is taken, of any beyond it refused", () => {
    fc.assert(
      fc.property(fc.nat(80), fc.nat(40), (minute, hour) => {
        expect(expected({ schedule: `${minute} ${hour} * * *` }).length).toBe(minute <= 59 && hour <= 23 ? 0 : 1);
      }),
    );
  });
});

describe("a duration", () => {
  it.each(["48h", "1h30m", "90m", "1.5h", "+2h", ".5h", "1000000us"])("such as %s is taken", (duration) =>
    expect(expected({ duration })).toEqual([]),
  );
  it.each(["2 days", "2d", "48", "", "0h", "-1h"])("such as %s is refused", (duration) =>
    expect(expected({ duration })).toEqual(["a duration of Go, such as 48h or 1h30m"]),
  );
});

describe("what is left out", () => {
  it("is refused as Argo CD refuses it: no project with such a window syncs any more", () => {
    expect(syncWindowProblems({}).map(({ field, got }) => [field, got])).toEqual([
      ["kind", ""],
      ["schedule", ""],
      ["duration", ""],
    ]);
    expect(expected({ kind: "Deny" })).toEqual(["allow or deny"]);
  });
});

describe("zone and description", () => {
  it.each(["europe/amsterdam", "Europe/amsterdam", "+02:00", "utc", " UTC"])(
    "such as %s are taken for UTC by Go",
    (timeZone) => expect(expected({ timeZone })).toEqual(["an IANA time zone"]),
  );
  it.each(["Asia/Calcutta", "UTC", "America/Argentina/Buenos_Aires"])("such as %s are known", (timeZone) =>
    expect(expected({ timeZone })).toEqual([]),
  );

  it("are refused where nobody knows the zone, and where the text is longer than Argo CD takes", () => {
    expect(expected({ timeZone: "Europe/Amsterdam", description: "x".repeat(255) })).toEqual([]);
    expect(expected({ timeZone: "Europe/Amsterdamm", description: "x".repeat(256) })).toEqual([
      "an IANA time zone",
      "at most 255",
    ]);
  });
});

describe("what was meant", () => {
  const meant = (window: Window): unknown =>
    syncWindowProblems({ kind: "deny", schedule: "0 0 * * *", duration: "1h", ...window }).map((fault) => fault.meant);

  it.each([
    [{ kind: "Deny" }, "deny"],
    [{ kind: " ALLOW " }, "allow"],
    [{ kind: "forbid" }, undefined],
    [{ duration: "2 days" }, "48h"],
    [{ duration: "1 day" }, "24h"],
    [{ duration: " 100d " }, "2400h"],
    [{ duration: "1000d" }, undefined],
    [{ duration: "1h 2d" }, undefined],
    [{ duration: "2 decades" }, undefined],
    [{ duration: "2 weeks" }, undefined],
    [{ timeZone: "europe/berlin" }, "Europe/Berlin"],
    [{ timeZone: "Mars/Olympus" }, undefined],
  ] as const)("by %j is %s, where that is plain", (window, expected) => {
    expect(meant(window)).toEqual([expected]);
  });

  it("is asked for in words", () => {
    const fixes = (window: Window): unknown => syncWindowProblems(window).map(({ field, fix }) => [field, fix]);
    expect(fixes({ timeZone: "mars", description: "x".repeat(256) })).toEqual([
      ["kind", "write one of the two"],
      ["schedule", "write minute, hour, day of month, month and day of week"],
      ["duration", "state how long it lasts, such as 48h"],
      ["timeZone", "use a name such as Europe/Berlin or UTC"],
      ["description", "shorten the description"],
    ]);
    expect(fixes({ kind: "deny", schedule: "0 0 * * *", duration: "2d" })).toEqual([
      ["duration", "write days as hours"],
    ]);
  });
});

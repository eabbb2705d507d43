/** The starts of a schedule around a moment, the last one as by trying each minute, and words for whole schedules. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSchedule, type Schedule } from "../../../../components/core";
import { isDescriptor, latestStart, nextStart } from "../../../../policies/kit/reading/cron";

const read = (text: string): Schedule => {
  const found = readSchedule(text);
  if ("schedule" in found) return found.schedule;
  throw new Error(found.expected);
};

const MINUTE = 60_000;

/** Whether a start is at the minute. Source: robfig/cron, dayMatches. */
function starts([minute, hour, day, month, weekday]: Schedule, at: number): boolean {
  const date = new Date(at);
  const fits = [day.allowed.has(date.getUTCDate()), weekday.allowed.has(date.getUTCDay())];
  return (
    minute.allowed.has(date.getUTCMinutes()) &&
    hour.allowed.has(date.getUTCHours()) &&
    month.allowed.has(date.getUTCMonth() + 1) &&
    (day.any || weekday.any ? fits.every(Boolean) : fits.some(Boolean))
  );
}

function tried(schedule: Schedule, at: number, after: number): number | undefined {
  for (let moment = Math.floor(at / MINUTE) * MINUTE; moment > after; moment -= MINUTE)
    if (starts(schedule, moment)) return moment;
  return undefined;
}

describe("the last start", () => {
  it("is the one that trying each minute finds", () => {
    const list = (most: number, least = 0) =>
      fc.array(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 3 }).map((all) => all.join(","));
    const schedule = fc
      .tuple(
        list(59),
        list(23),
        fc.oneof(fc.constant("*"), list(28, 1)),
        fc.oneof(fc.constant("*"), list(12, 1)),
        fc.oneof(fc.constant("*"), list(6)),
      )
      .map((fields) => read(fields.join(" ")));
    const at = fc.integer({ min: 0, max: 366 * 24 * 60 * 60 }).map((second) => Date.UTC(2026, 0, 1) + second * 1000);
    fc.assert(
      fc.property(schedule, at, fc.integer({ min: 0, max: 4 * 24 * 60 }), (given, moment, back) => {
        const after = moment - back * MINUTE;
        expect(latestStart(given, moment, after)).toBe(tried(given, moment, after));
      }),
      { numRuns: 200 },
    );
  });

  it("needs one of two fixed days, and both where one of them is any", () => {
    const day = 24 * 60 * MINUTE;
    // 2026-11-13 is a Friday, 2026-11-20 the next one.
    const [friday13, friday20] = [Date.UTC(2026, 10, 13), Date.UTC(2026, 10, 20)];
    expect(latestStart(read("0 0 13 11 5"), friday20 + day - 1, friday13)).toBe(friday20);
    expect(latestStart(read("0 0 13 11 *"), friday20 + day - 1, friday13 - 1)).toBe(friday13);
    expect(latestStart(read("0 0 13 11 4"), friday13 + day - 1, friday13 - 1)).toBe(friday13);
    expect(latestStart(read("0 0 * 10 *"), friday13, friday13 - day)).toBeUndefined();
  });

  it("comes after the given moment, and may be the moment itself", () => {
    const midnight = Date.UTC(2026, 10, 13);
    expect(latestStart(read("0 0 * * *"), midnight, midnight - 1)).toBe(midnight);
    expect(latestStart(read("0 0 * * *"), midnight + MINUTE, midnight)).toBeUndefined();
  });
});

describe("the next start", () => {
  const noon = Date.UTC(2026, 10, 13, 12);
  const at = (hour: number, minute: number, day = 13): number => Date.UTC(2026, 10, day, hour, minute);

  it("is the first of a day's that comes after the moment", () => {
    expect(nextStart(read("15,45 13,18 * * *"), noon)).toBe(at(13, 15));
    expect(nextStart(read("15,45 13,18 * * *"), at(13, 15))).toBe(at(13, 45));
    expect(nextStart(read("15,45 13,18 * * *"), at(18, 45))).toBe(at(13, 15, 14));
  });

  it("is on a day that fits", () => {
    expect(nextStart(read("0 9 * * 1"), noon)).toBe(at(9, 0, 16));
  });
});

describe("words for whole schedules", () => {
  it.each([
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
    "@every 90m",
    "@every 1h30m",
  ])("%s is one", (text) => {
    expect(isDescriptor(text)).toBe(true);
  });

  it.each(["@reboot", " @daily", "@daily ", "daily", "@every", "@every 5", "@every  5m", "a @every 5m", "* * * * *"])(
    "%j is none",
    (text) => {
      expect(isDescriptor(text)).toBe(false);
    },
  );
});

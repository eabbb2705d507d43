/** Days are what the calendar has, and counting them is exact. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, beginningOf, dayOf, daysBetween, isDay } from "../../../components/core/day";

const anyDay = fc
  .date({ min: new Date("1970-01-01"), max: new Date("2200-01-01"), noInvalidDate: true })
  .map((date) => dayOf(date));

describe("a day", () => {
  it.each(["2026-11-21", "2028-02-29", "1999-12-31"])("may be %s", (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    "",
    "soon",
    "2026-02-30",
    "2027-02-29",
    "2026-13-01",
    "2026-1-1",
    "2026-11-21T00:00",
    " 2026-11-21",
    "20261121",
  ])("may not be %j", (text) => {
    expect(isDay(text)).toBe(false);
  });

  it("begins at midnight UTC, and every instant until the next one is of it", () => {
    expect(beginningOf("2026-11-21").toISOString()).toBe("2026-11-21T00:00:00.000Z");
    expect(dayOf(new Date("2026-11-21T23:59:59.999Z"))).toBe("2026-11-21");
  });

  it("is as many days after another as are counted between them", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (day, days) => {
        const other = addDays(day, days);
        expect([isDay(other), daysBetween(day, other)]).toEqual([true, days]);
        expect(other > day).toBe(days > 0);
      }),
    );
  });
});

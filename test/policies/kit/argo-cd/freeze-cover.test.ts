/** What a project's deny windows cover, by the clock of their zone as Argo CD reads it. */
import { describe, expect, it } from "vitest";
import { Field } from "../../../../policies/kit/reading/field";
import { coversProject, firstGap } from "../../../../policies/kit/argo-cd/freeze-cover";

const at = (text: string): number => Date.parse(`${text}Z`);
const window = (schedule: string, duration: string, timeZone?: string): Field =>
  new Field({ schedule, duration, ...(timeZone === undefined ? {} : { timeZone }) });
const gap = (windows: readonly Field[], from: string, until: string): string | undefined => {
  const found = firstGap(windows, { from: at(from), until: at(until) });
  return found === undefined ? undefined : new Date(found).toISOString().slice(0, "2026-01-01T00:00".length);
};

describe("the first gap of a freeze", () => {
  it("is where no window is active: before, between or behind them", () => {
    const two = [window("0 0 27 11 *", "24h"), window("0 12 28 11 *", "12h")];
    expect(gap(two, "2026-11-27T00:00", "2026-11-28T00:00")).toBeUndefined();
    expect(gap(two, "2026-11-27T06:00", "2026-11-29T00:00")).toBe("2026-11-28T00:00");
    expect(gap(two, "2026-11-26T00:00", "2026-11-28T00:00")).toBe("2026-11-26T00:00");
    expect(gap([], "2026-11-27T00:00", "2026-11-28T00:00")).toBe("2026-11-27T00:00");
    expect(gap([window("0 0 * * *", "24h")], "2026-11-27T00:00", "2026-12-27T00:00")).toBeUndefined();
  });

  it("is where a window begins that Argo CD cannot read", () => {
    for (const broken of [
      window("@daily", "24h"),
      window("0 0 * * *", "1d"),
      window("0 0 * * *", "24h", "Mars/Olympus"),
      new Field({ duration: "24h" }),
      new Field({ schedule: "0 0 * * *" }),
    ])
      expect(gap([broken], "2026-11-27T00:00", "2026-11-28T00:00")).toBe("2026-11-27T00:00");
  });

  it("goes by the clock of the window's zone", () => {
    const berlin = [window("0 0 27 11 *", "24h", "Europe/Berlin")];
    expect(gap(berlin, "2026-11-26T23:00", "2026-11-28T00:00")).toBe("2026-11-27T23:00");
    expect(gap(berlin, "2026-11-26T22:59", "2026-11-28T00:00")).toBe("2026-11-26T22:59");
    expect(gap([window("0 0 27 11 *", "24h", "")], "2026-11-27T00:00", "2026-11-28T01:00")).toBe("2026-11-28T00:00");
  });

  // In Berlin the clock goes from 2:00 to 3:00 on 2026-03-29, and from 3:00 back to 2:00 on 2026-10-25.
  it("where the clock changes is reached at the first of two equal times, and where a time is left out before it", () => {
    const until = (schedule: string, duration: string, from: string): string | undefined =>
      gap([window(schedule, duration, "Europe/Berlin")], from, "2027-01-01T00:00");
    expect(until("0 0 25 10 *", "2h30m", "2026-10-24T22:00")).toBe("2026-10-25T00:30");
    expect(until("0 0 25 10 *", "10h", "2026-10-24T22:00")).toBe("2026-10-25T09:00");
    expect(until("0 0 24 10 *", "22h", "2026-10-23T22:00")).toBe("2026-10-24T20:00");
    expect(until("0 0 29 3 *", "2h30m", "2026-03-28T23:00")).toBe("2026-03-29T00:30");
    expect(until("0 0 29 3 *", "10h", "2026-03-28T23:00")).toBe("2026-03-29T08:00");
  });
});

describe("a window", () => {
  const destinations = [
    { namespace: "shop", server: "https://[::1]:6443" },
    { namespace: "pay", name: "in-cluster" },
  ].map((one) => new Field(one));
  const covers = (given: object, all: readonly Field[] = destinations): boolean => coversProject(new Field(given), all);

  it("covers a project by its applications only where every name matches", () => {
    for (const pattern of ["*", "**", " * "]) expect(covers({ applications: ["shop", pattern] })).toBe(true);
    for (const pattern of ["shop-*", "*shop", "", "x*y"]) expect(covers({ applications: [pattern] })).toBe(false);
  });

  it("covers it by namespaces or clusters that every destination has", () => {
    expect(covers({ namespaces: ["shop", "p?y"] })).toBe(true);
    expect(covers({ namespaces: ["shop"] })).toBe(false);
    expect(covers({ namespaces: ["**", "x"] })).toBe(true);
    expect(covers({ namespaces: [" * "] })).toBe(true);
    expect(covers({ clusters: ["https://[::1]:6443", "in-*"] })).toBe(true);
    expect(covers({ clusters: ["in-*"] })).toBe(false);
    expect(covers({ clusters: ["x", "**"] })).toBe(true);
    expect(covers({ namespaces: ["*"] }, [])).toBe(true);
    expect(covers({ namespaces: ["shop*", "*shop", "s*"] }, [])).toBe(false);
    expect(covers({ namespaces: [""] }, [new Field({ server: "https://a" })])).toBe(false);
    expect(covers({ namespaces: ["x", "*a*"] }, [new Field({})])).toBe(false);
  });

  it("covers it by one of its lists, or by all of them where they are joined", () => {
    const half = { applications: ["*"], namespaces: ["shop"] };
    expect([covers(half), covers({ ...half, andOperator: true })]).toEqual([true, false]);
    expect(covers({ applications: ["*"], clusters: ["*"], andOperator: true })).toBe(true);
    expect([covers({}), covers({ andOperator: true }), covers({ applications: [] })]).toEqual([false, false, false]);
  });
});

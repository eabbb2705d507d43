/** Tags of the stack: a break-glass tag for a while, and how long ago an instant was. */
import { describe, expect, it } from "vitest";
import type { Context } from "../../../../policies/kit/rule/rule";
import { breakGlass, hoursSince } from "../../../../policies/kit/rule/stack-tags";
import { now } from "../../support/rule";

const tagged = (tags: Readonly<Record<string, string>>): Context => ({
  now,
  preview: false,
  teardown: false,
  stackTags: new Map(Object.entries(tags)),
});
const glass = (text: string): unknown => breakGlass(tagged({ "fridayproof:break-glass": text }), 6);

describe("breakGlass", () => {
  it("holds from a second before its end back to as many hours as allowed, with its reason", () => {
    const opened = { until: new Date("2026-11-21T18:00:00Z"), reason: "INC-7 the till is down" };
    expect(glass("2026-11-21T18:00:00Z INC-7 the till is down")).toEqual(opened);
    expect(glass("  2026-11-21T18:00:00Z   INC-7 the till is down ")).toEqual(opened);
    expect(glass("2026-11-21T12:00:01Z INC-7")).toEqual({ until: new Date("2026-11-21T12:00:01Z"), reason: "INC-7" });
  });

  it.each([
    ["at its end", "2026-11-21T12:00:00Z INC-7"],
    ["after it", "2026-11-21T11:59:59Z INC-7"],
    ["further ahead than allowed", "2026-11-21T18:00:01Z INC-7"],
    ["without a reason", "2026-11-21T18:00:00Z"],
    ["with blanks for a reason", "2026-11-21T18:00:00Z   "],
    ["with an instant that cannot be read", "tonight INC-7"],
    ["empty", ""],
  ])("does not hold %s", (_name, text) => expect(glass(text)).toBeUndefined());

  it("needs its tag", () => {
    expect(breakGlass(tagged({ other: "2026-11-21T18:00:00Z INC-7" }), 6)).toBeUndefined();
  });
});

describe("hoursSince", () => {
  it.each([
    ["2026-11-21T09:30:00Z", 2.5],
    ["2026-11-21T13:00:00Z", -1],
    ["yesterday", Number.NaN],
  ])("%s was %d hours ago", (text, hours) => expect(hoursSince(tagged({ seen: text }), "seen")).toBe(hours));

  it("is nothing without the tag", () => expect(hoursSince(tagged({ other: "x" }), "seen")).toBeUndefined());
});

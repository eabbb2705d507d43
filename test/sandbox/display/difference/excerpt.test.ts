/** Long values are shortened to where they differ; what differs is shown or counted. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpts, shortened } from "../../../../sandbox/display/difference/excerpt";

const buckets = (last: string): string => [...Array.from({ length: 60 }, (_, at) => String(at * 25)), last].join(",");

describe("a long value", () => {
  it("is shortened at the end of a word, and the rest is counted", () => {
    expect(shortened("alpha beta gamma delta", 12)).toBe("alpha beta … 11 characters more (--full)");
    expect(shortened("alpha beta", 12)).toBe("alpha beta");
    expect(shortened("x".repeat(100), 60)).toBe(`${"x".repeat(60)}… 40 characters more (--full)`);
  });

  it("that differs at its end shows its end", () => {
    const [old, now] = excerpts(buckets("2000"), buckets("3000"), 100);
    expect([old, now]).toEqual(["…1375,1400,1425,1450,1475,2000", "…1375,1400,1425,1450,1475,3000"]);
  });

  it("that differs in its middle leaves out what is equal on both sides", () => {
    const text = (middle: string): string => `${"same ".repeat(40)}${middle} ${"tail ".repeat(40)}`;
    const [old, now] = excerpts(text("one"), text("two"), 100);
    expect(old).toBe("…same same same same same one tail tail tail tail tail…");
    expect(now).toBe(old.replace("one", "two"));
  });

  it("is whole where there is room", () => {
    expect(excerpts("a", "b", 10)).toEqual(["a", "b"]);
  });

  it("looks different on both sides, or says how much more there is", () => {
    const word = fc.constantFrom("a", "bb", "ccc", ",", " ", "/", "d".repeat(30));
    const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(""));
    fc.assert(
      fc.property(text, text, fc.integer({ min: 30, max: 120 }), (old, now, room) => {
        const [before, after] = excerpts(old, now, room);
        const isCounted = [before, after].some((side) => side.includes("characters more"));
        expect(before !== after || isCounted).toBe(old !== now || isCounted);
      }),
    );
  });
});

/** The lines under the log. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, progressLines, startProgress } from "../../../sandbox/display/progress";
import { plain, step } from "./support";

const WIDE = 100;

describe("progress", () => {
  it("counts what ended and names what is under way with its time", () => {
    let progress = startProgress(4, 0);
    progress = advance(progress, step("create", "one", "begin"), 0);
    progress = advance(progress, step("create", "two", "begin"), 500);
    progress = advance(progress, step("create", "one", "end"), 1000);
    expect(progressLines(progress, 2000, WIDE, plain)).toEqual([
      "1/4 done, 2.0 s; 1 running, 2 to begin",
      "   creating aws:ec2:Vpc two  1.5 s",
    ]);
  });

  it("of a run that has not seen its program counts nothing", () => {
    expect(progressLines(startProgress(0, 0), 700, WIDE, plain)).toEqual(["starting, 0.7 s"]);
  });

  it("of a plan from nothing has no total, because nobody knows it", () => {
    let progress = startProgress(0, 0, "planned");
    for (const name of ["one", "two"]) progress = advance(progress, step("create", name, "begin"), 0);
    progress = advance(progress, step("create", "one", "end"), 0);
    expect(progressLines(progress, 0, WIDE, plain)[0]).toBe("1 planned, 0.0 s; 1 running");
  });

  it("of a plan of what stands counts up to that", () => {
    expect(progressLines(startProgress(212, 0, "planned"), 0, WIDE, plain)).toEqual(["0/212 planned, 0.0 s"]);
  });

  it("never expects fewer than it has seen", () => {
    const events = fc.array(fc.tuple(fc.nat(20), fc.constantFrom("begin" as const, "end" as const, "failed" as const)));
    fc.assert(
      fc.property(events, fc.nat(10), (list, expected) => {
        const start = startProgress(expected, 0);
        const end = list.reduce(
          (progress, [name, phase]) => advance(progress, step("create", `n${name}`, phase), 0),
          start,
        );
        expect(end.expected).toBeGreaterThanOrEqual(end.done + end.running.size);
      }),
    );
  });

  it("draws six rows at most and no line wider than the terminal", () => {
    const names = Array.from({ length: 9 }, (_, index) => `a-rather-long-name-for-a-virtual-network-${index}`);
    const progress = names.reduce(
      (state, name) => advance(state, step("create", name, "begin"), 0),
      startProgress(0, 0),
    );
    const lines = progressLines(progress, 0, 30, plain);
    expect(lines).toHaveLength(8);
    expect(lines.at(-1)).toBe("   and 3 more");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30);
  });

  it("keeps hidden steps out of the rows but in the count", () => {
    const progress = advance(startProgress(0, 0), step("same", "one", "begin", { hidden: true }), 0);
    expect(progressLines(progress, 0, WIDE, plain)).toEqual(["0 done, 0.0 s"]);
  });
});

/** What must be true before weights change, and how weights are written. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLarge, planProblems, readWeights, shiftProblems } from "../../../guard/shift";
import type { SlotStatus } from "../../../guard/status";
import { readPlan, verdictOn } from "../../../guard/verdict";
import { preview, urnOf } from "../verdict/support";

const SLOTS = ["blue", "green"];

describe("weights", () => {
  test.each([
    ["blue=95,green=5", { blue: 95, green: 5 }],
    [" green = 5 , blue = 95 ", { blue: 95, green: 5 }],
    ["blue=100", { blue: 100, green: 0 }],
    ["green=100,blue=0", { blue: 0, green: 100 }],
  ])("%j are read", (text, weights) => {
    expect(readWeights(text, SLOTS)).toEqual({ weights });
  });

  test.each([
    ["blue=95", "blue=95", "a sum of 100; this is 95"],
    ["blue=95,green=6", "blue=95,green=6", "a sum of 100; this is 101"],
    ["blue=95.5,green=4.5", "95.5", "a whole number from 0 to 100"],
    ["blue=-5,green=105", "-5", "a whole number from 0 to 100"],
    ["blue=095,green=5", "095", "a whole number from 0 to 100"],
    ["blue=1e2,green=0", "1e2", "a whole number from 0 to 100"],
    ["blue=95%,green=5%", "95%", "a whole number from 0 to 100"],
    ["blue=,green=100", "", "a whole number from 0 to 100"],
    ["blue=95,red=5", "red", "a slot that stands: blue, green"],
    ["Blue=95,green=5", "Blue", "a slot that stands: blue, green"],
    ["blue=50,blue=50", "blue=50", "each slot once"],
    ["blue 95, green 5", "blue 95", "slot=percent"],
    ["blue=95=5", "blue=95=5", "slot=percent"],
    ["", "", "slot=percent"],
  ])("%j are refused with what was allowed", (text, got, allowed) => {
    const read = readWeights(text, SLOTS);
    expect("problems" in read && read.problems[0]).toMatchObject({ got, allowed });
  });

  test("of any text are whole numbers that sum to 100, or are refused", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^blue=\d{1,3},green=\d{1,3}$/)), (text) => {
        const read = readWeights(text, SLOTS);
        if (!("weights" in read)) return read.problems.length > 0;
        const values = Object.values(read.weights);
        return values.every(Number.isInteger) && values.reduce((sum, one) => sum + one, 0) === 100;
      }),
    );
  });
});

const slot = (name: string, ready: number, desired = 3): SlotStatus => ({
  slot: name,
  targets: { ready, desired },
  nodes: { ready: 3, desired: 3 },
});
const facts = {
  before: { blue: 95, green: 5 },
  after: { blue: 80, green: 20 },
  slots: [slot("blue", 3), slot("green", 3)],
  isBack: false,
};
const allowed = (more: Partial<Parameters<typeof shiftProblems>[0]>): readonly string[] =>
  shiftProblems({ ...facts, ...more }).map((problem) => problem.allowed);

describe("a shift", () => {
  const freeze = { until: "2026-12-01 00:00", timeZone: "America/New_York", reason: "the busiest days." };

  test("of 15 points to a slot with healthy targets is allowed", () => {
    expect(allowed({})).toEqual([]);
  });

  test.each([
    [0, 3],
    [2, 3],
    [0, 0],
  ])("to a slot with %d of %d healthy targets is refused", (ready, desired) => {
    const slots = [slot("blue", 3), slot("green", ready, desired)];
    expect(allowed({ slots })).toEqual([`5 until its targets are healthy: ${ready} of ${desired} are`]);
    expect(allowed({ slots, isBack: true })).toHaveLength(1);
  });

  test("away from a slot without targets is allowed: it is the way out", () => {
    expect(allowed({ after: { blue: 100, green: 0 }, slots: [slot("blue", 3), slot("green", 0)] })).toEqual([]);
  });

  test.each([
    [20, true],
    [21, false],
  ])("of %d points is allowed without a reason: %s", (points, isAllowed) => {
    const after = { blue: 95 - points, green: 5 + points };
    expect(isLarge(facts.before, after)).toBe(!isAllowed);
    expect(allowed({ after })).toEqual(
      isAllowed ? [] : ["at most 20 points away from what serves (blue 95 %, green 5 %)"],
    );
    expect(allowed({ after, reason: "one step for a test" })).toEqual([]);
    expect(allowed({ after, isBack: true })).toEqual([]);
  });

  test.each([
    ["          ", false],
    ["one step.", false],
    ["one step !", true],
  ])("with the reason %j is allowed: %s", (reason, isAllowed) => {
    const after = { blue: 0, green: 100 };
    expect(allowed({ after, reason })).toEqual(isAllowed ? [] : ["a reason of 10 characters or more"]);
  });

  test("in a freeze is refused, unless it is the way back or somebody says why", () => {
    expect(allowed({ freeze })).toEqual(["one after 2026-12-01 00:00 America/New_York: the busiest days."]);
    expect(allowed({ freeze, despiteFreeze: "an outage" })).toEqual([]);
    expect(allowed({ freeze, isBack: true })).toEqual([]);
  });

  test("to what serves already is refused", () => {
    expect(allowed({ after: facts.before })).toEqual(["other weights: these serve already"]);
  });
});

describe("the plan of a shift", () => {
  const RULE = "aws:lb/listenerRule:ListenerRule";
  const action = (weight: number, arn = "arn:group") => ({
    actions: [{ type: "forward", forward: { targetGroups: [{ arn, weight }] } }],
  });
  const update = (more: object = {}) => ({
    ...{ op: "update", type: RULE, name: "weights", old: action(95), next: action(80), diff: ["actions"] },
    ...more,
  });
  const problems = (steps: Parameters<typeof preview>[0]): readonly string[] =>
    planProblems(verdictOn(readPlan(Buffer.from(preview(steps)))), ["weights"]).map(({ allowed: one }) => one);

  test("may update what carries the weights", () => {
    expect(problems([update()])).toEqual([]);
  });

  test("may do nothing else", () => {
    const other = {
      op: "update",
      type: "aws:sqs/queue:Queue",
      name: "q",
      old: { tags: {} },
      next: { tags: { a: "b" } },
    };
    expect(problems([update(), { ...other, diff: ["tags.a"] }])).toEqual(["updates of weights alone"]);
    expect(problems([{ op: "delete", type: RULE, name: "weights", old: action(95) }])).toContain(
      "updates of weights alone",
    );
  });

  test("is refused where the run leaves out what it is to update, which an update of everything would delete", () => {
    const gone = { op: "delete", type: RULE, name: "weights", old: action(95) };
    const other = { op: "delete", type: "aws:sqs/queue:Queue", name: "q", old: {} };
    const fixes = (step: Parameters<typeof preview>[0][number]) =>
      planProblems(verdictOn(readPlan(Buffer.from(preview([step])))), ["weights"]).map(({ fix }) => fix);
    expect(fixes(gone)[0]).toBe(
      "The program of this run leaves it out: give the configuration that it was made with, in the stack's file or by --config.",
    );
    expect(fixes(other)[0]).toBe("Run `npx fridayproof up` for that first.");
  });

  test("may not lead to a group that nobody knows", () => {
    expect(problems([update({ next: action(80, "arn:other") })])).toEqual(["SAFE or DEGRADES"]);
    expect(urnOf(RULE, "weights")).toMatch(/::weights$/);
  });
});

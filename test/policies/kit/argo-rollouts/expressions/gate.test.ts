/** A gate counts as its conditions do, whether it is new, kept or read again. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { clearConditions, gateBy, readCondition } from "../../../../../policies/kit/argo-rollouts/expressions/gate";
import { cachingOutcomes } from "../../../../../policies/kit/argo-rollouts/expressions/outcome-cache";
import { outcomeOf } from "../../../../../policies/kit/argo-rollouts/expressions/outcome";
import { parseCondition } from "../../../../../policies/kit/argo-rollouts/expressions/parse";
import { LruCache } from "../../../../../policies/kit/argo-rollouts/expressions/lru-cache";

const conditions = [
  "",
  "result[0] >= 0.99",
  "len(result) > 0 && result[0] < 0.05",
  "result > 1",
  "1 / result[0] > 0",
  "1 / result > 0",
  "isNaN(result[0])",
  "default(result, 0) == 0",
];

let texts = 0;
/** The condition as a text that no test had before, so that its gate is a new one. */
const fresh = (condition: string): string => (condition === "" ? "" : `${condition} // ${texts++}`);

/** What Argo Rollouts counts, without anything kept. */
function plain(success: string, failure: string, result: unknown) {
  return outcomeOf(
    {
      ...(success !== "" && { success: parseCondition(success) }),
      ...(failure !== "" && { failure: parseCondition(failure) }),
    },
    result,
  );
}

const number = fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, 0.99, Number.NaN, Infinity));
const result = fc.oneof(
  number,
  number.map((one) => [one]),
  fc.constantFrom([], [null], null, [1, 2], "text", ["1"]),
);

test("every result counts as it does without a memory, however often and in whatever order it is given", () => {
  const condition = fc.constantFrom(...conditions);
  fc.assert(
    fc.property(condition, condition, fc.array(result, { maxLength: 20 }), (success, failure, results) => {
      fc.pre(success !== "" || failure !== "");
      const both = { success: fresh(success), failure: fresh(failure) };
      for (const one of [...results, ...results]) expect(gateBy(both)(one)).toBe(plain(success, failure, one));
    }),
  );
});

test("a number, the list of it and a negative zero are three results", () => {
  const gate = gateBy({ success: fresh("1 / result[0] > 0"), failure: "" });
  expect([[0], [-0], [0], 0, -0].map(gate)).toEqual(["success", "failure", "success", "error", "error"]);
  const alone = gateBy({ success: fresh("1 / result > 0"), failure: "" });
  expect([0, -0, 0, [0]].map(alone)).toEqual(["success", "failure", "success", "error"]);
});

test("the same two texts are one gate, and changed places are another", () => {
  const both = { success: fresh("result[0] > 1"), failure: fresh("result[0] < 1") };
  expect(gateBy(both)).toBe(gateBy({ ...both }));
  expect(gateBy({ success: both.failure, failure: both.success })([2])).toBe("failure");
  expect(gateBy(both)([2])).toBe("success");
  expect(gateBy({ success: "", failure: both.success })([2])).toBe("failure");
  expect(readCondition(both.success)).toBe(readCondition(both.success));
});

test.each([
  ["result[0] >", "an end too early"],
  ["other > 1", "the name other"],
  ["result > 1 && other", "the name other"],
  ["[result, other][0] > 1", "the name other"],
  ["result.a[other] > 1", "the name other"],
  ["result[other:] == []", "the name other"],
  ["result[:other] == []", "the name other"],
  ["len(other) > 1", "the name other"],
  ["!(result > 1 || -other > 1)", "the name other"],
  ["other > 1 || result", "the name other"],
  ["other ? true : false", "the name other"],
  ["result ? other : false", "the name other"],
  ["result ? true : other", "the name other"],
  ["result > 1 && known(result)", "the function known"],
  ["result > 1 && all()", "the function all"],
  ["# > 1", "# outside a predicate"],
  ["all(#, true)", "# outside a predicate"],
  ["len(result, #) > 1", "# outside a predicate"],
])("%s is refused each time, and never kept", (text, message) => {
  for (let time = 0; time < 2; time++) {
    expect(() => readCondition(text)).toThrow(message);
    expect(() => gateBy({ success: text, failure: "" })).toThrow(message);
    expect(() => gateBy({ success: "", failure: text })).toThrow(message);
  }
});

test.each([
  "all(result, # > 1)",
  "any(result, all(#.items, # > len(result)))",
  "sum(result) > 1 && isNil(result)",
  "result?.a[1:2] == [1, -2]",
])("%s is read", (text) => {
  expect(readCondition(text)).toEqual(parseCondition(text));
});

test("each number and the list of each is evaluated once; a negative zero, longer lists and anything else each time", () => {
  const evaluated: unknown[] = [];
  const gate = cachingOutcomes((result) => {
    evaluated.push(result);
    return typeof result === "number" ? "success" : "failure";
  });
  const once = [1, [1], Number.NaN, [Number.NaN], 0, [0]];
  const always = [-0, [-0], [], [1, 2], ["1"], "1", null, [null], { 0: 1, length: 1 }];
  const all = [...once, ...always];
  const outcomes = all.map((result) => (typeof result === "number" ? "success" : "failure"));
  expect([all.map(gate), all.map(gate)]).toEqual([outcomes, outcomes]);
  expect(evaluated).toEqual([...all, ...always]);
});

test("after clearing, conditions are read again", () => {
  const both = { success: fresh("result[0] > 1"), failure: "" };
  const [gate, condition] = [gateBy(both), readCondition(both.success)];
  clearConditions();
  expect(gateBy(both)).not.toBe(gate);
  expect(readCondition(both.success)).not.toBe(condition);
  expect(readCondition(both.success)).toEqual(condition);
});

test("as many are kept as may be, and what was used longest ago goes first", () => {
  const cache = new LruCache<string>(2);
  const made: string[] = [];
  const get = (text: string) =>
    cache.get(text, () => {
      made.push(text);
      return text.toUpperCase();
    });
  expect(["a", "b", "a", "c", "a", "b", "c"].map(get)).toEqual(["A", "B", "A", "C", "A", "B", "C"]);
  expect(made).toEqual(["a", "b", "c", "b", "c"]);
});

test("what could not be made is not kept", () => {
  const cache = new LruCache<number>(1);
  expect(() =>
    cache.get("a", () => {
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(cache.get("a", () => 5)).toBe(5);
});

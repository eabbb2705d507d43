/** Conditions mean here what they mean in expr-lang 1.17 with the functions of Argo Rollouts. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../../../../policies/kit/argo-rollouts/expressions/evaluate";
import { EvaluationError } from "../../../../../policies/kit/argo-rollouts/expressions/functions";
import { outcomeOf } from "../../../../../policies/kit/argo-rollouts/expressions/outcome";
import { parseCondition } from "../../../../../policies/kit/argo-rollouts/expressions/parse";
import { ConditionError } from "../../../../../policies/kit/argo-rollouts/expressions/token";

const says = (condition: string, result: unknown): boolean => evaluate(parseCondition(condition), result);

describe("a condition", () => {
  // What nothing gives; the values of expr 1.17.8 as recorded in our review of public reports.
  it.each([
    ["all(result, # < 1000)", true],
    ["none(result, # > 1000)", true],
    ["any(result, # > 0)", false],
    ["sum(result, #) < 5", true],
    ["sum(result) < 5", true],
    ["count(result, # > 1) < 1", true],
    ["len(filter(result, {# > 1})) == 0", true],
  ])("%s of an empty list is %s", (condition, value) => {
    expect(says(condition, [])).toBe(value);
  });

  it.each([
    ["default(result, 0) < 0.05", null, true],
    ["(result ?? 1) > 0", null, true],
    ["isNil(result)", null, true],
    ["len(result) > 0 and not isNaN(result[0]) and result[0] >= 0.99", [0.99], true],
    ["len(result) > 0 && !isNaN(result[0]) && result[0] >= 0.99", [NaN], false],
    ["len(result) > 0 && result[0] >= 0.99", [], false],
    ["!(result[0] > 1) && .5 < result[0]", [0.75], true],
    ["result[-1] == 2", [1, 2], true],
    ["result[1:] == [2]", [1, 2], true],
    ["result.ok == true and result.code in [200, 204]", { ok: true, code: 204 }, true],
    ["result.code not in [200]", { code: 500 }, true],
    ["result?.missing == nil", null, true],
    ["any(result, .share > 0.5)", [{ share: 0.6 }], true],
    ["asInt(result[0]) == 3 && asFloat('2.5') == 2.5", ["3"], true],
    ["result contains 'ok' and result startsWith \"o\"", "ok", true],
    ["1 + 2 * 3 ** 2 == 19", null, true],
    ["-2 ** 2 == 4 or true", null, true],
    ["result > 1 ? result < 3 : false", 2, true],
    ["map(result, # * 2)[0] == 4 and max(result) == 2 and mean(result) == 2", [2], true],
    ["/* why */ 1_000 == 1e3 // so", null, true],
  ])("%s of %j is %s", (condition, result, value) => {
    expect(says(condition, result)).toBe(value);
  });

  it.each([
    ["result[0] > 1", []],
    ["result > 1", null],
    ["result.a", 1],
    ["result + 1", 1],
    ["len(result)  > 0", null],
    ["isNaN(result)", "x"],
    ["1 in result", 1],
    ["max(result) > 0", []],
  ])("%s of %j is an error, as Argo counts it", (condition, result) => {
    expect(() => says(condition, result)).toThrow(EvaluationError);
    expect(outcomeOf({ success: parseCondition(condition) }, result)).toBe("error");
  });

  it.each([
    "",
    "result >",
    "(result",
    "result ~ 1",
    "frobnicate(result)",
    "other > 1",
    "# > 1",
    "result 1",
    "[1",
    "result ?? 1 > 0",
  ])("%s is refused", (condition) => {
    expect(() => says(condition, [1])).toThrow(ConditionError);
  });

  it("reads any text to a verdict or a refusal, and nothing else", () => {
    const word = fc.constantFrom(
      "result",
      "[0]",
      "(",
      ")",
      ">=",
      "0.99",
      "&&",
      "not",
      "len",
      "isNaN",
      "#",
      "{",
      "}",
      "?",
      ":",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(" ")),
        ),
        (text) => {
          try {
            says(text, [1]);
          } catch (error) {
            expect(error instanceof ConditionError || error instanceof EvaluationError).toBe(true);
          }
        },
      ),
    );
  });

  it("counts as JavaScript's own arithmetic does", () => {
    const number = fc.double({ min: 0, max: 1000, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.constantFrom("<", ">", "<=", ">="), (left, right, operator) => {
        const expected = { "<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right }[operator];
        expect(says(`result[0] ${operator} result[1]`, [left, right])).toBe(expected);
      }),
    );
  });
});

describe("a measurement", () => {
  const success = parseCondition("result[0] >= 0.99");
  const failure = parseCondition("result[0] < 0.5");
  it.each([
    [{ success, failure }, [1], "success"],
    [{ success, failure }, [0.7], "inconclusive"],
    [{ success, failure }, [0.1], "failure"],
    [{ success }, [0.7], "failure"],
    [{ failure }, [NaN], "success"],
    [{ success, failure }, [], "error"],
  ] as const)("%j", (conditions, result, outcome) => {
    expect(outcomeOf(conditions, result)).toBe(outcome);
  });
});

/** What a condition is refused for while it is read, and what Argo counts as an error while it is evaluated, by name. */
import { describe, expect, it } from "vitest";
import { evaluate } from "../../../../../policies/kit/argo-rollouts/expressions/evaluate";
import { EvaluationError } from "../../../../../policies/kit/argo-rollouts/expressions/functions";
import { parseCondition } from "../../../../../policies/kit/argo-rollouts/expressions/parse";
import { ConditionError } from "../../../../../policies/kit/argo-rollouts/expressions/token";

const answer = (condition: string, result: unknown): boolean => evaluate(parseCondition(condition), result);

describe("a condition that is none", () => {
  it.each([
    ["", "an end too early"],
    ["result >", "an end too early"],
    ["(result", "an end too early"],
    ["result not", "a part where none may stand"],
    ["result not 1", "a part where none may stand"],
    ["result other in [1]", "a part where none may stand"],
    ["(result 1", "a part where none may stand"],
    ["result '>' 1", "a part where none may stand"],
    ["result > 1 ? true", "an end too early"],
    ["result ?? 1 > 0", "?? beside another operator, without brackets"],
    ["result.'a'", "a part where a name should stand"],
    ["result.", "a part where a name should stand"],
    [")", "a part where a value should stand"],
    ["'!' true", "a part where none may stand"],
    ["[1", "a list that does not end"],
    ["max(1 2)", "a list that does not end"],
    ["result ~ 1", "a character that begins no token"],
    ["other > 1", "the name other"],
    ["# > 1", "# outside a predicate"],
    ["frobnicate(result)", "the function frobnicate"],
    ["all()", "the function all"],
  ])("%s: %s", (condition, message) => {
    expect(() => answer(condition, [1])).toThrow(new ConditionError(message));
  });
});

describe("a condition that fails", () => {
  it.each([
    ["result", 1, "a condition that is neither true nor false"],
    ["!result", 1, "a part that is neither true nor false"],
    ["result > 1", null, "a value that is no number"],
    ["1 < result", "a", "a value that is no number"],
    ["result[0:1] == 1", 1, "a value that is no list"],
    ["result[1] == nil", [1], "an index that is not there"],
    ["result[-2] == nil", [1], "an index that is not there"],
    ["result[0.5] == 1", [1], "an index that is not there"],
    ["result[0] == nil", null, "a member of what has none"],
    ["result.a == nil", 1, "a member of what has none"],
    ["result.a == nil", null, "a member of what has none"],
    ["any(result, .a == nil)", [null], "a member of what has none"],
    ["result contains 1", "1", "an operator between values that it does not take"],
    ["result - 'a' == 1", "a", "an operator that takes no texts"],
    ["1 in result", null, "in, with no list behind it"],
    ["len(result) > 0", 1, "a value without a length"],
    ["len(result) > 0", null, "a value without a length"],
    ["asFloat(result) == 0", "", "a value that converts to no number"],
    ["asFloat(result) == 0", " ", "a value that converts to no number"],
    ["asFloat(result) == 0", "many", "a value that converts to no number"],
    ["asFloat(result) == nil", null, "a value that converts to no number"],
    ["asInt(result) == 2", "2.5", "a text that is no whole number"],
  ])("%s of %j: %s", (condition, result, message) => {
    expect(() => answer(condition, result)).toThrow(new EvaluationError(message));
  });
});

describe("a condition", () => {
  it.each([
    ["result[:1] == [1]", [1, 2]],
    ["result[1:] == [2]", [1, 2]],
    ["result?.[0] == nil", null],
    ["result?.a == 1", { a: 1 }],
    ["result[-1] == 1", [1]],
    ["2 ^ 3 ^ 2 == 512", null],
    ["result > 1 ?: true", 0],
    ["(result ?: false) == true", true],
    [String.raw`result == 'it\'s'`, "it's"],
    ["+result == 1", 1],
    ["7 - 2 == 5 and 6 / 3 == 2 and 7 % 4 == 3", null],
    ["(nil ?? result ?? 2) == 1", 1],
    ["'b' > 'a' and 'a' < 'b' and 'a' <= 'a' and 'a' >= 'a'", null],
    ["not ('a' < 'a' or 'a' > 'a' or 'a' > 'b' or 'b' < 'a')", null],
    ["result != 1 and 1 != result and result != nil and nil != result", []],
    ["result == [1, 2] and result != [1] and result != [2, 2] and result != [1, 3] and [1] != result", [1, 2]],
    ["asInt('+3') == 3 and asInt('-12') == -12", null],
    ["asInt(result) < 0", 2 ** 63],
    ["len(result) == 1", { a: 1 }],
    ["mean(result) == 3 and max(result) == 4 and min(result) == 2", [2, 4]],
    ["isInf(result)", -Infinity],
    ["first(result) == 1 and last(result) == 3", [1, 2, 3]],
    ["not any(result, # > 5) and not none(result, # > 1)", [1, 2]],
    ["one(result, # > 2) and not one(result, # > 1) and not one(result, # > 3)", [1, 2, 3]],
    ["count(result, # > 1) == 2 and filter(result, # > 1) == [2, 3] and find(result, # > 1) == 2", [1, 2, 3]],
    ["sum(result) == 3 and sum(result, # * 2) == 6", [1, 2]],
  ])("%s of %j holds", (condition, result) => {
    expect(answer(condition, result)).toBe(true);
  });
});

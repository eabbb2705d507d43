/** What a query answers whatever was measured. */
import { describe, expect, it } from "vitest";
import { valueWithoutData, rangeOf } from "../../../../../policies/kit/argo-rollouts/expressions/query";

describe("a query without data", () => {
  it.each([
    ["rate(ok[1m]) / rate(all[1m]) or vector(0)", 0],
    ["(rate(ok[1m]) OR on() vector(1))", 1],
    ["(rate(bad[1m]) or vector(0)) / rate(all[1m])", undefined],
    ["sum(rate(bad[1m]) or vector(0))", undefined],
    ["(a) / (b or vector(0))", undefined],
    ["rate(ok[1m])", undefined],
    [" rate(ok[1m]) or vector(0) ", 0],
    ["( rate(ok[1m]) or vector(0) )", 0],
    ["(rate(ok[1m]) / rate(all[1m])) or on() (vector(1))", 1],
    ["a or ((vector(1)))", 1],
    ["a or on (pod) absent(a)", 1],
    ["a or ignoring(pod) absent_over_time(a[5m])", 1],
    ['a or label_replace(vector(0.5), "a", "b", "", "")', 0.5],
    ["a or vector(-1e3)", -1000],
    ["a or b or vector(2)", 2],
    ["a or vector(0) / b", undefined],
    ["a or b", undefined],
    ['sum(a{or="x or vector(1)"})', undefined],
    ["vector(1)", undefined],
    ["for vector(1)", undefined],
    ["up", undefined],
    ["u", undefined],
    ["", undefined],
  ])("%s answers %s", (query, answer) => {
    expect(valueWithoutData(query)).toBe(answer);
  });
});

describe("answers of a query", () => {
  it.each([
    ["clamp_min(sum(rate(ok[1m])) / sum(rate(all[1m])), 1)", 1, Infinity],
    ["( clamp_max(a, 0.3) )", -Infinity, 0.3],
    ["CLAMP(a, 0.2, (0.4))", 0.2, 0.4],
    ["vector(1)", 1, 1],
    ["0.5", 0.5, 0.5],
    ["-2", -2, -2],
    ["absent(up)", 1, 1],
    ["clamp_min(a, 1) - clamp_min(b, 1)", -Infinity, Infinity],
    ["clamp_min(a, scalar(b))", -Infinity, Infinity],
    ["sum(clamp_min(a, 1))", -Infinity, Infinity],
    ["a", -Infinity, Infinity],
    ["a < clamp_min(b, 1)", -Infinity, Infinity],
    ["clamp_min(a, 1) > bool 2", -Infinity, Infinity],
    ['a == label_replace(vector(1), "a", "b", "", "")', -Infinity, Infinity],
    ['label_replace(vector(1), "a", "b", "", "") + on() (b)[1]', -Infinity, Infinity],
    ["VECTOR(2)", 2, 2],
    ["absent (up)", 1, 1],
    ["7", 7, 7],
    ["(12", -Infinity, Infinity],
  ])("%s lie between %s and %s", (query, least, most) => {
    expect(rangeOf(query)).toEqual({ least, most });
  });
});

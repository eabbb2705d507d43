/** What a query answers where there is no data. */
import { describe, expect, it } from "vitest";
import { answerWithoutData } from "../../../policies/conditions/bars";

describe("a query without data", () => {
  it.each([
    ["rate(ok[1m]) / rate(all[1m]) or vector(0)", 0],
    ["(rate(ok[1m]) OR on() vector(1))", 1],
    ["(rate(bad[1m]) or vector(0)) / rate(all[1m])", undefined],
    ["sum(rate(bad[1m]) or vector(0))", undefined],
    ["(a) / (b or vector(0))", undefined],
    ["rate(ok[1m])", undefined],
  ])("%s answers %s", (query, answer) => {
    expect(answerWithoutData(query)).toBe(answer);
  });
});

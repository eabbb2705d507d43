/** What a query answers where there is no data, and which bars let too much through. */
import { describe, expect, it } from "vitest";
import { answerWithoutData, anyNumber, faultOfBar } from "../../../policies/conditions/bars";

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
    ["up", undefined],
    ["u", undefined],
    ["", undefined],
  ])("%s answers %s", (query, answer) => {
    expect(answerWithoutData(query)).toBe(answer);
  });
});

describe("numbers", () => {
  it("pass where one of any size or sign does", () => {
    expect(anyNumber((number) => number === -1)).toBe(true);
    expect(anyNumber((number) => number > 1e9)).toBe(true);
    expect(anyNumber(() => false)).toBe(false);
  });
});

describe("a bar", () => {
  const bars = { success: 0.95, error: 0.05 };
  const fault = (query: string, passes: (number: number) => boolean): string | undefined =>
    faultOfBar("", query, passes, bars)?.got;

  it.each(["100 * ok", "100*ok", "100   * ok", "ok * 100", "ok *100", "ok *   100"])(
    "is in percent with %s",
    (query) => {
      expect(fault(query, (number) => number >= 90)).toBe("a bar of 0.9");
    },
  );

  it("in percent is no fault where it is high enough, or where nothing is too low", () => {
    expect(fault("100 * ok", (number) => number >= 95)).toBeUndefined();
    expect(fault("100 * ok", (number) => number >= 99)).toBeUndefined();
    expect(fault("100 * ok", (number) => number <= 100)).toBeUndefined();
    expect(fault("1000 * ok", (number) => number >= 0.9)).toBeUndefined();
  });

  it("of errors may be as high as is allowed, and begins at none", () => {
    expect(fault("bad", (number) => number <= 0.055)).toBe("an error ratio of up to 0.055");
    expect(fault("bad", (number) => number <= 0.05)).toBeUndefined();
    expect(fault("bad", (number) => number > 0.5 && number < 0.9)).toBeUndefined();
  });

  it("of a query that is not known, or that measures time, is nobody's share", () => {
    expect(fault("", (number) => number <= 0.5)).toBeUndefined();
    expect(fault("latency", (number) => number <= 0.5)).toBeUndefined();
  });
});

/** What a query answers where there is no data, and which thresholds are too loose. */
import { describe, expect, it } from "vitest";
import {
  anyNumber,
  everyNumber,
  thresholdViolation,
} from "../../../../../policies/kit/argo-rollouts/expressions/thresholds";

describe("numbers", () => {
  it("pass where one of any size or sign does", () => {
    expect(anyNumber((number) => number === -1)).toBe(true);
    expect(anyNumber((number) => number > 1e9)).toBe(true);
    expect(anyNumber(() => false)).toBe(false);
  });
});

describe("numbers between two", () => {
  it("pass where the two and those between them do", () => {
    expect(everyNumber(1, Infinity, (number) => number >= 0.99)).toBe(true);
    expect(everyNumber(0.5, 1, (number) => number >= 0.99)).toBe(false);
    expect(everyNumber(-Infinity, 0.3, (number) => number < 0.31)).toBe(true);
    expect(everyNumber(-Infinity, 0.3, (number) => number > -1)).toBe(false);
    expect(everyNumber(0.123, 0.123, (number) => number !== 0.123)).toBe(false);
  });
});

describe("a threshold", () => {
  const thresholds = { success: 0.95, error: 0.05 };
  const fault = (query: string, passes: (number: number) => boolean): string | undefined =>
    thresholdViolation("", query, passes, thresholds)?.got;

  it.each(["100 * ok", "100*ok", "100   * ok", "ok * 100", "ok *100", "ok *   100"])(
    "is in percent with %s",
    (query) => {
      expect(fault(query, (number) => number >= 90)).toBe("a threshold of 0.9");
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

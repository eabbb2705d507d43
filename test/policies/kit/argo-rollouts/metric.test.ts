/** How often a metric of an analysis measures, and how long it takes, by its fields and the arguments in them. */
import { describe, expect, it } from "vitest";
import { Field, MalformedRead } from "../../../../policies/kit/reading/field";
import {
  isEndless,
  leastSeconds,
  secondsOfMetric,
  undecided,
  integerOf,
} from "../../../../policies/kit/argo-rollouts/metric";

const values = new Map([
  ["some", "7"],
  ["time", "90s"],
  ["none", undefined],
]);
const field = (value: unknown): Field => new Field(value, "spec.metrics[0].count");

describe("a whole number of a metric", () => {
  it.each([
    [undefined, undefined],
    [3, 3],
    ["3", 3],
    ["+3", 3],
    ["-3", -3],
    [" 12 ", 12],
    ["{{ args.some }}", 7],
    ["1{{ args.some }}", 17],
    ["{{ args.none }}", undecided],
    ["{{ args.stranger }}", undecided],
  ])("%j is %j", (value, expected) => {
    expect(integerOf(field(value), values)).toBe(expected);
  });

  it.each([["three"], ["3.5"], ["3s"], ["x3"], ["{{ args.time }}"], ["+-3"]])("%j is none", (value) => {
    const read = (): unknown => integerOf(field(value), values);
    expect(read).toThrow(new MalformedRead("spec.metrics[0].count", "a text", "a whole number"));
  });
});

describe("a time of a metric", () => {
  it.each([
    [undefined, undefined],
    ["", undefined],
    ["1m30s", 90],
    ["{{args.time}}", 90],
    ["{{args.none}}", undecided],
  ])("%j is %j seconds", (value, expected) => {
    expect(secondsOfMetric(field(value), values)).toBe(expected);
  });

  it.each([["soon"], ["1d"], ["30"], ["{{args.some}}"]])("%j is none", (value) => {
    expect((): unknown => secondsOfMetric(field(value), values)).toThrow(
      new MalformedRead(
        "spec.metrics[0].count",
        "a text",
        "a duration with its unit, such as 30s; the longest unit is h",
      ),
    );
  });
});

describe("a metric", () => {
  it.each([
    [{}, false],
    [{ interval: "30s" }, true],
    [{ interval: "30s", count: 0 }, true],
    [{ interval: "30s", count: "{{args.none}}" }, true],
    [{ interval: "{{args.none}}" }, true],
    [{ interval: "30s", count: 1 }, false],
    [{ count: 0 }, false],
    [{ interval: "" }, false],
  ])("%j measures until somebody stops it: %j", (metric, expected) => {
    expect(isEndless(field(metric), values)).toBe(expected);
  });

  it.each([
    [{}, 0],
    [{ initialDelay: "20s" }, 20],
    [{ interval: "10s" }, 0],
    [{ interval: "10s", count: 4 }, 30],
    [{ interval: "10s", count: 4, initialDelay: "1m" }, 90],
    [{ interval: "10s", count: 4, consecutiveSuccessLimit: 2 }, 10],
    [{ interval: "10s", count: 4, consecutiveSuccessLimit: 0 }, 30],
    [{ interval: "10s", consecutiveSuccessLimit: 3 }, 20],
    [{ interval: "10s", count: "{{args.some}}" }, 60],
    [{ interval: "10s", count: "{{args.none}}" }, undefined],
    [{ interval: "10s", count: 4, consecutiveSuccessLimit: "{{args.none}}" }, undefined],
    [{ interval: "{{args.none}}", count: 4 }, undefined],
    [{ initialDelay: "{{args.none}}" }, undefined],
  ])("%j takes %j seconds at least", (metric, expected) => {
    expect(leastSeconds(field(metric), values)).toBe(expected);
  });
});

/** Counts, shares and durations as Kubernetes writes them. */
import { describe, expect, it } from "vitest";
import {
  amountOf,
  bytes,
  parseSeconds,
  quantityOf,
  roundedUp,
  secondsOf,
  written,
} from "../../../../policies/kit/reading/amount";
import { Field, MalformedRead } from "../../../../policies/kit/reading/field";

describe("amountOf", () => {
  it.each([
    ["3", { value: 3, percent: false }],
    [" 25% ", { value: 25, percent: true }],
    [0, { value: 0, percent: false }],
    [120, { value: 120, percent: false }],
    [undefined, undefined],
  ])("reads %j as %j", (given, amount) => {
    expect(amountOf(new Field(given, "spec.maxUnavailable"))).toEqual(amount);
  });

  it.each<readonly [string | number, string]>([
    ["1.5", 'the text "1.5"'],
    ["-1", "the text -1"],
    ["", "an empty text"],
    [-1, "-1"],
    [Infinity, "a number without end"],
    ...["25 %", "%", "one", "x25%", "25%x"].map((text) => [text, "a text"] as const),
  ])("refuses %j with its place, and as %s", (given, got) => {
    expect(() => amountOf(new Field(given, "spec.maxUnavailable"))).toThrow(
      new MalformedRead("spec.maxUnavailable", got, "a count or a percentage"),
    );
  });

  it("counts shares of the whole, rounded up, and counts as they are", () => {
    const of = (text: string, total: number): number => {
      const amount = amountOf(new Field(text));
      return amount === undefined ? Number.NaN : roundedUp(amount, total);
    };
    expect([of("1%", 3), of("34%", 3), of("50%", 4), of("100%", 3), of("0%", 3), of("7", 3)]).toEqual([
      1, 2, 2, 3, 0, 7,
    ]);
  });

  it("is shown as it was written", () => {
    expect([written({ value: 25, percent: true }), written({ value: 25, percent: false })]).toEqual(["25%", "25"]);
  });
});

describe("parseSeconds", () => {
  it.each([
    ["90s", 90],
    ["5m", 300],
    ["1h30m", 5400],
    ["2d", 172_800],
    ["250ms", 0.25],
    ["1m250ms", 60.25],
    ["1.5h", 5400],
    ["0.25s", 0.25],
    ["12.75m", 765],
    [" 30 ", 30],
    ["0.5", 0.5],
    ["12.25", 12.25],
    ["120", 120],
    ["", undefined],
    ["s", undefined],
    ["30 s", undefined],
    ["-30s", undefined],
    ["x30", undefined],
    ["30x", undefined],
    ["x30s", undefined],
    ["30sx", undefined],
    ["1.", undefined],
    ["1.s", undefined],
    ["30s30", undefined],
    ["1y", undefined],
  ])("%j is %j seconds", (text, seconds) => {
    expect(parseSeconds(text)).toBe(seconds);
  });
});

describe("secondsOf", () => {
  it("reads numbers and texts, and leaves what is absent undefined", () => {
    const all = [30, "30s", undefined].map((value) => secondsOf(new Field(value, "spec.idleTimeout")));
    expect(all).toEqual([30, 30, undefined]);
  });

  it("refuses what is no duration, with place and kind, not the text", () => {
    expect(() => secondsOf(new Field("soon", "spec.idleTimeout"))).toThrow(
      new MalformedRead("spec.idleTimeout", "a text", "a duration such as 30s"),
    );
  });
});

describe("quantityOf", () => {
  it("names the place of what is none, and leaves absence alone", () => {
    expect(quantityOf(new Field(undefined))).toBeUndefined();
    expect(() => quantityOf(new Field("lots", "limits.memory"))).toThrow(
      new MalformedRead("limits.memory", "a text", "a quantity such as 100m or 128Mi"),
    );
  });
});

describe("bytes", () => {
  it.each([
    [2_147_483_648, "2Gi"],
    [1_610_612_736, "1536Mi"],
    [3_072, "3Ki"],
    [1_025, "1025"],
    [0.1, "1"],
  ])("writes %d as %s", (amount, text) => {
    expect(bytes(amount)).toBe(text);
  });
});

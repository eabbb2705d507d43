/** Durations mean what Go's time.ParseDuration makes of them, and a pause also takes seconds alone. */
import { describe, expect, it } from "vitest";
import { Field, MalformedRead } from "../../../../policies/kit/reading/field";
import { goSeconds, pauseSeconds } from "../../../../policies/kit/reading/go-duration";

describe("a duration of Go", () => {
  it.each([
    ["0", 0],
    ["+0", 0],
    ["-0", 0],
    ["90s", 90],
    ["1h30m", 5400],
    ["1h30m15s", 5415],
    ["1.25h", 4500],
    [".25h", 900],
    ["2.m", 120],
    ["1500ms", 1.5],
    ["-10s", -10],
    ["+10s", 10],
  ])("%s is %d seconds", (text, seconds) => {
    expect(goSeconds(text)).toBe(seconds);
  });

  it.each([
    ["2us", 2e-6],
    ["2µs", 2e-6],
    ["2μs", 2e-6],
    ["20ns", 2e-8],
  ])("%s is a moment", (text, seconds) => {
    expect(goSeconds(text)).toBeCloseTo(seconds, 12);
  });

  it.each([
    "",
    "10",
    "1d",
    "1 h",
    "h",
    "00",
    "10 ",
    " 10s",
    "10s!",
    "1h30",
    "x0",
    ".s",
    "+-1s",
    "1.2.3s",
    "10S",
    "1ab",
  ])("%s is refused", (text) => {
    expect(goSeconds(text)).toBeUndefined();
  });
});

describe("a pause", () => {
  const seconds = (duration: unknown): number | undefined => pauseSeconds(new Field({ duration }, "pause"));

  it("lasts as long as it says, in seconds or in Go's words, or without end", () => {
    expect([120, "120", "+5", "2m", 0, "0s", undefined].map(seconds)).toEqual([120, 120, 5, 120, 0, 0, undefined]);
  });

  it.each(["1d", "-5", -5, "-5s", "s5", "5x"])("of %s is refused, as Argo Rollouts does", (duration) => {
    const fault = new MalformedRead("pause.duration", "a text", "a duration such as 30s, which Argo Rollouts reads");
    expect(() => seconds(duration)).toThrow(fault);
  });
});

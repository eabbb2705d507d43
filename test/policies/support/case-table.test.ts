/** A run of some cases records those, keeps the others and forgets those that are gone. */
import { expect, it } from "vitest";
import { recorded } from "./case-table";

const stands = { drain: { one: ["a"], two: ["b"] }, gone: { one: ["c"] }, pin: { three: ["d"] } };

it("replaces what ran, keeps what a filter left out, and leaves out what is no case any more", () => {
  const cases = [
    ["pin", ["three"]],
    ["drain", ["zero", "two"]],
    ["later", ["four"]],
  ] as const;
  const table = recorded<readonly string[]>(cases, stands, { drain: { two: ["B"] } });
  expect(table).toEqual({ pin: { three: ["d"] }, drain: { two: ["B"] } });
  expect(Object.keys(table)).toEqual(["pin", "drain"]);
});

it("leaves out a case that ran with nothing to record", () => {
  expect(recorded([["drain", ["one", "two"]]], stands, { drain: { one: undefined } })).toEqual({
    drain: { two: ["b"] },
  });
});

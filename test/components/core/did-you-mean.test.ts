/** A slip finds its name; what is no slip finds none. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { didYouMean, slipOf } from "../../../components/core/did-you-mean";

const STACKS = ["dev", "foundation", "prod", "staging"];

describe("the nearest name", () => {
  it.each([
    ["prdo", "prod"],
    ["Prod", "prod"],
    ["stagin", "staging"],
    ["fundation", "foundation"],
    ["dve", "dev"],
  ])("of %s is %s", (wrong, right) => {
    expect(slipOf(wrong, STACKS)).toBe(right);
    expect(didYouMean(wrong, STACKS)).toBe(` Did you mean ${right}?`);
  });

  it.each(["qa", "production-2", "x", ""])("is none for '%s'", (wrong) => {
    expect(slipOf(wrong, STACKS)).toBeUndefined();
    expect(didYouMean(wrong, STACKS)).toBe("");
  });

  it("of a known name is itself, and of a long one with a letter too many the one without", () => {
    const names = fc.string({ minLength: 4, maxLength: 12, unit: fc.constantFrom(..."abcdefgh") });
    fc.assert(
      fc.property(names, fc.nat(), (name, place) => {
        const at = place % name.length;
        expect(slipOf(name, [name, "zzzz"])).toBe(name);
        expect(slipOf(`${name.slice(0, at)}x${name.slice(at)}`, ["zzzz", name])).toBe(name);
      }),
    );
  });
});

/** What a wild card stands for depends on who reads the pattern; everything else is itself. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeRegExp, globToRegExp, wildcards } from "../../../components/core/glob";

describe("globToRegExp", () => {
  it.each([
    ["name", "front-door-*", "front-door-alb", true],
    ["name", "front-door-*", "a-front-door-alb", false],
    ["name", "a*z", "a/b:c\nz", true],
    ["name", "a?z", "abz", false],
    ["name", "toString", "toString", true],
    ["path", "shop/*", "shop/cart", true],
    ["path", "shop/*", "shop/cart/a", false],
    ["path", "*", "shop/cart", false],
    ["urn", "urn:*::p::t::**", "urn:dev::p::t::a::b", true],
    ["urn", "urn:*::p::t::*", "urn:dev::p::t::a::b", false],
    ["urn", "urn:*::p::t::a", "urn:dev::q::p::t::a", false],
    ["iam", "s3:Get*", "s3:GetObject", true],
    ["iam", "s3:Get?bject", "s3:GetObject", true],
    ["iam", "s3:Get?bject", "s3:Getbject", false],
  ] as const)("%s: %s on %s is %s", (meaning, pattern, text, matches) => {
    expect(globToRegExp(pattern, wildcards[meaning]).test(text)).toBe(matches);
  });

  it("takes flags", () => {
    expect(globToRegExp("S3:get*", wildcards.iam, "i").test("s3:GetObject")).toBe(true);
    expect(globToRegExp("S3:get*", wildcards.iam).test("s3:GetObject")).toBe(false);
  });

  it("matches a pattern without wild cards on itself alone", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        const pattern = globToRegExp(text.replaceAll(/[*?]/g, "+"), wildcards.iam);
        expect(pattern.test(text.replaceAll(/[*?]/g, "+"))).toBe(true);
        expect(pattern.test(other)).toBe(other === text.replaceAll(/[*?]/g, "+"));
      }),
    );
  });
});

describe("escapeRegExp", () => {
  it("gives an expression for just the text", () => {
    fc.assert(fc.property(fc.string(), (text) => new RegExp(`^${escapeRegExp(text)}$`).test(text)));
  });
});

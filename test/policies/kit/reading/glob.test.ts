/** Patterns match what Argo CD's do, and one that cannot be read matches nothing. */
import { describe, expect, it } from "vitest";
import { globMatches, isWild } from "../../../../policies/kit/reading/glob";

describe("a pattern", () => {
  it.each([
    ["shop", "shop"],
    ["*", "anything"],
    ["*", ""],
    ["shop-*", "shop-a/b"],
    ["a*b", "a\nb"],
    ["a\nb", "a\nb"],
    ["s?op", "shop"],
    ["[st]hop", "shop"],
    ["[a-z]op", "top"],
    ["[!st]hop", "chop"],
    ["{shop,pay}", "pay"],
    ["team-{a,b}-{x,y*}", "team-b-yes"],
    [String.raw`a\*`, "a*"],
    ["a.b+(c)", "a.b+(c)"],
    ["https://[[]::1]:6443", "https://[::1]:6443"],
  ])("%s matches %s", (pattern, text) => {
    expect(globMatches(pattern, text)).toBe(true);
  });

  it.each([
    ["shop", "shops"],
    ["shop", "a shop"],
    ["s?op", "sop"],
    ["[st]hop", "chop"],
    ["[!st]hop", "shop"],
    ["{shop,pay}", "shop,pay"],
    [String.raw`a\*`, "ab"],
    ["a.b", "axb"],
    ["a[", "a["],
    ["a{", "a"],
    ["a}", "a}"],
  ])("%s does not match %s", (pattern, text) => {
    expect(globMatches(pattern, text)).toBe(false);
  });

  it("of many stars in a row costs no more than one", () => {
    expect(globMatches(`${"*".repeat(30)}x`, "a".repeat(60))).toBe(false);
  });

  it("is wild where it leaves nothing fixed, or denies", () => {
    expect(["*", " * ", "?", "*-*", "[a-z]*", "**/*", "!shop", " !shop"].filter((one) => !isWild(one))).toEqual([]);
    expect(["shop", "shop-*", "a?", "", "-", "[a-z]"].filter(isWild)).toEqual([]);
  });
});

/** Masks: what is hidden of a text, whichever secrets stand beside or inside of each other. */
import { describe, expect, test } from "vitest";
import { maskOf } from "@fridayproof/components/core";

describe("a mask", () => {
  test.each([
    ["two that overlap", ["abcdef", "defghi"], "x abcdefghi y", "x [secret] y"],
    ["one that holds another", ["abc", "abcdef"], "abcdef abc", "[secret] [secret]"],
    ["two side by side", ["abc", "def"], "abcdef", "[secret][secret]"],
    ["none that is too short", ["ab"], "ab", "ab"],
    ["one at each end", ["abc"], "abc x abc", "[secret] x [secret]"],
  ])("hides %s", (_about, secrets, text, shown) => {
    expect(maskOf(secrets)(text)).toBe(shown);
  });

  test("finds one of three thousand in a long text", () => {
    const mask = maskOf(Array.from({ length: 3000 }, (_, at) => `pw-secret-number-${at}`));
    expect(mask(`${"a sentence of a row; ".repeat(2000)}pw-secret-number-2999`)).toMatch(/; \[secret\]$/);
  });
});

/** What the engine wraps around values, and how they are described without being shown. */
import { describe, expect, it } from "vitest";
import {
  isRecord,
  isUnknown,
  kindOf,
  open,
  SECRET,
  SIGNATURE,
  unknownSentinels,
} from "../../../../policies/kit/reading/value";

const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const [UNKNOWN] = unknownSentinels;
const secret = (value: unknown): unknown => ({ [SIGNATURE]: SECRET, value });

describe("open", () => {
  it.each([
    ["a plain value", 7, 7],
    ["null, which the engine drops", null, undefined],
    ["a list", [1], [1]],
    ["an object of the program", { value: 1 }, { value: 1 }],
    ["a secret", secret("s"), "s"],
    ["a secret in a secret", secret(secret("s")), "s"],
    ["a secret null", secret(null), undefined],
    ["a known output", { [SIGNATURE]: OUTPUT, value: secret("s") }, "s"],
    ["an output that is not known", { [SIGNATURE]: OUTPUT }, UNKNOWN],
    ["an asset, which is neither", { [SIGNATURE]: "asset", value: 1 }, { [SIGNATURE]: "asset", value: 1 }],
  ])("gives what is inside: %s", (_name, given, inside) => expect(open(given)).toEqual(inside));
});

describe("isUnknown", () => {
  it("knows all seven sentinels, and takes nothing else for one", () => {
    expect(unknownSentinels).toHaveLength(7);
    expect(unknownSentinels.every(isUnknown)).toBe(true);
    expect(["", undefined, "04da6b54", {}].some(isUnknown)).toBe(false);
  });
});

describe("isRecord", () => {
  it.each([
    [{}, true],
    [null, false],
    [[], false],
    ["text", false],
    [undefined, false],
  ])("%j: %s", (value, is) => expect(isRecord(value)).toBe(is));
});

describe("kindOf", () => {
  it.each([
    [undefined, "nothing"],
    [[1, 2], "a list of 2"],
    [{ a: 1 }, "an object"],
    [7, "a number"],
    [false, "a boolean"],
    ["hunter22", "a text"],
  ])("%j is %s", (value, words) => expect(kindOf(value)).toBe(words));
});

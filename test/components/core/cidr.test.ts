/** Address arithmetic holds for every block, not only for those we use. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cidr,
  cidrProblems,
  contains,
  formatCidr,
  overlaps,
  parseCidr,
  sizeOf,
  subnet,
} from "../../../components/core/cidr";

const anyCidr = fc.tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 0, max: 32 })).map(([address, prefix]) => {
  const size = 2 ** (32 - prefix);
  return { base: Math.floor(address / size) * size, prefix };
});

describe("blocks", () => {
  test("every block is read back as it was written", () => {
    fc.assert(
      fc.property(anyCidr, (block) => {
        expect(parseCidr(formatCidr(block))).toEqual(block);
      }),
    );
  });

  test("no other text is a block", () => {
    const wrong = [
      "",
      "10.0.0.0",
      "10.0.0.0/33",
      "10.0.0.1/16",
      "256.0.0.0/8",
      "10.0.0.0/16 ",
      "010.0.0.0/16",
      "10.0.0.0/08",
      "a.b.c.d/8",
    ];
    expect(wrong.filter((text) => parseCidr(text) !== undefined)).toEqual([]);
    expect(cidrProblems("cidr", "10.0.0.1/16")).toEqual([
      {
        path: "cidr",
        got: "10.0.0.1/16",
        allowed: "an IPv4 block whose address is the first of the block, such as 10.10.0.0/16",
        fix: "Write four numbers from 0 to 255, a slash and a prefix length, with no bits set behind the prefix.",
      },
    ]);
    expect(cidrProblems("cidr", "10.0.0.0/16")).toEqual([]);
    expect(() => cidr("10.0.0.1/16")).toThrow("10.0.0.1/16 is not an IPv4 block");
  });

  test("addresses from 128.0.0.0 on are not negative", () => {
    expect(cidr("255.255.255.0/24")).toEqual({ base: 4294967040, prefix: 24 });
    expect(formatCidr({ base: 4294967040, prefix: 24 })).toBe("255.255.255.0/24");
  });

  test("two blocks overlap exactly when one contains the other", () => {
    fc.assert(
      fc.property(anyCidr, anyCidr, (a, b) => {
        expect(overlaps(a, b)).toBe(contains(a, b) || contains(b, a));
      }),
    );
  });

  test("cut blocks lie in the outer one, fill it and never overlap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 24 }), fc.integer({ min: 0, max: 6 }), (prefix, newBits) => {
        const outer = { base: 10 * 2 ** 24, prefix };
        const cut = Array.from({ length: 2 ** newBits }, (_, index) => subnet(outer, newBits, index));
        expect(cut.every((block) => contains(outer, block))).toBe(true);
        expect(cut.reduce((sum, block) => sum + sizeOf(block), 0)).toBe(sizeOf(outer));
        expect(cut.some((a, i) => cut.some((b, j) => i < j && overlaps(a, b)))).toBe(false);
      }),
    );
  });

  test("a block that does not exist is refused", () => {
    const outer = cidr("10.0.0.0/16");
    expect(() => subnet(outer, 3, 8)).toThrow(new RangeError("10.0.0.0/16 has no block 8 of 3 more bits"));
    expect(() => subnet(outer, 17, 0)).toThrow(RangeError);
    expect(() => subnet(outer, -1, 0)).toThrow(RangeError);
    expect(() => subnet(outer, 3, -1)).toThrow(RangeError);
  });
});

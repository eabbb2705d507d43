/** Address arithmetic holds for every block, not only for those we use. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type Cidr,
  cidr,
  cidrProblems,
  contains,
  coversInternet,
  enclosing,
  formatCidr,
  overlaps,
  parseCidr,
  readCidr,
  sizeOf,
  subnet,
} from "../../../components/core/cidr";
import { families } from "../../../components/core/ip-address";

const anyCidr = fc
  .tuple(fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }), fc.integer({ min: 0, max: 32 }))
  .map(([address, prefix]): Cidr => {
    const size = sizeOf({ family: "IPv4", prefix });
    return { family: "IPv4", base: (address / size) * size, prefix };
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
      "2001:db8::/32",
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
    expect(cidr("255.255.255.0/24")).toEqual({ family: "IPv4", base: 4294967040n, prefix: 24 });
    expect(formatCidr({ family: "IPv4", base: 4294967040n, prefix: 24 })).toBe("255.255.255.0/24");
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
        const outer: Cidr = { family: "IPv4", base: 10n * 2n ** 24n, prefix };
        const cut = Array.from({ length: 2 ** newBits }, (_, index) => subnet(outer, newBits, index));
        expect(cut.every((block) => contains(outer, block))).toBe(true);
        expect(cut.reduce((sum, block) => sum + sizeOf(block), 0n)).toBe(sizeOf(outer));
        expect(cut.some((a, i) => cut.some((b, j) => i < j && overlaps(a, b)))).toBe(false);
      }),
    );
  });

  test("families share no address", () => {
    const [v4, v6] = blocks("0.0.0.0/0", "::/0");
    if (v4 === undefined || v6 === undefined) throw new Error("no blocks");
    expect([contains(v4, v6), contains(v6, v4), overlaps(v4, v6), overlaps(v6, v4)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test("a block that does not exist is refused", () => {
    const outer = cidr("10.0.0.0/16");
    expect(() => subnet(outer, 3, 8)).toThrow(new RangeError("10.0.0.0/16 has no block 8 of 3 more bits"));
    expect(() => subnet(outer, 17, 0)).toThrow(RangeError);
    expect(() => subnet(outer, -1, 0)).toThrow(RangeError);
    expect(() => subnet(outer, 3, -1)).toThrow(RangeError);
  });
});

const block = (text: string): Cidr => {
  const parsed = readCidr(text);
  if (parsed === undefined) throw new Error(`no block: ${text}`);
  return parsed;
};
const blocks = (...all: readonly string[]): readonly Cidr[] => all.map(block);

describe("readCidr", () => {
  it.each([
    ["10.1.2.3/32", "IPv4", 32, "0xa010203"],
    ["10.1.2.3/8", "IPv4", 8, "0xa000000"],
    [" 0.0.0.0/0 ", "IPv4", 0, "0x0"],
    ["128.0.0.0/1", "IPv4", 1, "0x80000000"],
    ["2001:db8::/32", "IPv6", 32, "0x20010db8000000000000000000000000"],
    ["2001:db8::1/128", "IPv6", 128, "0x20010db8000000000000000000000001"],
    ["1:2:3:4:5:6:7:8/128", "IPv6", 128, "0x10002000300040005000600070008"],
    ["1:2:3:4:5:6:7::/128", "IPv6", 128, "0x10002000300040005000600070000"],
    ["::2:3:4:5:6:7:8/128", "IPv6", 128, "0x2000300040005000600070008"],
    ["::/0", "IPv6", 0, "0x0"],
    ["8000::/1", "IPv6", 1, "0x80000000000000000000000000000000"],
    ["::ffff:10.1.2.3/96", "IPv6", 96, "0xffff00000000"],
  ] as const)("reads %s", (text, family, prefix, first) => {
    expect(readCidr(text)).toEqual({ family, prefix, base: BigInt(first) });
  });

  it.each([
    "",
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/1000",
    "10.0.0.0/-1",
    "10.0.0.0/8x",
    "10.0.0.0/x8",
    "10.0.0.0/8/8",
    "10.0.0/8",
    "2001:db8::/129",
    "fe80::1%eth0/64",
    "office/8",
  ])("refuses %j", (text) => {
    expect(readCidr(text)).toBeUndefined();
  });
});

describe("enclosing", () => {
  it("is the smallest block that holds all of them: no half of it does", () => {
    fc.assert(
      fc.property(anyCidr, fc.array(anyCidr, { maxLength: 4 }), (first, rest) => {
        const whole = enclosing(first, rest);
        const holdsAll = (outer: Cidr): boolean => [first, ...rest].every((block) => contains(outer, block));
        expect(holdsAll(whole)).toBe(true);
        if (whole.prefix < 32) expect([subnet(whole, 1, 0), subnet(whole, 1, 1)].filter(holdsAll)).toEqual([]);
      }),
    );
  });

  it("holds blocks of IPv6, and refuses two families", () => {
    const [low, high, other] = blocks("2001:db8:8::/48", "2001:db8:9::/48", "10.0.0.0/8");
    if (low === undefined || high === undefined || other === undefined) throw new Error("three blocks");
    expect(enclosing(low, [high])).toEqual({ ...low, prefix: 47 });
    expect(() => enclosing(low, [other])).toThrow("no block holds addresses of two families");
  });
});

describe("coversInternet", () => {
  it.each([
    ["nothing", [], false],
    ["everything", ["0.0.0.0/0"], true],
    ["both halves, in any order", ["128.0.0.0/1", "0.0.0.0/1"], true],
    ["the lower half", ["0.0.0.0/1"], false],
    ["the upper half", ["128.0.0.0/1"], false],
    ["all but a gap in the middle", ["0.0.0.0/2", "128.0.0.0/1"], false],
    ["a block inside another, then the rest", ["0.0.0.0/1", "10.0.0.0/8", "128.0.0.0/1"], true],
    ["the same block twice, then the rest", ["0.0.0.0/1", "0.0.0.0/1", "128.0.0.0/1"], true],
    ["half of one family and half of the other", ["0.0.0.0/1", "8000::/1"], false],
  ] as const)("%s: %j", (_name, texts, whole) => {
    expect(coversInternet(blocks(...texts), "IPv4")).toBe(whole);
  });

  it("judges each family by its own size", () => {
    const all = families.map((family) => coversInternet(blocks("::/1", "8000::/1"), family));
    expect(all).toEqual([false, true]);
  });

  it("holds for every way to cut the world in pieces, and for none with a piece left out", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 7 }), { maxLength: 12 }), fc.nat(), (cuts, missing) => {
        const halves = ({ family, prefix, base }: Cidr): readonly Cidr[] => [
          { family, prefix: prefix + 1, base },
          { family, prefix: prefix + 1, base: base + (1n << BigInt(31 - prefix)) },
        ];
        const pieces = cuts.reduce<readonly Cidr[]>(
          (all, cut) => all.flatMap((piece, index) => (index === cut % all.length ? halves(piece) : [piece])),
          blocks("0.0.0.0/0"),
        );
        const shuffled = [...pieces].reverse();
        const without = shuffled.filter((_piece, index) => index !== missing % shuffled.length);
        expect([coversInternet(shuffled, "IPv4"), coversInternet(without, "IPv4")]).toEqual([true, false]);
      }),
    );
  });
});

/** Blocks of addresses, and when several of them are the whole world. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Block, coversWorld, families, parseBlock } from "../../../policies/kit/cidr";

const block = (text: string): Block => {
  const parsed = parseBlock(text);
  if (parsed === undefined) throw new Error(`no block: ${text}`);
  return parsed;
};
const blocks = (...all: readonly string[]): readonly Block[] => all.map(block);

describe("parseBlock", () => {
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
    expect(parseBlock(text)).toEqual({ family, prefix, first: BigInt(first) });
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
    "office/8",
  ])("refuses %j", (text) => {
    expect(parseBlock(text)).toBeUndefined();
  });
});

describe("coversWorld", () => {
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
    expect(coversWorld(blocks(...texts), "IPv4")).toBe(whole);
  });

  it("judges each family by its own size", () => {
    const all = families.map((family) => coversWorld(blocks("::/1", "8000::/1"), family));
    expect(all).toEqual([false, true]);
  });

  it("holds for every way to cut the world in pieces, and for none with a piece left out", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 7 }), { maxLength: 12 }), fc.nat(), (cuts, missing) => {
        const halves = ({ family, prefix, first }: Block): readonly Block[] => [
          { family, prefix: prefix + 1, first },
          { family, prefix: prefix + 1, first: first + (BigInt(1) << BigInt(31 - prefix)) },
        ];
        const pieces = cuts.reduce<readonly Block[]>(
          (all, cut) => all.flatMap((piece, index) => (index === cut % all.length ? halves(piece) : [piece])),
          blocks("0.0.0.0/0"),
        );
        const shuffled = [...pieces].reverse();
        const without = shuffled.filter((_piece, index) => index !== missing % shuffled.length);
        expect([coversWorld(shuffled, "IPv4"), coversWorld(without, "IPv4")]).toEqual([true, false]);
      }),
    );
  });
});

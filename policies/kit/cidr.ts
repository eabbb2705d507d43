/** How much of the address space a set of CIDR blocks lets in. */
import { isIPv4, isIPv6 } from "node:net";

/** A parsed block. */
export interface Block {
  readonly family: Family;
  readonly prefix: number;
  /** First address as a number. */
  readonly first: bigint;
}

/** Address families. */
export type Family = "IPv4" | "IPv6";
/** Both of them. */
export const families = ["IPv4", "IPv6"] as const;

/** How an address of each family is written: bits in all, bits and base of one part. */
const layout = {
  IPv4: { bits: 32, part: 8, base: "" },
  IPv6: { bits: 128, part: 16, base: "0x" },
} as const;
const groupsOfV6 = 8;

/** The block, or undefined when the text is none. */
export function parseBlock(text: string): Block | undefined {
  const [address = "", length = "", ...rest] = text.trim().split("/");
  const family = isIPv4(address) ? "IPv4" : isIPv6(address) ? "IPv6" : undefined;
  if (family === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const { bits } = layout[family];
  const prefix = Number(length);
  if (prefix > bits) return undefined;
  const host = BigInt(bits - prefix);
  return { family, prefix, first: (addressNumber(address, family) >> host) << host };
}

function addressNumber(address: string, family: Family): bigint {
  const { part, base } = layout[family];
  const parts = family === "IPv4" ? address.split(".") : expand(address);
  return parts.reduce((sum, text) => (sum << BigInt(part)) + BigInt(`${base}${text}`), BigInt(0));
}

/** The eight groups of an IPv6 address; an embedded IPv4 tail stands for two, rare enough to count as zeros. */
function expand(address: string): readonly string[] {
  const [head = [], tail = []] = address
    .split("::")
    .map((half) => half.split(":").flatMap((group) => (group.includes(".") ? ["0", "0"] : group || [])));
  const zeros = Array.from({ length: groupsOfV6 - head.length - tail.length }, () => "0");
  return [...head, ...zeros, ...tail];
}

/** Whether the blocks of one family together cover all of its addresses, whatever they look like one by one. */
export function coversWorld(blocks: readonly Block[], family: Family): boolean {
  const { bits } = layout[family];
  const size = (prefix: number): bigint => BigInt(1) << BigInt(bits - prefix);
  const ranges = blocks
    .filter((block) => block.family === family)
    .map((block) => [block.first, block.first + size(block.prefix)] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return ranges.reduce((end, [from, to]) => (from <= end && to > end ? to : end), BigInt(0)) === size(0);
}

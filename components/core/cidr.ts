/** Address blocks of IPv4 and IPv6 as numbers: parsing, containment, overlap, union and cutting. */
import type { Problem } from "./checks";
import { addressBits, type Family, formatV4, parseAddress } from "./ip-address";

const BINARY = 2;

/** An address block. */
export interface Cidr {
  readonly family: Family;
  /** First address as a number. */
  readonly base: bigint;
  /** Prefix length, 0 to 32 for IPv4 and 0 to 128 for IPv6. */
  readonly prefix: number;
}

/** How many addresses a block has. */
export function sizeOf({ family, prefix }: Pick<Cidr, "family" | "prefix">): bigint {
  return 1n << BigInt(addressBits[family] - prefix);
}

/** The address behind the last one of a block. */
function endOf(cidr: Cidr): bigint {
  return cidr.base + sizeOf(cidr);
}

/** An IPv4 block as people write it, such as `10.10.0.0/16`. */
export function formatCidr({ base, prefix }: Cidr): string {
  return `${formatV4(base)}/${prefix}`;
}

/**
 * The block as AWS and Kubernetes read it: of either family, white space around it and host bits dropped; undefined when
 * the text is no block.
 */
export function readCidr(text: string): Cidr | undefined {
  const [first = "", length = "", ...rest] = text.trim().split("/");
  const address = parseAddress(first);
  if (address === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const { family, value } = address;
  const prefix = Number(length);
  if (prefix > addressBits[family]) return undefined;
  const hostBits = BigInt(addressBits[family] - prefix);
  return { family, prefix, base: (value >> hostBits) << hostBits };
}

/** The IPv4 block that a text means in its exact form, or undefined: `10.0.0.1/16` is refused by AWS as a VPC's block. */
export function parseCidr(text: string): Cidr | undefined {
  const cidr = readCidr(text);
  return cidr?.family === "IPv4" && formatCidr(cidr) === text ? cidr : undefined;
}

/** What is wrong with a text that should be an exact IPv4 block; empty when nothing is. */
export function cidrProblems(path: string, text: string): Problem[] {
  if (parseCidr(text) !== undefined) return [];
  return [
    {
      path,
      got: text,
      allowed: "an IPv4 block whose address is the first of the block, such as 10.10.0.0/16",
      fix: "Write four numbers from 0 to 255, a slash and a prefix length, with no bits set behind the prefix.",
    },
  ];
}

/**
 * A block that is already known to be right.
 * @throws Error when it is not.
 */
export function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new Error(`${text} is not an IPv4 block`);
  return parsed;
}

/** Whether every address of `inner` lies in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return inner.family === outer.family && inner.base >= outer.base && endOf(inner) <= endOf(outer);
}

/** Whether two blocks share an address. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.family === b.family && a.base < endOf(b) && b.base < endOf(a);
}

/**
 * The smallest block that holds this one and the others.
 * @throws RangeError when they are of two families.
 */
export function enclosing(block: Cidr, others: readonly Cidr[]): Cidr {
  if (others.every((other) => contains(block, other))) return block;
  const { family, prefix } = block;
  if (prefix === 0) throw new RangeError("no block holds addresses of two families");
  const wider = { family, prefix: prefix - 1 };
  return enclosing({ ...wider, base: block.base - (block.base % sizeOf(wider)) }, others);
}

/** Whether the blocks of one family together cover all of its addresses, whatever they look like one by one. */
export function coversInternet(blocks: readonly Cidr[], family: Family): boolean {
  const inOrder = blocks
    .filter((block) => block.family === family)
    .sort((left, right) => (left.base < right.base ? -1 : 1));
  const covered = inOrder.reduce((end, block) => (block.base <= end && endOf(block) > end ? endOf(block) : end), 0n);
  return covered === sizeOf({ family, prefix: 0 });
}

/**
 * The block number `index` (from 0) of those that come of cutting `outer` into blocks `newBits` smaller.
 * @throws RangeError when there is no such block.
 */
export function subnet(outer: Cidr, newBits: number, index: number): Cidr {
  const prefix = outer.prefix + newBits;
  const isPossible = newBits >= 0 && prefix <= addressBits[outer.family] && index >= 0 && index < BINARY ** newBits;
  if (!isPossible) throw new RangeError(`${formatCidr(outer)} has no block ${index} of ${newBits} more bits`);
  const { family } = outer;
  return { family, prefix, base: outer.base + BigInt(index) * sizeOf({ family, prefix }) };
}

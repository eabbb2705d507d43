/** IPv4 address blocks as numbers: parsing, containment, overlap and cutting, without rounding or signs. */
import type { Problem } from "./checks";

const ADDRESS_BITS = 32;
const OCTETS = 4;
const OCTET_VALUES = 256;
const BINARY = 2;
const CIDR_PATTERN = /^(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})\/(\d{1,2})$/;

/** An address block. */
export interface Cidr {
  /** First address as an unsigned 32-bit number. */
  readonly base: number;
  /** Prefix length, 0 to 32. */
  readonly prefix: number;
}

/** How many addresses a block has. */
export function sizeOf(cidr: Cidr): number {
  return BINARY ** (ADDRESS_BITS - cidr.prefix);
}

/** The block as people write it, such as `10.10.0.0/16`. */
export function formatCidr(cidr: Cidr): string {
  const octets: number[] = [];
  // Division instead of >>, because JavaScript's shifts make addresses from 128.0.0.0 on negative.
  for (let rest = cidr.base; octets.length < OCTETS; rest = Math.floor(rest / OCTET_VALUES)) {
    octets.unshift(rest % OCTET_VALUES);
  }
  return `${octets.join(".")}/${cidr.prefix}`;
}

/** The block a text means, or undefined when it is no block or has bits set behind its prefix. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address, length] = CIDR_PATTERN.exec(text) ?? [];
  if (address === undefined) return undefined;
  const octets = address.split(".").map(Number);
  const prefix = Number(length);
  if (prefix > ADDRESS_BITS || octets.some((octet) => octet >= OCTET_VALUES)) return undefined;
  const base = octets.reduce((sum, octet) => sum * OCTET_VALUES + octet, 0);
  const cidr = { base, prefix };
  // "10.0.0.1/16" is refused by AWS, and leading zeros are octal to some readers: only the exact form passes.
  return base % sizeOf(cidr) === 0 && formatCidr(cidr) === text ? cidr : undefined;
}

/** What is wrong with a text that should be a block; empty when nothing is. */
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
  return inner.base >= outer.base && inner.base + sizeOf(inner) <= outer.base + sizeOf(outer);
}

/** Whether two blocks share an address. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.base < b.base + sizeOf(b) && b.base < a.base + sizeOf(a);
}

/**
 * The block number `index` (from 0) of those that come of cutting `outer` into blocks `newBits` smaller.
 * @throws RangeError when there is no such block.
 */
export function subnet(outer: Cidr, newBits: number, index: number): Cidr {
  const prefix = outer.prefix + newBits;
  const possible = newBits >= 0 && prefix <= ADDRESS_BITS && index >= 0 && index < BINARY ** newBits;
  if (!possible) {
    throw new RangeError(`${formatCidr(outer)} has no block ${index} of ${newBits} more bits`);
  }
  return { base: outer.base + index * sizeOf({ base: 0, prefix }), prefix };
}

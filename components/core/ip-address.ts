/** Addresses of IPv4 and IPv6 as numbers, without Node's `net`: core loads no module, so that every package can load core. */

/** Address families. */
export type Family = "IPv4" | "IPv6";
/** Both of them. */
export const families = ["IPv4", "IPv6"] as const;
/** Bits of an address. @source RFC 791, RFC 4291 */
export const addressBits: Readonly<Record<Family, number>> = { IPv4: 32, IPv6: 128 };

/** An address. */
export interface IpAddress {
  readonly family: Family;
  /** A bigint, because IPv6 does not fit a double and a number's shifts turn negative from 128.0.0.0 on. */
  readonly value: bigint;
}

const OCTETS = 4;
const OCTET_BITS = 8;
const GROUPS = 8;
const GROUP_BITS = 16;
const HEX = 16;
/** Groups that a dotted tail stands for. */
const TAIL_GROUPS = 2;

/** The address that a text means; undefined when it means none. */
export function parseAddress(text: string): IpAddress | undefined {
  const family = text.includes(":") ? "IPv6" : "IPv4";
  const value = family === "IPv6" ? valueOfV6(text) : valueOfV4(text);
  return value === undefined ? undefined : { family, value };
}

/** An IPv4 address as people write it. */
export function formatV4(value: bigint): string {
  return partsOf(value, OCTETS, OCTET_BITS).join(".");
}

/** So many parts of so many bits each, the highest first. */
function partsOf(value: bigint, count: number, bits: number): readonly bigint[] {
  return Array.from({ length: count }, (_, index) => BigInt.asUintN(bits, value >> BigInt(bits * (count - 1 - index))));
}

/** The number that so many bits a part make together. */
function joined(parts: readonly bigint[], bits: number): bigint {
  return parts.reduce((sum, part) => (sum << BigInt(bits)) + part, 0n);
}

function valueOfV4(text: string): bigint | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return undefined;
  const value = joined(text.split(".").map(BigInt), OCTET_BITS);
  // Octets above 255 and leading zeros, which some read as octal, are written otherwise when they come back.
  return formatV4(value) === text ? value : undefined;
}

function valueOfV6(text: string): bigint | undefined {
  const [head = [], tail, ...more] = withoutDots(text)
    .split("::")
    .map((half) => (half === "" ? [] : half.split(":")));
  const zeros = GROUPS - head.length - (tail ?? []).length;
  // "::" stands for one group of zeros at least.
  if (more.length > 0 || (tail === undefined ? zeros !== 0 : zeros < 1)) return undefined;
  const groups = [...head, ...Array.from({ length: zeros }, () => "0"), ...(tail ?? [])];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return joined(
    groups.map((group) => BigInt(`0x${group}`)),
    GROUP_BITS,
  );
}

/** The address with its IPv4 tail, as in ::ffff:10.0.0.1, written as the two groups that it stands for. */
function withoutDots(text: string): string {
  const start = text.lastIndexOf(":") + 1;
  const tail = valueOfV4(text.slice(start));
  if (tail === undefined) return text;
  const groups = partsOf(tail, TAIL_GROUPS, GROUP_BITS).map((group) => group.toString(HEX));
  return text.slice(0, start) + groups.join(":");
}

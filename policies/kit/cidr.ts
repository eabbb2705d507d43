/** How much of the address space a set of CIDR blocks lets in. */

/** A parsed block. */
export interface Block {
  readonly family: 4 | 6;
  readonly prefix: number;
  /** First address as a number. */
  readonly first: bigint;
}

const bits = { 4: 32, 6: 128 } as const;

/** The block, or undefined when the text is none. */
export function parseBlock(text: string): Block | undefined {
  const [address = "", length = "", ...rest] = text.trim().split("/");
  const family = address.includes(":") ? 6 : 4;
  const prefix = Number(length);
  if (rest.length > 0 || !/^\d{1,3}$/.test(length) || prefix > bits[family]) return undefined;
  const number = family === 4 ? parseV4(address) : parseV6(address);
  if (number === undefined) return undefined;
  const host = BigInt(bits[family] - prefix);
  return { family, prefix, first: (number >> host) << host };
}

function parseV4(address: string): bigint | undefined {
  const parts = address.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

function parseV6(address: string): bigint | undefined {
  const halves = address.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/** Whether the blocks of one family together cover all of its addresses, whatever they look like one by one. */
export function coversWorld(blocks: readonly Block[], family: 4 | 6): boolean {
  const ranges = blocks
    .filter((block) => block.family === family)
    .map((block) => [block.first, block.first + (1n << BigInt(bits[family] - block.prefix))] as const)
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  const reached = ranges.reduce((end, [from, to]) => (from <= end && to > end ? to : end), 0n);
  return reached === 1n << BigInt(bits[family]);
}

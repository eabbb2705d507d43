/** Kinds of subnets: those that every network has, and those that an environment asks for beside them. */
import type { Problem } from "../core/checks";
import { type Cidr, formatCidr, overlaps, subnet } from "../core/cidr";
import { networkLimits } from "../core/limits/network";

/**
 * Where each tier lies in its zone's block: number `index` of the blocks that are `bits` smaller.
 * A changed row moves subnets, which replaces whatever lives in them.
 */
export const TIERS = {
  /** Load balancer and NAT. */
  public: { bits: networkLimits.publicBits.value, index: networkLimits.publicIndex.value },
  /** Nodes and their pods. */
  private: { bits: networkLimits.privateBits.value, index: 0 },
  /** The network interfaces of the EKS control plane; no way out. */
  intra: { bits: networkLimits.intraBits.value, index: networkLimits.intraIndex.value },
} as const;

/** A kind of subnet that every network has. */
export type Tier = keyof typeof TIERS;

/** A kind of subnet that an environment asks for beside those; one in each of its zones. */
export interface ExtraTier {
  /** Size: each subnet is the zone's block halved so many times; 3 makes /22 of a /16 VPC. @unit halvings */
  readonly bits: number;
  /** Place: number of the block of that size within the zone's, from 0. Never changed after creation. */
  readonly index: number;
  /** Where its subnets lead: nowhere beyond the VPC, as data stores want it, or out through NAT. */
  readonly way: "none" | "nat";
}

const BINARY = 2;
const NAME = /^[a-z][a-z0-9]{1,15}$/;

/** How many blocks of the size there are in a zone; undefined when the size cannot be. */
function countOf(zone: Cidr, bits: number): number | undefined {
  const isCut = Number.isInteger(bits) && bits >= 1 && zone.prefix + bits <= networkLimits.subnetSmallest.value;
  return isCut ? BINARY ** bits : undefined;
}

/** The tier's block in a zone; undefined when there is none. */
function place(zone: Cidr, { bits, index }: Pick<ExtraTier, "bits" | "index">): Cidr | undefined {
  const count = countOf(zone, bits);
  const isThere = count !== undefined && Number.isInteger(index) && index >= 0 && index < count;
  return isThere ? subnet(zone, bits, index) : undefined;
}

function sizeProblems(path: string, zone: Cidr, { bits, index }: ExtraTier): Problem[] {
  const smallest = networkLimits.subnetSmallest.value;
  const count = countOf(zone, bits);
  if (count === undefined) {
    const allowed = `a whole number from 1 to ${smallest - zone.prefix}`;
    const fix = `Take another size: a zone is a /${zone.prefix} here, and AWS refuses subnets smaller than /${smallest}.`;
    return [{ path: `${path}.bits`, got: bits, allowed, fix }];
  }
  if (place(zone, { bits, index }) !== undefined) return [];
  const allowed = `a whole number from 0 to ${count - 1}`;
  return [{ path: `${path}.index`, got: index, allowed, fix: "Number the blocks of that size from 0." }];
}

function nameProblems(path: string, name: string): Problem[] {
  if (NAME.test(name) && !(name in TIERS)) return [];
  const allowed = `2 to 16 lower-case letters and digits, not ${Object.keys(TIERS).join(", ")}`;
  return [{ path, got: name, allowed, fix: "Call it after what lives there, such as data." }];
}

function overlapProblems(path: string, block: Cidr, others: readonly string[]): Problem[] {
  if (others.length === 0) return [];
  const allowed = `a block that shares no address with ${others.join(", ")}`;
  const fix = "Choose another index: a subnet's addresses stay with it for ever.";
  return [{ path, got: `${formatCidr(block)} in the first zone`, allowed, fix }];
}

/**
 * Everything that is wrong with extra tiers; empty when nothing is.
 * @param zone the first zone's block: every zone is cut alike, so one stands for all.
 */
export function tierProblems(zone: Cidr, tiers: Readonly<Record<string, ExtraTier>>): Problem[] {
  const taken = Object.entries(TIERS).map(([name, { bits, index }]) => ({ name, block: subnet(zone, bits, index) }));
  return Object.entries(tiers).flatMap(([name, tier]) => {
    const path = `tiers.${name}`;
    const problems = [...nameProblems(path, name), ...sizeProblems(path, zone, tier)];
    const block = place(zone, tier);
    if (block === undefined) return problems;
    const others = taken.filter((other) => overlaps(block, other.block)).map((other) => other.name);
    taken.push({ name, block });
    return [...problems, ...overlapProblems(path, block, others)];
  });
}

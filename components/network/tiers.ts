/** Kinds of subnets: those that every network has, and those that an environment adds. */
import type { Problem } from "../core/checks";
import { type Cidr, formatCidr, overlaps, subnet } from "../core/cidr";
import { networkLimits } from "../core/limits/network";

/**
 * Where each tier lies in its zone's block, as Terraform's `cidrsubnet(zone, newbits, netnum)`.
 * A changed row moves subnets, which replaces whatever lives in them.
 */
export const TIERS = {
  /** Load balancer and NAT. */
  public: { newBits: networkLimits.publicBits.value, netNumber: networkLimits.publicIndex.value },
  /** Nodes and their pods. */
  private: { newBits: networkLimits.privateBits.value, netNumber: 0 },
  /** The network interfaces of the EKS control plane; no egress. */
  intra: { newBits: networkLimits.intraBits.value, netNumber: networkLimits.intraIndex.value },
} as const;

/** A kind of subnet that every network has. */
export type Tier = keyof typeof TIERS;

/** A kind of subnet that an environment adds to those; one in each of its zones. */
export interface ExtraTier {
  /** Bits by which the prefix of a subnet is longer than its zone's; 3 gives a /22 in a /16 VPC. @unit bits */
  readonly newBits: number;
  /** Number of the block of that size within the zone's, from 0. Never changed after creation. */
  readonly netNumber: number;
  /** Way out of its subnets: none, for data stores, or NAT. */
  readonly egress: "none" | "nat";
}

const BINARY = 2;
const NAME = /^[a-z][a-z0-9]{1,15}$/;

/** How many blocks of the size there are in a zone; undefined when the size cannot be. */
function countOf(zone: Cidr, newBits: number): number | undefined {
  const isCut =
    Number.isInteger(newBits) && newBits >= 1 && zone.prefix + newBits <= networkLimits.subnetSmallest.value;
  return isCut ? BINARY ** newBits : undefined;
}

/** The tier's block in a zone; undefined when there is none. */
function blockIn(zone: Cidr, { newBits, netNumber }: Pick<ExtraTier, "newBits" | "netNumber">): Cidr | undefined {
  const count = countOf(zone, newBits);
  const isThere = count !== undefined && Number.isInteger(netNumber) && netNumber >= 0 && netNumber < count;
  return isThere ? subnet(zone, newBits, netNumber) : undefined;
}

function sizeProblems(path: string, zone: Cidr, { newBits, netNumber }: ExtraTier): Problem[] {
  const smallest = networkLimits.subnetSmallest.value;
  const count = countOf(zone, newBits);
  if (count === undefined) {
    const allowed = `a whole number from 1 to ${smallest - zone.prefix}`;
    const fix = `Take another size: a zone is a /${zone.prefix} here, and AWS refuses subnets smaller than /${smallest}.`;
    return [{ path: `${path}.newBits`, got: newBits, allowed, fix }];
  }
  if (blockIn(zone, { newBits, netNumber }) !== undefined) return [];
  const allowed = `a whole number from 0 to ${count - 1}`;
  return [{ path: `${path}.netNumber`, got: netNumber, allowed, fix: "Number the blocks of that size from 0." }];
}

function nameProblems(path: string, name: string): Problem[] {
  if (NAME.test(name) && !(name in TIERS)) return [];
  const allowed = `2 to 16 lower-case letters and digits, not ${Object.keys(TIERS).join(", ")}`;
  return [{ path, got: name, allowed, fix: "Call it after what lives there, such as data." }];
}

function overlapProblems(path: string, block: Cidr, others: readonly string[]): Problem[] {
  if (others.length === 0) return [];
  const allowed = `a block that shares no address with ${others.join(", ")}`;
  const fix = "Choose another netNumber: a subnet's addresses stay with it for ever.";
  return [{ path, got: `${formatCidr(block)} in the first zone`, allowed, fix }];
}

/**
 * Everything that is wrong with extra tiers; empty when nothing is.
 * @param zone the first zone's block: every zone is cut alike, so one stands for all.
 */
export function tierProblems(zone: Cidr, tiers: Readonly<Record<string, ExtraTier>>): Problem[] {
  const taken = Object.entries(TIERS).map(([name, { newBits, netNumber }]) => ({
    name,
    block: subnet(zone, newBits, netNumber),
  }));
  return Object.entries(tiers).flatMap(([name, tier]) => {
    const path = `tiers.${name}`;
    const problems = [...nameProblems(path, name), ...sizeProblems(path, zone, tier)];
    const block = blockIn(zone, tier);
    if (block === undefined) return problems;
    const others = taken.filter((other) => overlaps(block, other.block)).map((other) => other.name);
    taken.push({ name, block });
    return [...problems, ...overlapProblems(path, block, others)];
  });
}

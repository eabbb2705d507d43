/** Which subnet has which addresses: a pure function of the VPC's block, the zone's number and the tier. */
import type { Problem } from "../core/checks";
import { throwProblems } from "../core/checks";
import { cidr, cidrProblems, formatCidr, parseCidr, subnet } from "../core/cidr";
import { networkLimits } from "../core/limits/network";
import { zoneNumber, zonesProblems } from "./zones";

/**
 * Where each tier lies in its zone's block: number `index` of the blocks that are `bits` smaller.
 * A new tier is one row that overlaps no other; a changed row moves subnets, which replaces whatever lives in them.
 */
export const TIERS = {
  /** Load balancer and NAT. */
  public: { bits: networkLimits.publicBits.value, index: networkLimits.publicIndex.value },
  /** Nodes and their pods. */
  private: { bits: networkLimits.privateBits.value, index: 0 },
  /** The network interfaces of the EKS control plane; no way out. */
  intra: { bits: networkLimits.intraBits.value, index: networkLimits.intraIndex.value },
} as const;

/** A kind of subnet. */
export type Tier = keyof typeof TIERS;

/** One subnet to make. */
export interface PlannedSubnet {
  readonly tier: Tier;
  readonly zoneId: string;
  /** Literal block, such as `10.10.0.0/20`. */
  readonly cidr: string;
}

/** What decides the subnets. */
export interface SubnetPlanArgs {
  /** Region that the zone ids belong to. */
  readonly region: string;
  /** The VPC's block, /16 to /20. */
  readonly cidr: string;
  /** Zone ids with node, load balancer and NAT subnets; more may be added later. */
  readonly zones: readonly string[];
  /** Zone ids of the control plane, frozen at creation: EKS refuses a cluster whose set of zones changes. */
  readonly controlPlaneZones: readonly string[];
}

function blockProblems(path: string, text: string): Problem[] {
  const { vpcLargest, vpcSmallest } = networkLimits;
  const block = parseCidr(text);
  if (block === undefined) return cidrProblems(path, text);
  if (block.prefix >= vpcLargest.value && block.prefix <= vpcSmallest.value) return [];
  return [
    {
      path,
      got: text,
      allowed: `a block from /${vpcLargest.value} to /${vpcSmallest.value}`,
      fix: "Choose another size: AWS refuses larger VPCs, and in smaller ones the tiers do not fit.",
    },
  ];
}

/** Everything that is wrong with a plan's arguments; empty when nothing is. */
export function subnetPlanProblems(args: SubnetPlanArgs): Problem[] {
  const strangers = args.controlPlaneZones.flatMap((zoneId, index) => (args.zones.includes(zoneId) ? [] : [index]));
  return [
    ...blockProblems("cidr", args.cidr),
    ...zonesProblems(args.region, "zones", args.zones),
    ...zonesProblems(args.region, "controlPlaneZones", args.controlPlaneZones),
    ...strangers.map((index) => ({
      path: `controlPlaneZones[${index}]`,
      got: args.controlPlaneZones[index],
      allowed: "a zone of `zones`",
      fix: "Keep the zone in `zones`: the control plane's zones can neither grow nor shrink after creation.",
    })),
  ];
}

/**
 * The subnets of a VPC, by tier and zone. A zone's addresses depend on its number alone, so adding, removing or
 * reordering zones never moves a subnet that stays.
 * @throws ProblemsError listing everything that is wrong with the arguments.
 */
export function planSubnets(args: SubnetPlanArgs): PlannedSubnet[] {
  throwProblems("the subnet plan", subnetPlanProblems(args));
  const vpc = cidr(args.cidr);
  const plan = (tier: Tier, zones: readonly string[]): PlannedSubnet[] =>
    zones.map((zoneId) => {
      const zone = subnet(vpc, networkLimits.zoneBits.value, zoneNumber(zoneId) - 1);
      return { tier, zoneId, cidr: formatCidr(subnet(zone, TIERS[tier].bits, TIERS[tier].index)) };
    });
  return [...plan("public", args.zones), ...plan("private", args.zones), ...plan("intra", args.controlPlaneZones)];
}

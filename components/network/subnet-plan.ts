/** Which subnet has which addresses: a pure function of the VPC's block, the zone's number and the tier. */
import type { Problem } from "../core/checks";
import { throwProblems } from "../core/checks";
import { type Cidr, cidr, cidrProblems, formatCidr, parseCidr, subnet } from "../core/cidr";
import { networkLimits } from "../core/limits/network";
import { type ExtraTier, tierProblems, TIERS } from "./tiers";
import { zoneNumber, zonesProblems } from "./zones";

/** One subnet to make. */
export interface PlannedSubnet {
  /** A {@link Tier}, or the name of an extra one. */
  readonly tier: string;
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
  /** Tiers beside public, private and intra, by name. Adding one moves nothing. @default none */
  readonly tiers?: Readonly<Record<string, ExtraTier>>;
}

/** Name in the program of a tier's subnet in a zone. @param network name of the network. */
export function subnetName(network: string, tier: string, zoneId: string): string {
  return `${network}-${tier}-${zoneId}`;
}

/** The VPC's block; undefined when it is none that a VPC can have. */
function vpcBlock(text: string): Cidr | undefined {
  const { vpcLargest, vpcSmallest } = networkLimits;
  const block = parseCidr(text);
  return block && block.prefix >= vpcLargest.value && block.prefix <= vpcSmallest.value ? block : undefined;
}

function blockProblems(path: string, text: string): Problem[] {
  const { vpcLargest, vpcSmallest } = networkLimits;
  if (parseCidr(text) === undefined) return cidrProblems(path, text);
  if (vpcBlock(text) !== undefined) return [];
  return [
    {
      path,
      got: text,
      allowed: `a block from /${vpcLargest.value} to /${vpcSmallest.value}`,
      fix: "Choose another size: AWS refuses larger VPCs, and in smaller ones the tiers do not fit.",
    },
  ];
}

function zoneBlock(vpc: Cidr, index: number): Cidr {
  return subnet(vpc, networkLimits.zoneBits.value, index);
}

/** Everything that is wrong with a plan's arguments; empty when nothing is. */
export function subnetPlanProblems(args: SubnetPlanArgs): Problem[] {
  const vpc = vpcBlock(args.cidr);
  const strangers = args.controlPlaneZones.flatMap((zoneId, index) => (args.zones.includes(zoneId) ? [] : [index]));
  return [
    ...blockProblems("cidr", args.cidr),
    ...(vpc === undefined ? [] : tierProblems(zoneBlock(vpc, 0), args.tiers ?? {})),
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
 * The subnets of a VPC, by tier and zone. A zone's addresses depend on its number alone and a tier's on its own row, so
 * adding, removing or reordering zones and tiers never moves a subnet that stays.
 * @throws ProblemsError listing everything that is wrong with the arguments.
 */
export function planSubnets(args: SubnetPlanArgs): PlannedSubnet[] {
  throwProblems("the subnet plan", subnetPlanProblems(args));
  const vpc = cidr(args.cidr);
  const plan = (
    tier: string,
    { newBits, netNumber }: Pick<ExtraTier, "newBits" | "netNumber">,
    zones: readonly string[],
  ) =>
    zones.map((zoneId): PlannedSubnet => {
      const zone = zoneBlock(vpc, zoneNumber(zoneId) - 1);
      return { tier, zoneId, cidr: formatCidr(subnet(zone, newBits, netNumber)) };
    });
  return [
    ...plan("public", TIERS.public, args.zones),
    ...plan("private", TIERS.private, args.zones),
    ...plan("intra", TIERS.intra, args.controlPlaneZones),
    ...Object.entries(args.tiers ?? {}).flatMap(([name, tier]) => plan(name, tier, args.zones)),
  ];
}

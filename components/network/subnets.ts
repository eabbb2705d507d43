/** The subnets of a VPC, as planned, by tier and zone. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type PlannedSubnet, subnetName } from "./subnet-plan";
import type { Tier } from "./tiers";

/** One tier's subnets by zone id, in the order of the zones. */
export type ZoneSubnets = ReadonlyMap<string, aws.ec2.Subnet>;

/** All subnets of a VPC. */
export interface Subnets extends Readonly<Record<Tier, ZoneSubnets>> {
  /** Subnets of the extra tiers, by the tier's name. */
  readonly extra: ReadonlyMap<string, ZoneSubnets>;
}

/** Arguments of {@link declareSubnets}. */
export interface SubnetArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Pulumi's protection of each. */
  readonly protect: boolean;
  /** Zones whose subnets are not protected. */
  readonly retiringZones?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * How load balancer controllers find the subnets that are theirs.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const ROLE_TAGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  public: { "kubernetes.io/role/elb": "1" },
  private: { "kubernetes.io/role/internal-elb": "1" },
};

/** Declares the subnets of a plan. */
export function declareSubnets(
  name: string,
  plan: readonly PlannedSubnet[],
  args: SubnetArgs,
  parent: pulumi.ComponentResource,
): Subnets {
  const byTier = new Map<string, Map<string, aws.ec2.Subnet>>();
  for (const planned of plan) {
    const tier = byTier.get(planned.tier) ?? new Map<string, aws.ec2.Subnet>();
    byTier.set(planned.tier, tier.set(planned.zoneId, declareSubnet(name, planned, args, parent)));
  }
  const {
    public: open = new Map(),
    private: nodes = new Map(),
    intra = new Map(),
    ...extra
  } = Object.fromEntries(byTier);
  return { public: open, private: nodes, intra, extra: new Map(Object.entries(extra)) };
}

function declareSubnet(
  name: string,
  { tier, zoneId, cidr }: PlannedSubnet,
  { vpcId, protect, retiringZones = [], tags }: SubnetArgs,
  parent: pulumi.ComponentResource,
): aws.ec2.Subnet {
  const child = subnetName(name, tier, zoneId);
  return new aws.ec2.Subnet(
    child,
    {
      vpcId,
      availabilityZoneId: zoneId,
      cidrBlock: cidr,
      // Load balancer and NAT bring their own addresses; nothing else may be reachable from outside.
      mapPublicIpOnLaunch: false,
      tags: { ...tags, ...ROLE_TAGS[tier], "fridayproof.dev/tier": tier, Name: child },
    },
    { parent, protect: protect && !retiringZones.includes(zoneId) },
  );
}

/** The network of one environment: subnets by zone and tier, ways out, and nothing open by default. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../aws/after";
import { flowLogs } from "./flow-logs";
import { interfaceEndpoints } from "./endpoints";
import type { InterfaceService } from "./interface-services";
import { natGateways, type NatMode } from "./nat";
import { type SubnetRoutes, subnetRoutes } from "./routes";
import { type PlannedSubnet, planSubnets } from "./subnet-plan";
import { declareSubnets, type Subnets, type ZoneSubnets } from "./subnets";
import type { ExtraTier } from "./tiers";
import { zoneOrder } from "./zones";

/** Arguments of {@link Vpc}. */
export interface VpcArgs {
  /** Region of the environment. */
  readonly region: string;
  /** IPv4 block from /16 to /20, such as `10.10.0.0/16`; never changed after creation. */
  readonly cidr: string;
  /** Zone ids (not names) with node, load balancer and NAT subnets. Adding one moves nothing. */
  readonly zones: readonly string[];
  /** Zone ids of the control plane, part of `zones` and frozen at creation. */
  readonly controlPlaneZones: readonly string[];
  /**
   * Tiers beside public, private and intra, by name, each with a subnet in every zone. Adding one moves and changes
   * nothing that is there. @default none
   */
  readonly tiers?: Readonly<Record<string, ExtraTier>>;
  /** One NAT gateway for all zones (cheap, and down with its zone) or one per zone. @default "per-az" */
  readonly natGateways?: NatMode;
  /** Services with an interface endpoint in every zone; the others are reached through NAT. @default none */
  readonly interfaceEndpoints?: readonly InterfaceService[];
  /** Account number of twelve digits. */
  readonly accountId: string;
  /** How long flow logs are kept, one of CloudWatch Logs' periods. @unit days */
  readonly flowLogRetentionDays: number;
  /** KMS key of the flow logs; CloudWatch Logs must be allowed to use it. */
  readonly logsKeyArn: pulumi.Input<string>;
  /** Pulumi's protection on the VPC and its subnets. False only while the environment is torn down. */
  readonly protect: boolean;
  /** Zones that go: their subnets are not protected. @default none */
  readonly retiringZones?: readonly string[];
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

const defaults = { natGateways: "per-az", interfaceEndpoints: [] } as const;

/** Raw resources of {@link Vpc}. */
export interface VpcNodes {
  /** The VPC. */
  readonly vpc: aws.ec2.Vpc;
  /** The internet gateway. */
  readonly internetGateway: aws.ec2.InternetGateway;
  /** The subnets by tier and zone id; those of extra tiers by the tier's name under `extra`. */
  readonly subnets: Subnets;
  /** For each zone id the NAT gateway that serves it. */
  readonly natGateways: ReadonlyMap<string, aws.ec2.NatGateway>;
}

/**
 * A VPC with public, private and control-plane subnets. Children are named by zone id, so a zone more or less touches
 * no other zone. The control plane's subnets have no way out and never change.
 *
 * @example
 * ```typescript
 * const zones = ["use1-az1", "use1-az2", "use1-az4"];
 * new Vpc(
 *   "network",
 *   {
 *     region: "us-east-1",
 *     cidr: "10.30.0.0/16",
 *     zones,
 *     controlPlaneZones: zones,
 *     tiers: { data: { newBits: 3, netNumber: 6, egress: "none" } },
 *     interfaceEndpoints: ["ecr.api", "ecr.dkr"],
 *     accountId: "000000000000",
 *     flowLogRetentionDays: 90,
 *     logsKeyArn: keys.logsKeyArn,
 *     protect: true,
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class Vpc extends pulumi.ComponentResource {
  /** Id of the VPC. */
  public readonly vpcId: pulumi.Output<string>;
  /** The VPC's block, as given. */
  public readonly cidr: pulumi.Output<string>;
  /** Public subnets, for the load balancer and NAT, in the order of `zones`. */
  public readonly publicSubnetIds: pulumi.Output<string>[];
  /**
   * Private subnets, for nodes, by zone id; known once their way out exists. The order stays when a zone is added: the
   * control plane's zones come first.
   */
  public readonly privateSubnetIdByZone: Readonly<Record<string, pulumi.Output<string>>>;
  /**
   * NAT gateways, routes and endpoints. What runs on nodes reaches AWS by them, until the last finalizer is off: give it
   * them as `dependsOn`.
   */
  public readonly egress: readonly pulumi.Resource[];
  /** Control-plane subnets, in the order of `controlPlaneZones`. */
  public readonly intraSubnetIds: pulumi.Output<string>[];
  /** Subnets of the extra tiers by the tier's name, each list in the order of `zones`; known once their routes are set. */
  public readonly tierSubnetIds: Readonly<Record<string, pulumi.Output<string>[]>>;
  /** The internet gateway; an internet-facing load balancer is refused before it is attached. */
  public readonly internetGatewayId: pulumi.Output<string>;

  readonly #nodes: VpcNodes;

  /** @throws ProblemsError listing everything that is wrong with block and zones. */
  constructor(name: string, args: VpcArgs, opts?: pulumi.ComponentResourceOptions) {
    const plan = planSubnets(args);
    super("fridayproof:network:Vpc", name, {}, opts);

    const { vpc, subnets, internetGateway, nats, routes, egress } = declareParts(name, args, plan, this);
    this.#nodes = { vpc, internetGateway, subnets, natGateways: nats };
    this.vpcId = vpc.id;
    this.cidr = vpc.cidrBlock;
    this.publicSubnetIds = [...subnets.public.values()].map((subnet) => subnet.id);
    // Nodes that start before their way out exists cannot join, and the node group fails after 25 minutes.
    const idOf = (tier: string, zoneId: string, { id }: aws.ec2.Subnet): pulumi.Output<string> =>
      after(id, [routes.ready.get(`${tier}-${zoneId}`)]);
    const idsOf = (tier: string, zones: ZoneSubnets): pulumi.Output<string>[] =>
      [...zones].map(([zoneId, subnet]) => idOf(tier, zoneId, subnet));
    this.privateSubnetIdByZone = Object.fromEntries(
      zoneOrder(args.zones, args.controlPlaneZones).flatMap((zoneId) => {
        const subnet = subnets.private.get(zoneId);
        return subnet === undefined ? [] : [[zoneId, idOf("private", zoneId, subnet)]];
      }),
    );
    this.egress = egress;
    this.tierSubnetIds = Object.fromEntries([...subnets.extra].map(([tier, zones]) => [tier, idsOf(tier, zones)]));
    this.intraSubnetIds = [...subnets.intra.values()].map((subnet) => subnet.id);
    this.internetGatewayId = internetGateway.id;
    this.registerOutputs({
      vpcId: this.vpcId,
      cidr: this.cidr,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIdByZone: this.privateSubnetIdByZone,
      intraSubnetIds: this.intraSubnetIds,
      tierSubnetIds: this.tierSubnetIds,
      internetGatewayId: this.internetGatewayId,
    });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): VpcNodes {
    return this.#nodes;
  }
}

/** What the parts of a network are to those who refer to them. */
interface Parts {
  readonly vpc: aws.ec2.Vpc;
  readonly subnets: Subnets;
  readonly internetGateway: aws.ec2.InternetGateway;
  readonly nats: ReadonlyMap<string, aws.ec2.NatGateway>;
  readonly routes: SubnetRoutes;
  readonly egress: readonly pulumi.Resource[];
}

function declareParts(
  name: string,
  args: VpcArgs,
  plan: readonly PlannedSubnet[],
  parent: pulumi.ComponentResource,
): Parts {
  const tagsOf = (own: string): Record<string, string> => ({ ...args.tags, Name: own });
  const vpc = new aws.ec2.Vpc(
    `${name}-vpc`,
    { cidrBlock: args.cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: tagsOf(name) },
    { parent, protect: args.protect },
  );
  // AWS's default group lets all its members reach each other: emptied, it opens nothing.
  new aws.ec2.DefaultSecurityGroup(
    `${name}-default-security-group`,
    { vpcId: vpc.id, ingress: [], egress: [], tags: tagsOf(`${name}-closed`) },
    { parent },
  );
  flowLogs(name, { ...args, vpcId: vpc.id }, parent);
  const subnets = declareSubnets(name, plan, { ...args, vpcId: vpc.id }, parent);
  const internetGateway = new aws.ec2.InternetGateway(
    `${name}-internet-gateway`,
    { vpcId: vpc.id, tags: tagsOf(name) },
    { parent },
  );
  const { natGateways: mode = defaults.natGateways } = args;
  const nats = natGateways(name, { mode, ...args, internetGateway, subnets: subnets.public }, parent);
  const routes = subnetRoutes(name, { ...args, vpcId: vpc.id, internetGateway, nats, subnets }, parent);
  const { interfaceEndpoints: services = defaults.interfaceEndpoints } = args;
  const subnetIds = [...subnets.private.values()].map(({ id }) => id);
  const endpoints = interfaceEndpoints(name, { ...args, vpcId: vpc.id, subnetIds, services }, parent);
  const egress = [...new Set(nats.values()), ...routes.resources, ...endpoints];
  return { vpc, subnets, internetGateway, nats, routes, egress };
}

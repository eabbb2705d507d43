/** The network of one environment: subnets by zone and tier, ways out, and nothing open by default. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { flowLogs } from "./flow-logs";
import { type InterfaceService, interfaceEndpoints } from "./endpoints";
import { natGateways, type NatMode } from "./nat";
import { subnetRoutes } from "./routes";
import { type PlannedSubnet, planSubnets, type Tier } from "./subnet-plan";

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
  /** One NAT gateway for all zones (cheap, and down with its zone) or one per zone. @default "per-az" */
  readonly natGateways?: NatMode;
  /** Services with an interface endpoint in every zone; the others are reached through NAT. @default none */
  readonly interfaceEndpoints?: readonly InterfaceService[];
  /** Account number of twelve digits. */
  readonly accountId: string;
  /** How long flow logs are kept, one of the periods that CloudWatch Logs knows. @unit days */
  readonly flowLogRetentionDays: number;
  /** KMS key of the flow logs; CloudWatch Logs must be allowed to use it. */
  readonly logsKeyArn: pulumi.Input<string>;
  /** Pulumi's protection on the VPC and its subnets. False only while the environment is torn down. */
  readonly protect: boolean;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

const defaults = { natGateways: "per-az", interfaceEndpoints: [] } as const;

/**
 * How load balancer controllers find the subnets that are theirs.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const ROLE_TAGS: Readonly<Record<Tier, Readonly<Record<string, string>>>> = {
  public: { "kubernetes.io/role/elb": "1" },
  private: { "kubernetes.io/role/internal-elb": "1" },
  intra: {},
};

/**
 * A VPC with public, private and control-plane subnets. Children are named by zone id, so a zone more or less touches
 * no other zone. The control plane's subnets have no way out and never change.
 */
export class Vpc extends pulumi.ComponentResource {
  /** Id of the VPC. */
  public readonly vpcId: pulumi.Output<string>;
  /** The VPC's block, as given. */
  public readonly cidr: pulumi.Output<string>;
  /** Public subnets, for the load balancer and NAT, in the order of `zones`. */
  public readonly publicSubnetIds: pulumi.Output<string>[];
  /** Private subnets, for nodes, in the order of `zones`; known once their way out exists. */
  public readonly privateSubnetIds: pulumi.Output<string>[];
  /** Control-plane subnets, in the order of `controlPlaneZones`. */
  public readonly intraSubnetIds: pulumi.Output<string>[];
  /** The internet gateway; an internet-facing load balancer is refused before it is attached. */
  public readonly internetGatewayId: pulumi.Output<string>;

  /** @throws ProblemsError listing everything that is wrong with block and zones. */
  constructor(name: string, args: VpcArgs, opts?: pulumi.ComponentResourceOptions) {
    const plan = planSubnets(args);
    super("fridayproof:network:Vpc", name, {}, opts);

    const tagsOf = (own: string): Record<string, string> => ({ ...args.tags, Name: own });
    const vpc = new aws.ec2.Vpc(
      `${name}-vpc`,
      { cidrBlock: args.cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: tagsOf(name) },
      { parent: this, protect: args.protect },
    );
    // AWS's default group lets all its members talk to each other: emptied, nothing can hide in it.
    new aws.ec2.DefaultSecurityGroup(
      `${name}-default-security-group`,
      { vpcId: vpc.id, ingress: [], egress: [], tags: tagsOf(`${name}-closed`) },
      { parent: this },
    );
    flowLogs(name, { ...args, vpcId: vpc.id }, this);
    const subnets = this.subnets(name, args, plan, vpc);
    const internetGateway = new aws.ec2.InternetGateway(
      `${name}-internet-gateway`,
      { vpcId: vpc.id, tags: tagsOf(name) },
      { parent: this },
    );
    const mode = args.natGateways ?? defaults.natGateways;
    const nats = natGateways(name, { mode, ...args, internetGateway, subnets: subnets.public }, this);
    const ways = subnetRoutes(name, { ...args, vpcId: vpc.id, internetGateway, nats, subnets }, this);

    const services = args.interfaceEndpoints ?? defaults.interfaceEndpoints;
    const subnetIds = [...subnets.private.values()].map((subnet) => subnet.id);
    interfaceEndpoints(name, { ...args, vpcId: vpc.id, subnetIds, services }, this);

    this.vpcId = vpc.id;
    this.cidr = vpc.cidrBlock;
    this.publicSubnetIds = [...subnets.public.values()].map((subnet) => subnet.id);
    // Nodes that start before their way out exists cannot join, and the node group fails after 25 minutes.
    this.privateSubnetIds = [...subnets.private].map(([zoneId, subnet]) =>
      pulumi.all([subnet.id, ways.get(zoneId)]).apply(([id]) => id),
    );
    this.intraSubnetIds = [...subnets.intra.values()].map((subnet) => subnet.id);
    this.internetGatewayId = internetGateway.id;
    this.registerOutputs({
      vpcId: this.vpcId,
      cidr: this.cidr,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      intraSubnetIds: this.intraSubnetIds,
      internetGatewayId: this.internetGatewayId,
    });
  }

  private subnets(
    name: string,
    args: VpcArgs,
    plan: readonly PlannedSubnet[],
    vpc: aws.ec2.Vpc,
  ): Record<Tier, Map<string, aws.ec2.Subnet>> {
    const subnets: Record<Tier, Map<string, aws.ec2.Subnet>> = {
      public: new Map(),
      private: new Map(),
      intra: new Map(),
    };
    for (const { tier, zoneId, cidr } of plan) {
      const child = `${name}-${tier}-${zoneId}`;
      const subnet = new aws.ec2.Subnet(
        child,
        {
          vpcId: vpc.id,
          availabilityZoneId: zoneId,
          cidrBlock: cidr,
          // Load balancer and NAT bring their own addresses; nothing else may be reachable from outside.
          mapPublicIpOnLaunch: false,
          tags: { ...args.tags, ...ROLE_TAGS[tier], "fridayproof.dev/tier": tier, Name: child },
        },
        { parent: this, protect: args.protect },
      );
      subnets[tier].set(zoneId, subnet);
    }
    return subnets;
  }
}

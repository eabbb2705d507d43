/** The network of the runner: builds in a private subnet, one NAT gateway, one address for the lists of others. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { foundationLimits } from "../core/limits/foundation";
import { runnerSubnets } from "./runner-subnets";

/** Arguments of {@link runnerNetwork}. */
export interface RunnerNetworkArgs {
  /** Block of the runner's VPC; it meets no other network. */
  readonly cidr: string;
  /** Zone id of both subnets. */
  readonly zoneId: string;
  /** Pulumi's protection: the address is in every environment's list of deployers. */
  readonly protect: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Where builds run. */
export interface RunnerNetwork {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetId: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** The one address from which builds reach the internet. */
  readonly address: pulumi.Output<string>;
  /** What has to exist before a build can fetch anything. */
  readonly egress: pulumi.Resource;
}

/** Declares the network; nothing in it can be reached from outside. */
export function runnerNetwork(name: string, args: RunnerNetworkArgs, parent: pulumi.Resource): RunnerNetwork {
  const { cidr, zoneId, protect } = args;
  const [publicCidr, privateCidr] = runnerSubnets(cidr);
  const tagged = (own: string) => ({ tags: { ...args.tags, Name: own } });
  const vpc = new aws.ec2.Vpc(
    `${name}-vpc`,
    { cidrBlock: cidr, enableDnsSupport: true, enableDnsHostnames: true, ...tagged(name) },
    { parent, protect },
  );
  const vpcId = vpc.id;
  new aws.ec2.DefaultSecurityGroup(`${name}-closed`, { vpcId, ingress: [], egress: [] }, { parent });
  const subnet = (tier: string, cidrBlock: string): aws.ec2.Subnet =>
    new aws.ec2.Subnet(
      `${name}-${tier}`,
      { vpcId, availabilityZoneId: zoneId, cidrBlock, mapPublicIpOnLaunch: false, ...tagged(`${name}-${tier}`) },
      { parent, protect },
    );
  const outside = subnet("public", publicCidr);
  const privateSubnet = subnet("private", privateCidr);
  const gateway = new aws.ec2.InternetGateway(`${name}-internet-gateway`, { vpcId, ...tagged(name) }, { parent });
  const opts = { parent, dependsOn: [gateway] };
  // Protected: a new address is on no list, and every deployment would be refused.
  const address = new aws.ec2.Eip(`${name}-address`, { domain: "vpc", ...tagged(name) }, { ...opts, protect });
  const nat = new aws.ec2.NatGateway(
    `${name}-nat`,
    { allocationId: address.id, subnetId: outside.id, ...tagged(name) },
    opts,
  );
  routes(`${name}-public`, vpcId, outside.id, { gatewayId: gateway.id }, parent);
  const egress = routes(`${name}-private`, vpcId, privateSubnet.id, { natGatewayId: nat.id }, parent);
  const group = securityGroup(name, vpcId, args, parent);
  return { vpcId, subnetId: privateSubnet.id, securityGroupId: group.id, address: address.publicIp, egress };
}

function routes(
  name: string,
  vpcId: pulumi.Output<string>,
  subnetId: pulumi.Output<string>,
  gateway: Pick<aws.ec2.RouteArgs, "gatewayId" | "natGatewayId">,
  parent: pulumi.Resource,
): aws.ec2.Route {
  const table = new aws.ec2.RouteTable(`${name}-routes`, { vpcId, tags: { Name: name } }, { parent });
  new aws.ec2.RouteTableAssociation(`${name}-association`, { subnetId, routeTableId: table.id }, { parent });
  return new aws.ec2.Route(
    `${name}-default-route`,
    { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...gateway },
    { parent },
  );
}

function securityGroup(
  name: string,
  vpcId: pulumi.Output<string>,
  { tags }: RunnerNetworkArgs,
  parent: pulumi.Resource,
): aws.ec2.SecurityGroup {
  const description = "Builds reach out over HTTPS; nothing reaches in";
  const group = new aws.ec2.SecurityGroup(`${name}-builds`, { vpcId, description, tags }, { parent });
  const port = foundationLimits.https.value;
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-https-out`,
    { securityGroupId: group.id, cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: port, toPort: port },
    { parent },
  );
  return group;
}

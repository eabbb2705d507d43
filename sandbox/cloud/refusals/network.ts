/** Rows: what must fit together in a VPC: blocks, zones, gateways. */
import type { CloudObject } from "../account";
import type { Making } from "../aws/making";
import { WRITES, type Refusal } from "./row";

const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";
const IGW = "aws:ec2/internetGateway:InternetGateway";
const EC2_ERRORS = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";
const LB_API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html";
/** Blocks of VPCs and subnets: the largest and the smallest prefix. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const LARGEST = 16;
const SMALLEST = 28;
const BITS = 32;

interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** First and last address; undefined for what is no block, or has bits beyond its prefix. */
function parseBlock(text: string): Block | undefined {
  const [, address = "", length = ""] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(text) ?? [];
  const octets = address.split(".").map(Number);
  const prefix = Number(length);
  if (length === "" || prefix > BITS || octets.some((octet) => octet > 255)) return undefined;
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (BITS - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

function usable(text: string): Block | undefined {
  const block = parseBlock(text);
  return block && block.prefix >= LARGEST && block.prefix <= SMALLEST ? block : undefined;
}

/** The subnets that a load balancer or cluster names. */
export function subnetsOf(made: Making, ...paths: string[]): CloudObject[] {
  return paths.flatMap((path) => made.texts(path)).flatMap((id) => made.find(SUBNET, id) ?? []);
}

function hasGateway(made: Making, vpcId: unknown): boolean {
  return made.near(IGW).some(({ inputs }) => inputs.vpcId === vpcId);
}

function rule(
  name: string,
  code: string,
  type: string,
  source: string,
  refuses: Refusal["refuses"],
  operations = WRITES,
): Refusal {
  return {
    rule: name,
    code,
    service: type.split(":")[1]?.split("/")[0] ?? "",
    types: [type],
    operations,
    source,
    refuses,
  };
}

function outside(made: Making): string | undefined {
  const cidr = made.text("cidrBlock");
  const vpc = parseBlock(String(made.find(VPC, made.text("vpcId"))?.inputs.cidrBlock));
  const block = usable(cidr);
  const fits = cidr === "" || (block && (!vpc || (block.first >= vpc.first && block.last <= vpc.last)));
  return fits ? undefined : `The CIDR '${cidr}' is invalid.`;
}

function overlapping(made: Making): string | undefined {
  const block = parseBlock(made.text("cidrBlock"));
  const neighbours = made
    .near(SUBNET)
    .filter(({ id, inputs }) => id !== made.id && inputs.vpcId === made.text("vpcId"));
  const clash = neighbours.some(({ inputs }) => {
    const other = parseBlock(String(inputs.cidrBlock));
    return block && other && block.first <= other.last && other.first <= block.last;
  });
  return clash ? `The CIDR '${made.text("cidrBlock")}' conflicts with another subnet` : undefined;
}

function strangeZone(made: Making): string | undefined {
  const zones = made.caller.facts.regions[made.region]?.zones ?? {};
  for (const [property, known] of [
    ["availabilityZone", Object.keys(zones)],
    ["availabilityZoneId", Object.values(zones)],
  ] as const) {
    const given = made.text(property);
    if (given !== "" && !known.includes(given)) {
      return `Value (${given}) for parameter ${property} is invalid. Subnets can currently only be created in the following availability zones: ${known.join(", ")}.`;
    }
  }
  return undefined;
}

function crossesNetworks(made: Making): string | undefined {
  const [table, subnet] = [made.text("routeTableId"), made.text("subnetId")];
  const vpcs = [made.find("aws:ec2/routeTable:RouteTable", table), made.find(SUBNET, subnet)].map(
    (object) => object?.inputs.vpcId,
  );
  return subnet !== "" && vpcs[0] !== vpcs[1]
    ? `Route table ${table} and subnet ${subnet} belong to different networks`
    : undefined;
}

const LB = "aws:lb/loadBalancer:LoadBalancer";
const lbSubnets = (made: Making): CloudObject[] => subnetsOf(made, "subnets", "subnetMappings.subnetId");
const zonesOf = (subnets: readonly CloudObject[]): Set<unknown> =>
  new Set(subnets.map(({ outputs }) => outputs.availabilityZoneId));
const isApplication = (made: Making): boolean => made.text("loadBalancerType") === "application";

function foreignGroup(made: Making): string | undefined {
  const vpcId = lbSubnets(made)[0]?.inputs.vpcId;
  const foreign = made
    .texts("securityGroups")
    .some((id) => made.find("aws:ec2/securityGroup:SecurityGroup", id)?.inputs.vpcId !== vpcId);
  return foreign ? "One or more security groups are invalid" : undefined;
}

function unreachable(made: Making): string | undefined {
  const vpcId = lbSubnets(made)[0]?.inputs.vpcId;
  return made.inputs.internal !== true && vpcId !== undefined && !hasGateway(made, vpcId)
    ? `VPC ${String(vpcId)} has no internet gateway`
    : undefined;
}

/** Rows. */
export const NETWORK_ROWS: readonly Refusal[] = [
  rule("vpc block", "InvalidVpc.Range", VPC, EC2_ERRORS, (made) => {
    const cidr = made.text("cidrBlock");
    return cidr === "" || usable(cidr) ? undefined : `The CIDR '${cidr}' is invalid.`;
  }),
  rule("one gateway", "InvalidParameterValue", IGW, EC2_ERRORS, (made) => {
    const vpcId = made.text("vpcId");
    const other = made.near(IGW).some(({ id, inputs }) => vpcId !== "" && id !== made.id && inputs.vpcId === vpcId);
    return other ? `Network ${vpcId} already has an internet gateway attached` : undefined;
  }),
  rule("subnet zone", "InvalidParameterValue", SUBNET, EC2_ERRORS, strangeZone, ["create"]),
  rule("subnet range", "InvalidSubnet.Range", SUBNET, EC2_ERRORS, outside, ["create"]),
  rule("subnet conflict", "InvalidSubnet.Conflict", SUBNET, EC2_ERRORS, overlapping, ["create"]),
  rule(
    "different networks",
    "InvalidParameterValue",
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    EC2_ERRORS,
    crossesNetworks,
  ),
  rule(
    "nat gateway unattached",
    "Gateway.NotAttached",
    "aws:ec2/natGateway:NatGateway",
    EC2_ERRORS,
    (made) => {
      const vpcId = subnetsOf(made, "subnetId")[0]?.inputs.vpcId;
      const isPublic = made.text("connectivityType") !== "private";
      return isPublic && vpcId !== undefined && !hasGateway(made, vpcId)
        ? `Network ${String(vpcId)} has no Internet gateway attached`
        : undefined;
    },
    ["create"],
  ),
  rule("two zones", "ValidationError", LB, LB_API, (made) =>
    isApplication(made) && zonesOf(lbSubnets(made)).size < 2 && lbSubnets(made).length < 2
      ? "At least two subnets in two different Availability Zones must be specified"
      : undefined,
  ),
  rule("one subnet a zone", "InvalidConfigurationRequest", LB, LB_API, (made) =>
    zonesOf(lbSubnets(made)).size < lbSubnets(made).length
      ? "A load balancer cannot be attached to multiple subnets in the same Availability Zone"
      : undefined,
  ),
  rule("group of another vpc", "InvalidConfigurationRequest", LB, LB_API, foreignGroup),
  rule("no internet gateway", "InvalidSubnet", LB, LB_API, unreachable, ["create"]),
];

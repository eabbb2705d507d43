/** What must fit together in a VPC: blocks, zones, gateways. */
import type { CloudObject } from "../../account/account";
import type { ResourceContext } from "../object/resource-context";
import type { Check } from "./row";

const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
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
export function subnetsOf(ctx: ResourceContext, ...paths: string[]): CloudObject[] {
  return paths.flatMap((path) => ctx.texts(path)).flatMap((id) => ctx.find(SUBNET, id) ?? []);
}

/** Zone ids of subnets, each once. */
export function zonesOf(subnets: readonly CloudObject[]): string[] {
  return [...new Set(subnets.map(({ outputs }) => String(outputs.availabilityZoneId)))];
}

/** The subnet's VPC when no internet gateway is attached to it. */
export function closedVpc(ctx: ResourceContext, [subnet]: readonly CloudObject[]): { vpcId: unknown } | undefined {
  const vpcId = subnet?.inputs.vpcId;
  return vpcId === undefined || ctx.near(GATEWAY).some(({ inputs }) => inputs.vpcId === vpcId) ? undefined : { vpcId };
}

const subnetRange: Check = (made) => {
  const vpc = parseBlock(String(made.find(VPC, made.text("vpcId"))?.inputs.cidrBlock));
  const block = usable(made.text("cidrBlock"));
  const fits = block && (!vpc || (block.first >= vpc.first && block.last <= vpc.last));
  return made.text("cidrBlock") !== "" && !fits;
};

const subnetConflict: Check = (made) => {
  const block = parseBlock(made.text("cidrBlock"));
  const neighbours = made.near(SUBNET).filter(({ inputs }) => inputs.vpcId === made.text("vpcId"));
  return neighbours.some(({ id, inputs }) => {
    const other = parseBlock(String(inputs.cidrBlock));
    return id !== made.id && block && other && block.first <= other.last && other.first <= block.last;
  });
};

const subnetZone: Check = (made) => {
  const zones = Object.entries(made.caller.facts.regions[made.region]?.zones ?? {});
  for (const [at, property] of ["availabilityZone", "availabilityZoneId"].entries()) {
    const given = made.text(property);
    const known = zones.map((pair) => pair[at]);
    if (given !== "" && !known.includes(given)) return { given, property, known: known.join(", ") };
  }
  return undefined;
};

const differentNetworks: Check = (made) => {
  const table = made.find("aws:ec2/routeTable:RouteTable", made.text("routeTableId"));
  const [subnet] = subnetsOf(made, "subnetId");
  return made.text("subnetId") !== "" && table?.inputs.vpcId !== subnet?.inputs.vpcId;
};

/** Rows of rows.yaml, by name. */
export const NETWORK_CHECKS: Readonly<Record<string, Check>> = {
  vpcBlock: (made) => made.text("cidrBlock") !== "" && !usable(made.text("cidrBlock")),
  oneGateway: (made) =>
    made
      .near(GATEWAY)
      .some(({ id, inputs }) => inputs.vpcId !== undefined && id !== made.id && inputs.vpcId === made.inputs.vpcId),
  subnetZone,
  subnetRange,
  subnetConflict,
  differentNetworks,
  natWithoutGateway: (made) =>
    made.text("connectivityType") === "private" ? undefined : closedVpc(made, subnetsOf(made, "subnetId")),
};

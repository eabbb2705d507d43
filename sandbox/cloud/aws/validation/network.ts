/** What must fit together in a VPC: blocks, zones, gateways. */
import { type Cidr, contains, overlaps, parseCidr } from "@fridayproof/components/core";
import type { CloudObject } from "../../account/account";
import type { ResourceContext } from "../object/resource-context";
import type { Check } from "./rule";

const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
/** Blocks of VPCs and subnets: the largest and the smallest prefix. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const LARGEST = 16;
const SMALLEST = 28;
function usable(text: string): Cidr | undefined {
  const block = parseCidr(text);
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

const subnetRange: Check = (ctx) => {
  const vpc = parseCidr(String(ctx.find(VPC, ctx.text("vpcId"))?.inputs.cidrBlock));
  const block = usable(ctx.text("cidrBlock"));
  const fits = block && (!vpc || contains(vpc, block));
  return ctx.text("cidrBlock") !== "" && !fits;
};

const subnetConflict: Check = (ctx) => {
  const block = parseCidr(ctx.text("cidrBlock"));
  const neighbours = ctx.near(SUBNET).filter(({ inputs }) => inputs.vpcId === ctx.text("vpcId"));
  return neighbours.some(({ id, inputs }) => {
    const other = parseCidr(String(inputs.cidrBlock));
    return id !== ctx.id && block && other && overlaps(block, other);
  });
};

const subnetZone: Check = (ctx) => {
  const zones = Object.entries(ctx.caller.facts.regions[ctx.region]?.zones ?? {});
  for (const [at, property] of ["availabilityZone", "availabilityZoneId"].entries()) {
    const given = ctx.text(property);
    const known = zones.map((pair) => pair[at]);
    if (given !== "" && !known.includes(given)) return { given, property, known: known.join(", ") };
  }
  return undefined;
};

const differentNetworks: Check = (ctx) => {
  const table = ctx.find("aws:ec2/routeTable:RouteTable", ctx.text("routeTableId"));
  const [subnet] = subnetsOf(ctx, "subnetId");
  return ctx.text("subnetId") !== "" && table?.inputs.vpcId !== subnet?.inputs.vpcId;
};

/** Checks of rules.yaml, by name. */
export const NETWORK_CHECKS: Readonly<Record<string, Check>> = {
  vpcBlock: (ctx) => ctx.text("cidrBlock") !== "" && !usable(ctx.text("cidrBlock")),
  oneGateway: (ctx) =>
    ctx
      .near(GATEWAY)
      .some(({ id, inputs }) => inputs.vpcId !== undefined && id !== ctx.id && inputs.vpcId === ctx.inputs.vpcId),
  subnetZone,
  subnetRange,
  subnetConflict,
  differentNetworks,
  natWithoutGateway: (ctx) =>
    ctx.text("connectivityType") === "private" ? undefined : closedVpc(ctx, subnetsOf(ctx, "subnetId")),
};

/** How much of each thing the environments need of an account: what has to be requested from AWS before they come up. */
import type { Problem } from "@fridayproof/components/core";
import { foundationQuotas, type Limit } from "@fridayproof/components/core/limits";
import { cpusOf } from "../environments/capacity";
import type { EnvironmentInput } from "../environments/schema";
import type { Foundation } from "./foundation";

/** A quota of Service Quotas. */
export interface Quota {
  readonly service: string;
  readonly code: string;
  /** As the console calls it. */
  readonly name: string;
  /** What a new account has. */
  readonly limit: Limit;
  /** Whether AWS starts new accounts below its documented default: then it is read in any case. */
  readonly startsLower?: boolean;
  /** Where quotas of the whole account are read, whatever the region. */
  readonly accountWide?: boolean;
}

/**
 * Codes and names as the service lists them.
 * Source: `aws service-quotas list-aws-default-service-quotas`, as gruntwork-io/terraform-aws-utilities recorded its responses
 * on 2026-03-26 (modules/request-quota-increase); those of IAM: https://docs.aws.amazon.com/general/latest/gr/iam-service.html;
 * those of RDS: https://docs.aws.amazon.com/general/latest/gr/aurora.html
 */
export const QUOTAS = {
  elasticIps: { service: "ec2", code: "L-0263D0A3", name: "EC2-VPC Elastic IPs", limit: foundationQuotas.elasticIps },
  standardVcpus: {
    service: "ec2",
    code: "L-1216C47A",
    name: "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances, in vCPUs",
    limit: foundationQuotas.standardVcpus,
    startsLower: true,
  },
  vpcs: { service: "vpc", code: "L-F678F1CE", name: "VPCs per Region", limit: foundationQuotas.vpcs },
  internetGateways: {
    service: "vpc",
    code: "L-A4707A72",
    name: "Internet gateways per Region",
    limit: foundationQuotas.internetGateways,
  },
  natGatewaysPerZone: {
    service: "vpc",
    code: "L-FE5A380F",
    name: "NAT gateways per Availability Zone",
    limit: foundationQuotas.natGatewaysPerZone,
  },
  gatewayEndpoints: {
    service: "vpc",
    code: "L-1B52E74A",
    name: "Gateway VPC endpoints per Region",
    limit: foundationQuotas.gatewayEndpoints,
  },
  interfaceEndpointsPerVpc: {
    service: "vpc",
    code: "L-29B6F2EB",
    name: "Interface VPC endpoints per VPC",
    limit: foundationQuotas.interfaceEndpointsPerVpc,
  },
  rulesPerGroup: {
    service: "vpc",
    code: "L-0EA8095F",
    name: "Inbound or outbound rules per security group",
    limit: foundationQuotas.rulesPerGroup,
  },
  loadBalancers: {
    service: "elasticloadbalancing",
    code: "L-53DA6B97",
    name: "Application Load Balancers per Region",
    limit: foundationQuotas.loadBalancers,
  },
  targetGroups: {
    service: "elasticloadbalancing",
    code: "L-B22855CB",
    name: "Target Groups per Region",
    limit: foundationQuotas.targetGroups,
  },
  clusters: { service: "eks", code: "L-1194D53C", name: "Clusters", limit: foundationQuotas.clusters },
  nodeGroupsPerCluster: {
    service: "eks",
    code: "L-6D54EA21",
    name: "Managed node groups per cluster",
    limit: foundationQuotas.nodeGroupsPerCluster,
  },
  nodesPerGroup: {
    service: "eks",
    code: "L-BD136A63",
    name: "Nodes per managed node group",
    limit: foundationQuotas.nodesPerGroup,
  },
  databaseClusters: {
    service: "rds",
    code: "L-952B80B8",
    name: "DB clusters",
    limit: foundationQuotas.databaseClusters,
  },
  databaseInstances: {
    service: "rds",
    code: "L-7B6409FD",
    name: "DB instances",
    limit: foundationQuotas.databaseInstances,
  },
  roles: {
    service: "iam",
    code: "L-FE177D64",
    name: "Roles per account",
    limit: foundationQuotas.roles,
    accountWide: true,
  },
  policiesPerRole: {
    service: "iam",
    code: "L-0DA4ABF3",
    name: "Managed policies per role",
    limit: foundationQuotas.policiesPerRole,
    accountWide: true,
  },
} as const satisfies Readonly<Record<string, Quota>>;

/** Name of a quota in {@link QUOTAS}. */
export type QuotaName = keyof typeof QUOTAS;

/** How much of a quota is needed in a region. */
export interface Need {
  readonly quota: QuotaName;
  readonly region: string;
  readonly needed: number;
}

/** Where quotas of the whole account are kept. Source: https://docs.aws.amazon.com/servicequotas/latest/userguide/intro.html */
const ACCOUNT_REGION = "us-east-1";

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const slotsOf = ({ slots }: EnvironmentInput): number => Object.keys(slots).length;

/** vCPUs of one slot with every pool at its maximum, to which the autoscaler may take it any day. */
function cpusOfSlot({ pools }: EnvironmentInput): number {
  return sum(Object.values(pools).map(({ instanceType, size }) => size.max * (cpusOf(instanceType) ?? 0)));
}

/** One more of something for the largest environment: generations of clusters are replaced one environment at a time. */
function withSecondSlot(all: readonly EnvironmentInput[], ofSlot: (each: EnvironmentInput) => number): number {
  const single = all.filter((each) => slotsOf(each) === 1).map(ofSlot);
  return sum(all.map((each) => slotsOf(each) * ofSlot(each))) + Math.max(0, ...single);
}

function natZones({ natGateways, zones }: EnvironmentInput): readonly string[] {
  return natGateways === "single" ? zones.slice(0, 1) : zones;
}

function mostInOneZone(zones: readonly string[]): number {
  return Math.max(0, ...zones.map((zone) => zones.filter((other) => other === zone).length));
}

function regionNeeds(
  region: string,
  all: readonly EnvironmentInput[],
  runners: Foundation["runners"],
): Partial<Record<QuotaName, number>> {
  const here = all.filter((each) => each.region === region);
  const own = runners.filter((each) => each.region === region);
  if (here.length + own.length === 0) return {};
  const nats = [...here.flatMap(natZones), ...own.map(({ zoneId }) => zoneId)];
  const networks = here.length + own.length;
  const most = (numberOf: (each: EnvironmentInput) => number): number => Math.max(0, ...here.map(numberOf));
  return {
    elasticIps: nats.length,
    standardVcpus: withSecondSlot(here, cpusOfSlot),
    vpcs: networks + foundationQuotas.ownVpcs.value,
    internetGateways: networks + foundationQuotas.ownVpcs.value,
    natGatewaysPerZone: mostInOneZone(nats),
    gatewayEndpoints: here.length,
    interfaceEndpointsPerVpc: most(({ interfaceEndpoints }) => Object.keys(interfaceEndpoints).length),
    rulesPerGroup: foundationQuotas.rulesOfEnvironment.value,
    loadBalancers: here.length,
    targetGroups: 2 * here.length,
    clusters: withSecondSlot(here, () => 1),
    nodeGroupsPerCluster: most(({ pools, zones }) => Object.keys(pools).length * zones.length),
    nodesPerGroup: most(({ pools }) => Math.max(...Object.values(pools).map(({ size }) => size.max))),
    databaseClusters: here.filter(({ database }) => database !== undefined).length,
    databaseInstances: sum(here.map(({ database }) => database?.instances ?? 0)),
  };
}

/**
 * What all environments and the foundation need, in each region and in the account: pools at their maximum, and a second
 * slot in one environment of each region while its generation is replaced. Nothing else that is in the account is counted.
 */
export function neededQuotas(environments: readonly EnvironmentInput[], foundation: Foundation): Need[] {
  const regional = foundation.regions.flatMap((region) =>
    Object.entries(regionNeeds(region, environments, foundation.runners)).map(([quota, needed]) => ({
      quota: quota as QuotaName,
      region,
      needed,
    })),
  );
  const slots = withSecondSlot(environments, () => 1);
  const roles =
    slots * foundationQuotas.rolesPerSlot.value + environments.length + foundationQuotas.rolesOfAccount.value;
  return [
    ...regional,
    { quota: "roles", region: ACCOUNT_REGION, needed: roles },
    { quota: "policiesPerRole", region: ACCOUNT_REGION, needed: deployDocumentCount(foundation.regions) },
  ];
}

/** Documents of the deploy role: two, and for every few regions one for each of four subjects (components/foundation/deploy-documents.ts). */
export function deployDocumentCount(regions: readonly string[]): number {
  return 2 + 4 * Math.ceil(regions.length / foundationQuotas.regionsPerDocument.value);
}

/** Whether a plan reads it from AWS: the default does not do, or a new account may have less. */
export function isRequested({ quota, needed }: Need): boolean {
  const { limit, startsLower }: Quota = QUOTAS[quota];
  return startsLower === true || needed > limit.value;
}

/** The command that requests it from AWS. */
export function requestCommand({ quota, region, needed }: Need): string {
  const { service, code } = QUOTAS[quota];
  return `aws service-quotas request-service-quota-increase --region ${region} --service-code ${service} --quota-code ${code} --desired-value ${needed}`;
}

/** What is wrong with a quota as the account has it; empty when it is enough. */
export function quotaProblems(need: Need, there: number): Problem[] {
  if (there >= need.needed) return [];
  const { service, code, name } = QUOTAS[need.quota];
  return [
    {
      path: `${name} (${service} ${code}) in ${need.region}`,
      got: there,
      allowed: `${need.needed} or more, which the environments need while one of them has two slots`,
      fix: `Request it from AWS, which may take days: ${requestCommand(need)}`,
    },
  ];
}

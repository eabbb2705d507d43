/** What the environments need of an account, against what their own plans hold, and what is said where there is less. */
import { describe, expect, test } from "vitest";
import { ProblemsError } from "../../components/core/checks";
import { foundationQuotas } from "../../components/core/limits/foundation-quotas";
import { limitOf, loadFacts, lowerQuotas } from "../../sandbox/cloud/aws/object/facts";
import { awsPackage } from "../../sandbox/cloud/aws/package";
import { sandboxPackages } from "../../sandbox/cloud/packages";
import { dev } from "../../stacks/environments/dev";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { environments } from "../../stacks/environments/environments";
import { foundation } from "../../stacks/account/foundation";
import { prod } from "../../stacks/environments/prod";
import {
  deployDocumentCount,
  isRequested,
  type Need,
  neededQuotas,
  type Quota,
  quotaProblems,
  type QuotaName,
  QUOTAS,
  requestCommand,
} from "../../stacks/account/quotas";
import { staging } from "../../stacks/environments/staging";
import { emptyAccount, foundationGraph } from "../support/foundation-account";
import type { Graph } from "../support/graph";
import { stackGraph } from "../support/stack-graph";

const needs = (all: readonly EnvironmentInput[], where = "us-east-1"): Partial<Record<QuotaName, number>> =>
  Object.fromEntries(
    neededQuotas(all, foundation)
      .filter(({ region }) => region === where)
      .map(({ quota, needed }) => [quota, needed]),
  );
const green = (input: EnvironmentInput): EnvironmentInput => ({
  ...input,
  slots: { ...input.slots, green: { kubernetes: "1.35" } },
});

describe("what is needed", () => {
  test("of a region is what its environments take, with a second slot in one of them", () => {
    expect(needs([dev, staging, prod])).toEqual({
      // One gateway in dev, one in each of three zones in staging and prod.
      elasticIps: 1 + 3 + 3,
      // Pools at their maximum: 4 × 2, 9 × 4 and 16 × 4; production once more.
      standardVcpus: 8 + 36 + 64 + 64,
      // And AWS's own default VPC.
      vpcs: 4,
      internetGateways: 4,
      natGatewaysPerZone: 3,
      gatewayEndpoints: 3,
      interfaceEndpointsPerVpc: 7,
      rulesPerGroup: 12,
      loadBalancers: 3,
      targetGroups: 6,
      clusters: 3 + 1,
      nodeGroupsPerCluster: 6,
      nodesPerGroup: 10,
      databaseClusters: 1,
      databaseInstances: 2,
      roles: 4 * 15 + 3 + 20,
      policiesPerRole: deployDocumentCount(foundation.regions),
    });
  });

  test("is no more while the second slot stands than before", () => {
    const { standardVcpus, clusters } = needs([green(prod)]);
    expect({ standardVcpus, clusters }).toEqual({ standardVcpus: 128, clusters: 2 });
    expect(needs([prod])).toMatchObject({ standardVcpus: 128, clusters: 2 });
  });

  test("counts runners, each region by itself, and nothing where nothing stands", () => {
    const runners = [{ region: "us-west-2", zoneId: "usw2-az1", cidr: "10.255.0.0/27" }];
    const all = neededQuotas([dev], { ...foundation, runners });
    const of = (region: string, quota: QuotaName) =>
      all.find((need) => need.region === region && need.quota === quota)?.needed;
    expect([of("us-east-1", "elasticIps"), of("us-west-2", "elasticIps"), of("us-west-2", "vpcs")]).toEqual([1, 1, 2]);
    expect(neededQuotas([dev], foundation).filter(({ region }) => region === "us-west-2")).toEqual([]);
  });
});

describe("a quota", () => {
  const addresses: Need = { quota: "elasticIps", region: "us-east-1", needed: 7 };

  test("is asked for by a command", () => {
    expect(requestCommand(addresses)).toBe(
      "aws service-quotas request-service-quota-increase --region us-east-1 --service-code ec2 --quota-code L-0263D0A3 --desired-value 7",
    );
  });

  test("that is too small is told with its name, code and region, what is there, what is needed and the command", () => {
    expect(quotaProblems(addresses, 5)).toEqual([
      {
        path: "EC2-VPC Elastic IPs (ec2 L-0263D0A3) in us-east-1",
        got: 5,
        allowed: "7 or more, which the environments need while one of them has two slots",
        fix: `Request it from AWS, which may take days: ${requestCommand(addresses)}`,
      },
    ]);
    expect(quotaProblems(addresses, 7)).toEqual([]);
  });

  test("is asked about where the default does not do, and vCPUs always: AWS starts new accounts lower", () => {
    const requested = (quota: QuotaName, needed: number) => isRequested({ quota, region: "us-east-1", needed });
    expect([requested("elasticIps", 5), requested("elasticIps", 6), requested("standardVcpus", 1)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test("has the sandbox's default, and the raised account holds what all environments need", () => {
    const rows = Object.values(loadFacts().quotas);
    const rowOf = (name: QuotaName) => rows.find(({ quota }) => quota === QUOTAS[name].code);
    const names = Object.keys(QUOTAS) as QuotaName[];
    expect(names.map((name) => [name, rowOf(name)?.service, rowOf(name)?.default])).toEqual(
      names.map((name) => [name, QUOTAS[name].service, (QUOTAS[name] as Quota).limit.value]),
    );
    const short = neededQuotas(environments, foundation).filter(
      ({ quota, needed }) => (rowOf(quota)?.raised ?? 0) < needed,
    );
    expect(short).toEqual([]);
  });
});

describe("the plan of", () => {
  const ofType = (graph: Graph, type: string) => graph.ofType(type).length;
  const most = (graph: Graph, type: string, by: string): number => {
    const counts = new Map<unknown, number>();
    for (const { inputs } of graph.ofType(type)) {
      const key = JSON.stringify(inputs[by]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return Math.max(0, ...counts.values());
  };

  test.each(environments.map((each) => [each.name, each] as const))("%s takes no more", async (name, input) => {
    const graph = await stackGraph(name, { preview: true });
    const single = needs([input], input.region);
    const endpoints = graph.ofType("aws:ec2/vpcEndpoint:VpcEndpoint");
    const interfaces = endpoints.filter(({ inputs }) => inputs.vpcEndpointType === "Interface").length;
    expect({
      elasticIps: ofType(graph, "aws:ec2/eip:Eip"),
      vpcs: ofType(graph, "aws:ec2/vpc:Vpc") + 1,
      internetGateways: ofType(graph, "aws:ec2/internetGateway:InternetGateway") + 1,
      gatewayEndpoints: endpoints.length - interfaces,
      interfaceEndpointsPerVpc: interfaces,
      loadBalancers: ofType(graph, "aws:lb/loadBalancer:LoadBalancer"),
      targetGroups: ofType(graph, "aws:lb/targetGroup:TargetGroup"),
      clusters: ofType(graph, "aws:eks/cluster:Cluster") + 1,
    }).toEqual({
      elasticIps: single.elasticIps,
      vpcs: single.vpcs,
      internetGateways: single.internetGateways,
      gatewayEndpoints: single.gatewayEndpoints,
      interfaceEndpointsPerVpc: single.interfaceEndpointsPerVpc,
      loadBalancers: single.loadBalancers,
      targetGroups: single.targetGroups,
      clusters: single.clusters,
    });
    const rules = Math.max(
      most(graph, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "securityGroupId"),
      most(graph, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "securityGroupId"),
    );
    expect(rules).toBeLessThanOrEqual(foundationQuotas.rulesOfEnvironment.value);
    expect(ofType(graph, "aws:iam/role:Role")).toBeLessThanOrEqual(foundationQuotas.rolesPerSlot.value + 1);
    expect(ofType(graph, "aws:eks/nodeGroup:NodeGroup")).toBeLessThanOrEqual(single.nodeGroupsPerCluster ?? 0);
  });
});

describe("the foundation", () => {
  const failing = async (config: Record<string, string> = {}) => {
    const account = emptyAccount();
    const packages = sandboxPackages(account, "default");
    return foundationGraph({ preview: true, allowErrors: true, account, packages, config });
  };

  /** What the environments need above AWS's defaults; of three in us-east-1 these are addresses and vCPUs. */
  const tooSmall = (): string => {
    const problems = neededQuotas(environments, foundation)
      .filter(isRequested)
      .flatMap((need) => quotaProblems(need, QUOTAS[need.quota].limit.value));
    expect(problems.map(({ path }) => path).join("\n")).toContain("EC2-VPC Elastic IPs (ec2 L-0263D0A3) in us-east-1");
    return new ProblemsError("the quotas of the account", problems).message;
  };

  test("of an account at AWS's defaults ends in its plan, with every quota that is too small", async () => {
    const { diagnostics, exitCode, steps } = await failing();
    expect(exitCode).not.toBe(0);
    expect(steps.filter(({ urn }) => /(::|\$)aws:/.test(urn))).toEqual([]);
    const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
    expect(errors.join("\n")).toContain(tooSmall());
  });

  test("of an account that was raised in one region only ends in its plan, with the other region's", async () => {
    const account = emptyAccount();
    const facts = { ...loadFacts(), quotaLevels: { "us-west-2": "default" } as const };
    const packages = [awsPackage(account, facts), ...sandboxPackages(account).slice(1)];
    const { diagnostics, exitCode } = await foundationGraph({ preview: true, allowErrors: true, account, packages });
    expect(exitCode).not.toBe(0);
    const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
    expect(errors.join("\n")).toContain("(ec2 L-1216C47A) in us-west-2: got 5; allowed: 128 or more");
    expect(errors.join("\n")).not.toContain("us-east-1: got");
  });

  test("counts what one region may hold less of than another, and nothing that the account has once", () => {
    const facts = { ...loadFacts(), quotaLevels: { "us-west-2": "default" } as const };
    expect(lowerQuotas(facts, "us-west-2", "us-east-1")).toEqual([
      ...["vpcs 5 of 10", "internetGateways 5 of 10", "natGatewaysPerZone 5 of 10", "addresses 5 of 30"],
      "standardVcpus 5 of 512",
    ]);
    expect(lowerQuotas(facts, "us-east-1", "us-west-2")).toEqual([]);
    expect(loadFacts("default").quotaLevels).toEqual({});
    expect(limitOf(facts, facts.quotas["policiesPerRole"] as (typeof facts.quotas)[string], "global")).toBe(20);
  });

  test("goes on where it is told to, and warns", async () => {
    const { diagnostics, exitCode } = await failing({ "fridayproof:quotas": "warn" });
    expect(exitCode).toBe(0);
    const warnings = diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => message);
    expect(warnings.join("\n")).toContain(tooSmall());
  });

  test("gives the deploy role as many documents as are counted", async () => {
    const graph = await foundationGraph({ preview: true });
    expect(graph.resources.filter(({ name }) => /^roles-deploy-.*-attached$/.test(name))).toHaveLength(
      deployDocumentCount(foundation.regions),
    );
  });
});

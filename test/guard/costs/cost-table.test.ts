/** The cost table of a plan: what is counted, and that nothing without a price counts as zero. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costTable, totalOf } from "../../../guard/costs/cost-table";
import { messageOf } from "../../support/message-of";
import { ADD, counted, type Inputs, problem, provider, resource, tableOf, urn } from "../../support/planned";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

function pool(size: { min: number; desired: number; max: number }, template: Inputs = {}, group: Inputs = {}) {
  const disk = { deviceName: "/dev/xvda", ebs: { volumeType: "gp3", volumeSize: 50 } };
  return [
    resource(TEMPLATE, "apps-template", { instanceType: "t3.large", blockDeviceMappings: [disk], ...template }),
    resource(
      "aws:eks/nodeGroup:NodeGroup",
      "apps-nodes",
      {
        capacityType: "ON_DEMAND",
        scalingConfig: { minSize: size.min, desiredSize: size.desired, maxSize: size.max },
        ...group,
      },
      { propertyDependencies: { launchTemplate: [urn(TEMPLATE, "apps-template")] } },
    ),
  ];
}

const sized = { min: 2, desired: 3, max: 5 };

describe("a cost table counts", () => {
  test("nodes by the type in their launch template, and their disks, with both ends of the autoscaler", () => {
    const { costs, usage } = tableOf(...pool(sized));
    expect(costs.map(({ price, quantity, least, most }) => [price, quantity, least, most])).toEqual([
      ["t3.large", 3, 2, 5],
      ["gp3", 150, 100, 250],
    ]);
    expect(usage.map(({ price }) => price)).toEqual(["cpuSurplus", "betweenZones"]);
    expect(totalOf(costs)).toBeCloseTo(3 * 0.0832 * 730 + 150 * 0.08, 9);
    expect(totalOf(costs, "least")).toBeCloseTo(2 * 0.0832 * 730 + 100 * 0.08, 9);
    expect(totalOf(costs, "most")).toBeCloseTo(5 * 0.0832 * 730 + 250 * 0.08, 9);
  });

  test("interface endpoints by zone, and gateway endpoints not at all", () => {
    const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
    const { costs } = tableOf(
      resource(type, "s3", { vpcEndpointType: "Gateway" }),
      resource(type, "ec2", { vpcEndpointType: "Interface", subnetIds: ["a", "b", "c"] }),
    );
    expect(counted(costs)).toEqual([["interfaceEndpoint", 3]]);
  });

  test.each([
    [
      false,
      [
        ["loadBalancer", 1],
        ["publicIpv4", 2],
      ],
    ],
    [true, [["loadBalancer", 1]]],
  ])("a load balancer, internal %s, with an address per zone that the internet sees", (internal, expected) => {
    const type = "aws:lb/loadBalancer:LoadBalancer";
    const { costs } = tableOf(
      resource(type, "alb", { loadBalancerType: "application", internal, subnets: ["a", "b"] }),
    );
    expect(counted(costs)).toEqual(expected);
  });

  test("each feature of a health check", () => {
    const inputs = { type: "HTTPS_STR_MATCH", requestInterval: 10, measureLatency: true };
    const { costs } = tableOf(resource("aws:route53/healthCheck:HealthCheck", "health", inputs));
    expect(counted(costs)).toEqual([
      ["healthCheck", 1],
      ["healthCheckFeature", 4],
    ]);
    const plain = { type: "HTTP", requestInterval: 30, measureLatency: false };
    const { costs: less } = tableOf(resource("aws:route53/healthCheck:HealthCheck", "health", plain));
    expect(counted(less)).toEqual([["healthCheck", 1]]);
  });

  test("of secrets that objects read, the requests alone: the secret is billed where it is declared", () => {
    const type = "kubernetes:external-secrets.io/v1:ExternalSecret";
    const { costs, usage } = tableOf(
      resource(type, "blue", {
        spec: { data: [{ remoteRef: { key: "oidc", property: "a" } }, { remoteRef: { key: "oidc", property: "b" } }] },
      }),
      resource(type, "green", { spec: { dataFrom: [{ extract: { key: "oidc" } }, { extract: { key: "on-call" } }] } }),
    );
    expect(costs).toEqual([]);
    expect(usage.map(({ price, resources }) => [price, resources])).toEqual([["secretRequests", ["blue", "green"]]]);
  });

  test("instances of a database by their class, what it stores by use, and a secret once for each region", () => {
    const { costs, usage } = tableOf(
      resource("aws:rds/cluster:Cluster", "db", { engine: "aurora-postgresql" }),
      resource("aws:rds/clusterInstance:ClusterInstance", "one", { instanceClass: "db.r6g.large" }),
      resource("aws:rds/clusterInstance:ClusterInstance", "two", { instanceClass: "db.r6g.large" }),
      resource("aws:secretsmanager/secret:Secret", "master", { replicas: [{ region: "us-west-2" }] }),
      resource("aws:backup/plan:Plan", "daily", {}),
      resource("aws:backup/vault:Vault", "vault", {}),
      resource("aws:rds/subnetGroup:SubnetGroup", "subnets", {}),
    );
    expect(totalOf(costs)).toBeCloseTo(2 * 0.26 * 730 + 2 * 0.4, 9);
    expect(usage.map(({ price }) => price)).toEqual(
      expect.arrayContaining(["auroraStored", "auroraRequests", "auroraBackups", "betweenRegions", "secretRequests"]),
    );
  });

  test("components not at all, and every key, replicas included", () => {
    const { costs } = tableOf(
      resource("fridayproof:network:Vpc", "network", {}, { custom: false }),
      resource("aws:kms/key:Key", "key"),
      resource("aws:kms/replicaKey:ReplicaKey", "replica"),
    );
    expect(counted(costs)).toEqual([
      ["kmsKey", 1],
      ["kmsKey", 1],
    ]);
  });

  test("a resource where its own provider lies", () => {
    const oregon = provider("us-west-2", "west");
    const { costs } = tableOf(oregon, resource("aws:kms/key:Key", "key", {}, { provider: `${oregon.urn}::id` }));
    expect(costs.map(({ unitPrice: row }) => row.region)).toEqual(["us-west-2"]);
  });

  test("a resource in the region that it names itself", () => {
    const { costs } = tableOf(resource("aws:kms/key:Key", "key", { region: "us-west-2" }));
    expect(costs.map(({ unitPrice: row }) => row.region)).toEqual(["us-west-2"]);
  });
});

describe("a cost table refuses", () => {
  test("a type that nobody has classified", () => {
    const line =
      'proxy: got "aws:rds/instance:Instance"; allowed: a type that guard/costs/billed-types.ts or guard/costs/free-types.ts names; fix: Find out what AWS bills for it, and add it to one of the two.';
    expect(messageOf(() => tableOf(resource("aws:rds/instance:Instance", "proxy")))).toBe(problem(line));
  });

  test("a region without prices, and says so once for each that is billed", () => {
    const line =
      'key.region: got "eu-central-1"; allowed: us-east-1, us-west-2; fix: Read the region\'s prices and add them to guard/costs/prices.ts.';
    const plan = [provider("eu-central-1"), resource("aws:kms/key:Key", "key"), resource("aws:iam/role:Role", "role")];
    expect(messageOf(() => costTable("the costs of test", plan))).toBe(problem(line));
  });

  const node = "apps-nodes";
  test.each([
    [
      pool(sized, { instanceType: "p5.48xlarge" }),
      `${node}.launchTemplate.instanceType: got "p5.48xlarge"; allowed: an instance type that has a price; ${ADD}`,
    ],
    [
      [resource("aws:rds/clusterInstance:ClusterInstance", "one", { instanceClass: "db.x2g.large" })],
      `one.instanceClass: got "db.x2g.large"; allowed: a class that has a price; ${ADD}`,
    ],
    [pool(sized, {}, { capacityType: "SPOT" }), `${node}.capacityType: got "SPOT"; allowed: ON_DEMAND; ${ADD}`],
    [
      pool(sized, {}, { scalingConfig: { minSize: 2 } }),
      `${node}.scalingConfig: got {"minSize":2}; allowed: three numbers of nodes; ${ADD}`,
    ],
    [
      pool(sized, { blockDeviceMappings: [] }),
      `${node}.apps-template.blockDeviceMappings: got []; allowed: the disks of a node; ${ADD}`,
    ],
    [
      pool(sized, { blockDeviceMappings: [{ ebs: { volumeType: "gp3", volumeSize: 50, iops: 6000 } }] }),
      `${node}.apps-template.blockDeviceMappings: got {"iops":6000}; allowed: the volume type's included speed; ${ADD}`,
    ],
    [pool(sized).slice(1), `${node}.launchTemplate: got nothing; allowed: a launch template of the same plan; ${ADD}`],
    [
      [resource("kubernetes:core/v1:Service", "door", { spec: { type: "LoadBalancer" } })],
      `door.spec.type: got "LoadBalancer"; allowed: ClusterIP or NodePort; ${ADD}`,
    ],
    [
      [resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", { metricName: "M", period: 10 })],
      `alarm.metricName: got {"metricName":"M","period":10}; allowed: one metric at a period of 60 s or more; ${ADD}`,
    ],
    [
      [resource("aws:lb/loadBalancer:LoadBalancer", "nlb", { loadBalancerType: "network", subnets: [] })],
      `nlb.loadBalancerType: got "network"; allowed: application; ${ADD}`,
    ],
    [
      [
        resource("aws:codebuild/project:Project", "build", {
          environment: { computeType: "BUILD_GENERAL1_LARGE", type: "LINUX_CONTAINER" },
        }),
      ],
      `build.environment: got {"computeType":"BUILD_GENERAL1_LARGE","type":"LINUX_CONTAINER"}; allowed: BUILD_GENERAL1_SMALL as LINUX_CONTAINER; ${ADD}`,
    ],
  ])("what has no price %#", (resources, line) => {
    expect(messageOf(() => tableOf(...resources))).toBe(problem(line));
  });
});

describe("the sum", () => {
  test("of two plans is the sum of both, and grows with every node", () => {
    const size = fc
      .tuple(fc.nat(20), fc.nat(20), fc.nat(20))
      .map(([min, more, most]) => ({ min, desired: min + more, max: min + more + most }));
    fc.assert(
      fc.property(size, fc.nat(9), (nodes, keys) => {
        const many = Array.from({ length: keys }, (_, index) => resource("aws:kms/key:Key", `key-${index}`));
        const [own, other] = [tableOf(...pool(nodes)).costs, tableOf(...many).costs];
        const both = tableOf(...pool(nodes), ...many).costs;
        expect(totalOf(both)).toBeCloseTo(totalOf(own) + totalOf(other), 6);
        expect(totalOf(both, "least")).toBeLessThanOrEqual(totalOf(both));
        expect(totalOf(both)).toBeLessThanOrEqual(totalOf(both, "most"));
      }),
    );
  });
});

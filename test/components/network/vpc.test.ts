/** The network as it is declared: what lies where, what reaches what, and what waits for what. */
import * as aws from "@pulumi/aws";
import { beforeAll, describe, expect, test } from "vitest";
import { Vpc, type VpcArgs } from "../../../components/network/vpc";
import { type Graph, graphOf, revealed } from "../../support/graph";

const args: Omit<VpcArgs, "logsKeyArn"> = {
  region: "us-east-1",
  cidr: "10.10.0.0/16",
  zones: ["use1-az1", "use1-az2", "use1-az4"],
  controlPlaneZones: ["use1-az1", "use1-az2"],
  accountId: "000000000000",
  flowLogRetentionDays: 14,
  protect: true,
  tags: { owner: "test" },
};

const declared = (changes: Partial<VpcArgs> = {}): Promise<Graph> =>
  graphOf(() => {
    const provider = new aws.Provider("aws", { region: "us-east-1", allowedAccountIds: ["000000000000"] });
    const key = new aws.kms.Key("logs-key", { enableKeyRotation: true }, { provider });
    const vpc = new Vpc("network", { ...args, logsKeyArn: key.arn, ...changes }, { providers: [provider] });
    return { privateSubnetIdByZone: vpc.privateSubnetIdByZone, intraSubnetIds: vpc.intraSubnetIds };
  });

describe("the network", () => {
  let graph: Graph;
  const named = (name: string) => graph.byName(name);
  const typed = (type: string) => graph.ofType(type).map((resource) => resource.name);

  beforeAll(async () => {
    graph = await declared();
  });

  test("resolves names, which private endpoints and nodes need", () => {
    expect(named("network-vpc").inputs).toMatchObject({
      cidrBlock: "10.10.0.0/16",
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { owner: "test", Name: "network" },
    });
  });

  test("has a subnet per tier and zone, named by zone id, and none of the control plane beyond the frozen zones", () => {
    const zones = ["use1-az1", "use1-az2", "use1-az4"];
    expect(typed("aws:ec2/subnet:Subnet").sort()).toEqual(
      [
        ...zones.map((zone) => `network-public-${zone}`),
        ...zones.map((zone) => `network-private-${zone}`),
        "network-intra-use1-az1",
        "network-intra-use1-az2",
      ].sort(),
    );
    expect(named("network-private-use1-az4").inputs).toMatchObject({
      availabilityZoneId: "use1-az4",
      cidrBlock: "10.10.96.0/20",
      mapPublicIpOnLaunch: false,
      tags: { "kubernetes.io/role/internal-elb": "1", "fridayproof.dev/tier": "private", owner: "test" },
    });
    expect(named("network-public-use1-az4").inputs).toMatchObject({ tags: { "kubernetes.io/role/elb": "1" } });
  });

  test("has a subnet in every zone of each tier that was asked for, leading nowhere or out by the nodes' way", async () => {
    const tiers = {
      data: { newBits: 3, netNumber: 6, egress: "none" },
      jobs: { newBits: 3, netNumber: 7, egress: "nat" },
    } as const;
    const tiered = await declared({ tiers });
    expect(tiered.byName("network-data-use1-az4").inputs).toMatchObject({
      availabilityZoneId: "use1-az4",
      cidrBlock: "10.10.120.0/22",
      mapPublicIpOnLaunch: false,
      tags: { "fridayproof.dev/tier": "data", owner: "test", Name: "network-data-use1-az4" },
    });
    expect(tiered.byName("network-data-use1-az4").protect).toBe(true);
    const tableOf = (name: string) => tiered.byName(name).propertyDependencies["routeTableId"];
    for (const zone of args.zones) {
      expect(tableOf(`network-data-${zone}-routing`)).toEqual([tiered.byName("network-data-routes").urn]);
      expect(tableOf(`network-jobs-${zone}-routing`)).toEqual([tiered.byName(`network-private-${zone}-routes`).urn]);
    }
    const users = tiered.resources.filter(({ dependencies }) =>
      dependencies.includes(tiered.byName("network-data-routes").urn),
    );
    expect(users.map(({ type }) => type)).toEqual(
      args.zones.map(() => "aws:ec2/routeTableAssociation:RouteTableAssociation"),
    );
    const idsOf = (tier: string) => args.zones.map((zone) => tiered.byName(`network-${tier}-${zone}`).id);
    expect(tiered.byName("network").outputs["tierSubnetIds"]).toEqual({ data: idsOf("data"), jobs: idsOf("jobs") });
  });

  test("protects exactly the VPC and its subnets", () => {
    const protectedOnes = graph.resources.filter((resource) => resource.protect === true).map(({ type }) => type);
    expect(new Set(protectedOnes)).toEqual(new Set(["aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet"]));
    expect(protectedOnes).toHaveLength(9);
  });

  test("empties the default security group", () => {
    expect(named("network-default-security-group").inputs).toMatchObject({ ingress: [], egress: [] });
  });

  test("declares everything under itself, with the provider it was given", () => {
    const component = named("network");
    const own = graph.resources.filter(({ type, name }) => type.startsWith("aws:") && name !== "logs-key");
    expect(own.every((resource) => resource.parent === component.urn)).toBe(true);
    expect(own.every((resource) => resource.provider?.includes("::aws::"))).toBe(true);
  });

  test("leads each zone's nodes out through the NAT gateway of their own zone", () => {
    expect(typed("aws:ec2/natGateway:NatGateway").sort()).toEqual(args.zones.map((zone) => `network-nat-${zone}`));
    for (const zone of args.zones) {
      const route = named(`network-private-${zone}-out`);
      expect(route.inputs).toMatchObject({ destinationCidrBlock: "0.0.0.0/0" });
      expect(route.propertyDependencies["natGatewayId"]).toEqual([named(`network-nat-${zone}`).urn]);
      expect(named(`network-nat-${zone}`).propertyDependencies["subnetId"]).toEqual([
        named(`network-public-${zone}`).urn,
      ]);
    }
  });

  test("leads the control plane nowhere but to S3", () => {
    const table = named("network-intra-routes");
    const users = graph.resources.filter(({ dependencies }) => dependencies.includes(table.urn));
    expect(users.map(({ name }) => name).sort()).toEqual([
      "network-intra-use1-az1-routing",
      "network-intra-use1-az2-routing",
      "network-s3",
    ]);
  });

  test("reaches S3 without NAT from every private zone", () => {
    const tables = [...args.zones.map((zone) => `network-private-${zone}-routes`), "network-intra-routes"];
    expect(named("network-s3").inputs).toMatchObject({
      vpcEndpointType: "Gateway",
      serviceName: "com.amazonaws.us-east-1.s3",
    });
    expect([...(named("network-s3").propertyDependencies["routeTableIds"] ?? [])].sort()).toEqual(
      tables.map((table) => named(table).urn).sort(),
    );
  });

  test("makes NAT gateways and their addresses after the internet gateway", () => {
    const gateway = named("network-internet-gateway").urn;
    for (const name of ["network-nat-use1-az1", "network-nat-use1-az1-address"]) {
      expect(named(name).dependencies).toContain(gateway);
    }
  });

  test("writes down every connection, by a role that only this account's flow logs may take", () => {
    expect(named("network-flow-logs").inputs).toMatchObject({
      retentionInDays: 14,
      kmsKeyId: named("logs-key").outputs["arn"],
    });
    expect(named("network-flow-logs-all").inputs).toMatchObject({ trafficType: "ALL", maxAggregationInterval: 60 });
    const trust = JSON.parse(String(named("network-flow-logs-role").inputs["assumeRolePolicy"])) as {
      Statement: unknown[];
    };
    expect(trust.Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "000000000000" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:us-east-1:000000000000:vpc-flow-log/*" },
        },
      },
    ]);
    const written = String(revealed(named("network-flow-logs-policy").inputs["policy"]));
    expect(written).not.toContain("CreateLogGroup");
    expect(written).toContain(`${String(named("network-flow-logs").outputs["arn"])}:*`);
  });

  test("has an interface endpoint in every private subnet for each service that was chosen, and none otherwise", async () => {
    expect(graph.ofType("aws:ec2/vpcEndpoint:VpcEndpoint").map(({ name }) => name)).toEqual(["network-s3"]);
    const chosen = await declared({ interfaceEndpoints: ["ecr.api", "eks-auth"] });
    const endpoint = chosen.byName("network-endpoint-ecr-api");
    expect(endpoint.inputs).toMatchObject({
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.us-east-1.ecr.api",
      subnetIds: args.zones.map((zone) => chosen.byName(`network-private-${zone}`).id),
      privateDnsEnabled: true,
    });
    expect(endpoint.dependencies).toContain(chosen.byName("network-endpoints-https").urn);
    expect(chosen.byName("network-endpoints-https").inputs).toMatchObject({
      cidrIpv4: "10.10.0.0/16",
      fromPort: 443,
      toPort: 443,
    });
    expect(chosen.byName("network-endpoint-eks-auth").inputs["serviceName"]).toBe("com.amazonaws.us-east-1.eks-auth");
  });

  test("a single NAT gateway serves all zones, each through its own table", async () => {
    graph = await declared({ natGateways: "single" });
    expect(typed("aws:ec2/natGateway:NatGateway")).toEqual(["network-nat-use1-az1"]);
    const only = named("network-nat-use1-az1").urn;
    for (const zone of args.zones) {
      expect(named(`network-private-${zone}-out`).propertyDependencies["natGatewayId"]).toEqual([only]);
    }
  });

  test("a zone more changes nothing that is there", async () => {
    const before = await declared({ zones: ["use1-az1", "use1-az2"] });
    const after = await declared({ zones: ["use1-az4", "use1-az1", "use1-az2"] });
    // The endpoint takes the new table, in place; all else stays as it is.
    const kept = before.resources.filter(({ type, name }) => type.startsWith("aws:") && name !== "network-s3");
    expect(kept.map(({ name, inputs }) => [name, Object.keys(inputs), inputs["cidrBlock"]])).toEqual(
      kept.map(({ name }) => [name, Object.keys(after.byName(name).inputs), after.byName(name).inputs["cidrBlock"]]),
    );
    const names = new Set(before.resources.map(({ name }) => name));
    expect(
      after.resources
        .map(({ name }) => name)
        .filter((name) => !names.has(name))
        .sort(),
    ).toEqual([
      "network-nat-use1-az4",
      "network-nat-use1-az4-address",
      "network-private-use1-az4",
      "network-private-use1-az4-out",
      "network-private-use1-az4-routes",
      "network-private-use1-az4-routing",
      "network-public-use1-az4",
      "network-public-use1-az4-routing",
    ]);
  });
});

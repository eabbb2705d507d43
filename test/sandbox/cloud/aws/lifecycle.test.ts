/** The AWS provider as the engine meets it: preview, create, read, update, delete, configuration. */
import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../../sandbox/property/values";
import { Account } from "../../../../sandbox/cloud/account/account";
import { loadFacts } from "../../../../sandbox/cloud/aws/object/facts";
import { awsPackage } from "../../../../sandbox/cloud/aws/package";
import { Cloud, errorOf, identity } from "./cloud";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";

describe("lifecycle", () => {
  it("foresees inputs and defaults, and leaves to AWS what AWS decides", () => {
    const cloud = new Cloud();
    const inputs = cloud.check(SUBNET, "s", {
      vpcId: UNKNOWN,
      cidrBlock: "10.0.0.0/24",
      availabilityZoneId: "use1-az4",
      tags: { a: "1" },
    });
    const { id, outputs } = cloud.provider.create(identity(SUBNET, "s"), inputs, true);
    expect(id).toBe("");
    expect(outputs).toMatchObject({
      cidrBlock: "10.0.0.0/24",
      availabilityZoneId: "use1-az4",
      availabilityZone: UNKNOWN,
      arn: UNKNOWN,
      vpcId: UNKNOWN,
    });
    expect(outputs).toMatchObject({ mapPublicIpOnLaunch: false, tagsAll: { a: "1" }, region: "us-east-1" });
    expect(outputs).not.toHaveProperty("__defaults");
  });

  it("foresees the members of a block that AWS adds", () => {
    const cloud = new Cloud();
    const inputs = cloud.check("aws:eks/cluster:Cluster", "c", { roleArn: UNKNOWN, vpcConfig: { subnetIds: UNKNOWN } });
    expect(cloud.provider.create(identity("aws:eks/cluster:Cluster", "c"), inputs, true).outputs.vpcConfig).toEqual({
      subnetIds: UNKNOWN,
      clusterSecurityGroupId: UNKNOWN,
      endpointPrivateAccess: UNKNOWN,
      endpointPublicAccess: UNKNOWN,
      publicAccessCidrs: UNKNOWN,
      vpcId: UNKNOWN,
    });
  });

  it("makes ids that repeat from run to run and differ between an object and its successor", () => {
    const make = () => new Cloud().make(VPC, "v", { cidrBlock: "10.0.0.0/16" }).id;
    expect(make()).toBe(make());
    const cloud = new Cloud();
    const first = cloud.make(VPC, "v", { cidrBlock: "10.0.0.0/16" });
    const beside = cloud.make(VPC, "v", { cidrBlock: "10.1.0.0/16" });
    cloud.drop(first);
    const later = cloud.make(VPC, "v", { cidrBlock: "10.0.0.0/16" });
    expect(new Set([first.id, beside.id, later.id]).size).toBe(3);
  });

  it("gives a subnet its zone by name and by id", () => {
    const { subnets } = new Cloud().network("use1-az4");
    expect(subnets[0]?.outputs).toMatchObject({ availabilityZone: "us-east-1c", availabilityZoneId: "use1-az4" });
  });

  it("writes to the region of the resource before that of the provider", () => {
    const cloud = new Cloud();
    const { outputs } = cloud.make("aws:kms/key:Key", "k", { region: "us-west-2" });
    expect(outputs.arn).toMatch(/^arn:aws:kms:us-west-2:000000000000:key\/[0-9a-f-]{36}$/);
  });

  it("counts the versions of a launch template, unknown while they are only foreseen", () => {
    const cloud = new Cloud();
    const type = "aws:ec2/launchTemplate:LaunchTemplate";
    const first = cloud.make(type, "lt", { instanceType: "t3.large" });
    const inputs = cloud.check(type, "lt", { instanceType: "t3.xlarge" }, first.inputs);
    expect(cloud.provider.update(identity(type, "lt"), first, inputs, true).outputs.latestVersion).toBe(UNKNOWN);
    expect([
      first.outputs.latestVersion,
      cloud.change(first, { instanceType: "t3.xlarge" }).outputs.latestVersion,
    ]).toEqual([1, 2]);
  });

  it("reads what exists by id, whoever made it, and nothing where nothing is", () => {
    const cloud = new Cloud();
    const vpc = cloud.make(VPC, "v", { cidrBlock: "10.0.0.0/16" });
    const read = (id: string) => cloud.provider.read(identity(VPC, "other"), id, { inputs: {} });
    expect(read(vpc.id)).toMatchObject({
      id: vpc.id,
      inputs: { cidrBlock: "10.0.0.0/16" },
      outputs: { cidrBlock: "10.0.0.0/16" },
    });
    expect(read("vpc-0")).toBeUndefined();
  });

  it("finds again what a crashed run made", () => {
    const cloud = new Cloud();
    const vpc = cloud.make(VPC, "v", { cidrBlock: "10.0.0.0/16" });
    expect(cloud.provider.adopt(identity(VPC, "v")).map(({ id }) => id)).toEqual([vpc.id]);
  });

  it("takes a VPC's own group and table away with it, and only bookkeeping stays", () => {
    const cloud = new Cloud();
    const before = cloud.account.all().length;
    const vpc = cloud.make(VPC, "v", { cidrBlock: "10.0.0.0/16" });
    expect(cloud.account.all().length).toBe(before + 3);
    cloud.drop(vpc);
    cloud.drop(vpc);
    expect(cloud.account.all().filter(({ type }) => !type.startsWith("sandbox:")).length).toBe(before);
  });

  it("keeps alb and lb objects in one place", () => {
    const cloud = new Cloud();
    const { subnets } = cloud.network("use1-az1", "use1-az2");
    const alb = cloud.make("aws:alb/loadBalancer:LoadBalancer", "front", { subnets: subnets.map(({ id }) => id) });
    expect(cloud.account.find("aws:lb/loadBalancer:LoadBalancer", alb.id, "us-east-1")?.outputs.zoneId).toBe(
      "Z35SXDOTRQ7X7K",
    );
  });
});

describe("provider configuration", () => {
  const account = () => new Account("000000000000");
  it("needs a region that the sandbox has", () => {
    const known = Object.keys(loadFacts().regions).join(", ");
    const reasons = (config: object) => awsPackage(account()).checkConfig(config as never).failures;
    expect(reasons({})).toEqual([
      {
        property: "region",
        reason: `missing: set it on the provider or as aws:region; the sandbox has ${known}`,
      },
    ]);
    expect(reasons({ region: "xx-west-1" })).toEqual([
      {
        property: "region",
        reason: `the sandbox has no xx-west-1, only ${known}; regions are rows of sandbox/cloud/seed.yaml`,
      },
    ]);
    expect(reasons({ region: "us-east-1", skipRegionValidation: "true", version: "7.48.0" })).toEqual([]);
  });

  it("refuses an account that is not allowed", () => {
    const configure = (ids: string[]) =>
      awsPackage(account()).configure({ region: "us-east-1", allowedAccountIds: JSON.stringify(ids) });
    expect(errorOf(() => configure(["111111111111"]))).toBe(
      "AccountNotAllowed: AWS account ID not allowed: 000000000000",
    );
    expect(errorOf(() => configure(["111111111111", "000000000000"]))).toBe("not refused");
  });

  it("refuses to assume a role that does not exist", () => {
    const config = {
      region: "us-east-1",
      assumeRoles: JSON.stringify([{ roleArn: "arn:aws:iam::000000000000:role/none" }]),
    };
    expect(errorOf(() => awsPackage(account()).configure(config))).toBe(
      "AccessDenied: User: arn:aws:iam::000000000000:user/sandbox is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/none (no such role in this account)",
    );
  });

  it("adds its default tags to every resource's own", () => {
    const provider = awsPackage(account()).configure({
      region: "us-east-1",
      defaultTags: JSON.stringify({ tags: { team: "x", a: "0" } }),
    });
    expect(provider.create(identity(VPC, "v"), { cidrBlock: "10.0.0.0/16", tags: { a: "1" } }, false)).toMatchObject({
      outputs: { tagsAll: { team: "x", a: "1" } },
    });
  });
});

/** The AWS provider as the engine meets it: check and diff. */
import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../../sandbox/property/values";
import { Cloud, SEED, errorOf, identity } from "./cloud";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const ROLE = "aws:iam/role:Role";

describe("check", () => {
  const cloud = new Cloud();
  const failures = (type: string, news: object) =>
    cloud.provider.check(identity(type, "x"), {}, news as never, SEED).failures;

  it("names every property that does not fit, all at once", () => {
    expect(failures(SUBNET, { cidrBlock: 5, vpcID: "a", tags: { a: true } })).toEqual([
      { property: "cidrBlock", reason: "expected string, got number" },
      { property: "vpcID", reason: "unknown property: did you mean vpcId?" },
      { property: "tags.a", reason: "expected string, got boolean" },
      { property: "vpcId", reason: "missing: string is required" },
    ]);
  });

  it("looks into nested blocks and lists", () => {
    const news = { roleArn: "r", vpcConfig: { subnetIds: ["a", 2], endpoint: true } };
    expect(failures("aws:eks/cluster:Cluster", news).map(({ property }) => property)).toEqual([
      "vpcConfig.subnetIds[1]",
      "vpcConfig.endpoint",
    ]);
  });

  it("accepts unknowns of any type", () => {
    expect(failures(SUBNET, { cidrBlock: UNKNOWN, vpcId: UNKNOWN, mapPublicIpOnLaunch: UNKNOWN })).toEqual([]);
  });

  it("fills in what the provider's schema fills in, and lists it", () => {
    expect(cloud.check(VPC, "v", { cidrBlock: "10.0.0.0/16" })).toEqual({
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
      instanceTenancy: "default",
      __defaults: ["enableDnsSupport", "instanceTenancy"],
    });
  });

  it("makes up a name, and keeps it afterwards", () => {
    const first = cloud.check(ROLE, "app", { assumeRolePolicy: "{}" });
    expect(first.name).toMatch(/^app-[0-9a-f]{7}$/);
    const { inputs } = cloud.provider.check(
      identity(ROLE, "app"),
      first,
      { assumeRolePolicy: "{}" },
      new Uint8Array([1]),
    );
    expect(inputs.name).toBe(first.name);
  });

  it("refuses a logical name that leaves no room for the suffix, in the bridge's words; it never cuts", () => {
    const made = (type: string, length: number, news = {}) =>
      String(cloud.check(type, "a".repeat(length), news)[type.includes("nodeGroup") ? "nodeGroupName" : "name"]).length;
    expect(made("aws:lb/targetGroup:TargetGroup", 24, { port: 80 })).toBe(32);
    expect(errorOf(() => made("aws:lb/targetGroup:TargetGroup", 25, { port: 80 }))).toBe(
      `could not make instance of 'aws:lb/targetGroup:TargetGroup': name '${"a".repeat(25)}-' plus 7 random chars is longer than maximum length 32`,
    );
    expect(made(ROLE, 56, { assumeRolePolicy: "{}" })).toBe(64);
    expect(errorOf(() => made(ROLE, 57, { assumeRolePolicy: "{}" }))).toBe(
      `could not make instance of 'aws:iam/role:Role': name '${"a".repeat(57)}-' plus 7 random chars is longer than maximum length 64`,
    );
    expect(made("aws:ec2/launchTemplate:LaunchTemplate", 247)).toBe(255);
    expect(errorOf(() => made("aws:ec2/launchTemplate:LaunchTemplate", 248))).toContain(
      "longer than maximum length 255",
    );
  });

  it("refuses a number below the bound of the provider's schema, in its words", () => {
    const group = (scalingConfig: Record<string, number>, maxUnavailable = 1) =>
      cloud.provider.check(
        identity("aws:eks/nodeGroup:NodeGroup", "n"),
        {},
        { clusterName: "c", nodeRoleArn: "r", subnetIds: ["s"], scalingConfig, updateConfig: { maxUnavailable } },
        new Uint8Array([1]),
      ).failures;
    expect(group({ minSize: 0, desiredSize: 0, maxSize: 1 })).toEqual([]);
    expect(group({ minSize: -1, desiredSize: 0, maxSize: 0 }, 0)).toEqual([
      { property: "", reason: "expected scaling_config.0.max_size to be at least (1), got 0" },
      { property: "", reason: "expected scaling_config.0.min_size to be at least (0), got -1" },
      { property: "", reason: "expected update_config.0.max_unavailable to be at least (1), got 0" },
    ]);
  });

  it("makes bucket names of lower case", () => {
    expect(cloud.check("aws:s3/bucket:Bucket", "MyLogs", {}).bucket).toMatch(/^mylogs-[0-9a-f]{7}$/);
  });

  it("says how to add a type that it does not know", () => {
    expect(errorOf(() => cloud.check("aws:sqs/queue:Queue", "q", {}))).toBe(
      "UnknownType: the sandbox does not support aws:sqs/queue:Queue. Add one entry to its service's file in sandbox/cloud/aws/types/ and run npm run schema.",
    );
  });
});

describe("diff", () => {
  const cloud = new Cloud();
  const diff = (type: string, inputs: object, news: object) =>
    cloud.provider.diff(identity(type, "x"), { id: "x", inputs: inputs as never, outputs: {} }, news as never);

  it("tells each leaf, and which of them replaces", () => {
    const result = diff(
      SUBNET,
      { cidrBlock: "a", vpcId: "v", tags: { a: "1", b: "1" } },
      { cidrBlock: "b", vpcId: "v", tags: { a: "2" } },
    );
    expect(result).toEqual({
      changes: true,
      diffs: ["cidrBlock", "tags"],
      replaces: ["cidrBlock"],
      detailed: { cidrBlock: "update-replace", "tags.a": "update", "tags.b": "delete" },
      deleteBeforeReplace: false,
    });
  });

  it("replaces for a nested property alone", () => {
    const group = { clusterName: "c", launchTemplate: { id: "lt-1", version: "1" } };
    const type = "aws:eks/nodeGroup:NodeGroup";
    expect(diff(type, group, { ...group, launchTemplate: { id: "lt-1", version: "2" } }).detailed).toEqual({
      "launchTemplate.version": "update",
    });
    expect(diff(type, group, { ...group, launchTemplate: { id: "lt-2", version: "1" } }).detailed).toEqual({
      "launchTemplate.id": "update-replace",
    });
  });

  it("replaces a cluster whose encryption is taken away, not one that gets it", () => {
    const block = { encryptionConfig: { provider: { keyArn: "k" }, resources: ["secrets"] } };
    expect(diff("aws:eks/cluster:Cluster", block, {}).replaces).toEqual(["encryptionConfig"]);
    expect(diff("aws:eks/cluster:Cluster", {}, block).replaces).toEqual([]);
  });

  it("sees no difference in the order of a set or the layout of a policy", () => {
    const type = "aws:eks/cluster:Cluster";
    expect(
      diff(type, { enabledClusterLogTypes: ["api", "audit"] }, { enabledClusterLogTypes: ["audit", "api"] }).changes,
    ).toBe(false);
    expect(diff(ROLE, { assumeRolePolicy: '{"a":1,"b":2}' }, { assumeRolePolicy: '{ "b": 2, "a": 1 }' }).changes).toBe(
      false,
    );
    expect(
      diff("aws:eks/nodeGroup:NodeGroup", { instanceTypes: ["a", "b"] }, { instanceTypes: ["b", "a"] }).changes,
    ).toBe(true);
  });

  it("deletes first where both would need the one name", () => {
    const named = { name: "blue", port: 80 };
    const type = "aws:lb/targetGroup:TargetGroup";
    expect(diff(type, named, { name: "blue", port: 81 }).deleteBeforeReplace).toBe(true);
    expect(diff(type, named, { name: "green", port: 81 }).deleteBeforeReplace).toBe(false);
    expect(
      diff(type, { ...named, __defaults: ["name"] }, { name: "blue", port: 81, __defaults: ["name"] })
        .deleteBeforeReplace,
    ).toBe(false);
  });
});

/** Which call is lost with a region, a zone or a service: every row of the table, both ways. */
import { describe, expect, it } from "vitest";
import { loadFacts } from "../../../../sandbox/cloud/aws/object/facts";
import { lossOf, type Zones } from "../../../../sandbox/cloud/outage/loss";
import { readOutages, type OutageTexts } from "../../../../sandbox/cloud/outage/outage";
import { outageTable, type CallKind, type WrittenThrough } from "../../../../sandbox/cloud/outage/services";
import { AWS_TYPES } from "../../../../sandbox/cloud/aws/object/entry";
import type { PropertyMap } from "../../../../sandbox/property/values";

const KINDS: readonly CallKind[] = ["create", "update", "delete", "read"];
const ZONES: Zones = {
  ofSubnet: (id) => ({ "subnet-4": "use1-az4" })[id],
  byName: (name) => ({ "us-east-1c": "use1-az4" })[name],
};

function lost(texts: OutageTexts, token: string, kind: CallKind, region: string, inputs: PropertyMap = {}): string {
  const outages = readOutages(texts, loadFacts());
  if (outages === undefined) throw new Error("nothing is lost");
  const loss = lossOf(outages, { token, kind, region, inputs }, region, ZONES);
  return loss === undefined ? "gets through" : `${loss.cause} ${loss.lost} ${loss.service.name}`;
}

/** A token that begins as the row says, and inputs that it asks for. */
const example = ({ types, where = {} }: WrittenThrough): [string, PropertyMap] => [
  `${types[0] ?? ""}${types[0]?.endsWith("/") ? "thing:Thing" : "Thing"}`,
  where,
];

describe("written through one region", () => {
  it.each(outageTable().writtenThrough.map((row) => [row.types.join(" "), row] as const))("%s", (_name, row) => {
    const [token, inputs] = example(row);
    const elsewhere = row.home === "us-east-1" ? "us-west-2" : "us-east-1";
    for (const kind of KINDS) {
      const goesHome = row.calls === undefined || row.calls.includes(kind);
      const denied = lost({ denyRegion: [row.home] }, token, kind, "eu-west-1", inputs);
      expect(denied.startsWith(`home ${row.home}`)).toBe(goesHome && row.atRisk !== true);
      const strict = lost({ denyRegion: [row.home], strict: true }, token, kind, "eu-west-1", inputs);
      expect(strict.startsWith(`home ${row.home}`)).toBe(goesHome);
      expect(lost({ denyRegion: [elsewhere] }, token, kind, "eu-west-1", inputs)).toBe("gets through");
    }
    for (const [path] of Object.entries(row.where ?? {}))
      expect(lost({ denyRegion: [row.home], strict: true }, token, "create", "eu-west-1", { [path]: "x" })).toBe(
        "gets through",
      );
  });

  it("every row has a page of AWS, and every service of the sandbox's types a name", () => {
    const { writtenThrough, inZones, pullsImages, services } = outageTable();
    const sources = [...writtenThrough, ...inZones, ...pullsImages].map(({ source }) => source);
    expect(sources.filter((source) => !source.startsWith("https://docs.aws.amazon.com/"))).toEqual([]);
    const used = new Set(Object.keys(AWS_TYPES).map((type) => type.split(/[:/]/)[1] ?? ""));
    expect([...used].filter((service) => services[service] === undefined)).toEqual([]);
  });

  it.each<[string, CallKind, string]>([
    ["aws:iam/role:Role", "read", "home us-east-1 IAM"],
    ["aws:route53/getZone:getZone", "read", "home us-east-1 Route 53"],
    ["aws:s3/bucket:Bucket", "create", "home us-east-1 S3"],
    ["aws:s3/bucket:Bucket", "read", "gets through"],
    ["aws:s3/bucketPolicy:BucketPolicy", "update", "home us-east-1 S3"],
    ["aws:s3/bucketObjectv2:BucketObjectv2", "create", "gets through"],
    ["aws:ecrpublic/getAuthorizationToken:getAuthorizationToken", "read", "home us-east-1 ECR Public"],
    ["aws:servicequotas/getServiceQuota:getServiceQuota", "read", "gets through"],
    ["aws:servicequotas/serviceQuota:ServiceQuota", "update", "home us-east-1 Service Quotas"],
    ["aws:lb/loadBalancer:LoadBalancer", "create", "gets through"],
    ["aws:eks/nodeGroup:NodeGroup", "update", "gets through"],
  ])("%s, %s, from us-west-2 without us-east-1: %s", (token, kind, expected) => {
    expect(lost({ denyRegion: ["us-east-1"] }, token, kind, "us-west-2")).toBe(expected);
  });
});

describe("a region's own", () => {
  it.each<[string, CallKind, string, string]>([
    ["aws:ec2/vpc:Vpc", "read", "us-west-2", "region us-west-2 EC2"],
    ["aws:index/getCallerIdentity:getCallerIdentity", "read", "us-west-2", "region us-west-2 STS"],
    ["aws:s3/bucket:Bucket", "read", "us-west-2", "region us-west-2 S3"],
    ["aws:ec2/vpc:Vpc", "create", "eu-west-1", "gets through"],
    // Its control plane stands elsewhere, but nobody in the region has credentials for it.
    ["aws:iam/role:Role", "create", "us-west-2", "credentials us-west-2 STS"],
    ["aws:iam/role:Role", "create", "eu-west-1", "gets through"],
    [
      "aws:route53recoverycontrol/cluster:Cluster",
      "create",
      "eu-west-1",
      "home us-west-2 Application Recovery Controller",
    ],
    ["aws:globalaccelerator/accelerator:Accelerator", "update", "eu-west-1", "home us-west-2 Global Accelerator"],
  ])("%s, %s, from %s without us-west-2", (token, kind, region, expected) => {
    expect(lost({ denyRegion: ["us-west-2"] }, token, kind, region)).toBe(expected);
  });
});

describe("a part of a region", () => {
  it.each<[OutageTexts, string, CallKind, PropertyMap, string]>([
    [
      { denyZone: ["use1-az4"] },
      "aws:ec2/subnet:Subnet",
      "create",
      { availabilityZoneId: "use1-az4" },
      "zone use1-az4 EC2",
    ],
    [
      { denyZone: ["use1-az4"] },
      "aws:ec2/subnet:Subnet",
      "create",
      { availabilityZone: "us-east-1c" },
      "zone use1-az4 EC2",
    ],
    [{ denyZone: ["use1-az4"] }, "aws:ec2/subnet:Subnet", "delete", { availabilityZoneId: "use1-az4" }, "gets through"],
    [{ denyZone: ["use1-az4"] }, "aws:ec2/subnet:Subnet", "create", { availabilityZoneId: "use1-az1" }, "gets through"],
    [
      { denyZone: ["use1-az4"] },
      "aws:ec2/natGateway:NatGateway",
      "create",
      { subnetId: "subnet-4" },
      "zone use1-az4 EC2",
    ],
    [
      { denyZone: ["use1-az4"] },
      "aws:eks/nodeGroup:NodeGroup",
      "update",
      { subnetIds: ["subnet-1", "subnet-4"] },
      "zone use1-az4 EKS",
    ],
    [{ denyZone: ["use1-az4"] }, "aws:eks/nodeGroup:NodeGroup", "create", { subnetIds: ["subnet-1"] }, "gets through"],
    [
      { denyZone: ["use1-az4"] },
      "aws:eks/cluster:Cluster",
      "update",
      { vpcConfig: { subnetIds: ["subnet-4"] } },
      "gets through",
    ],
    [
      { denyZone: ["use1-az4"] },
      "aws:rds/clusterInstance:ClusterInstance",
      "create",
      { availabilityZone: "us-east-1c" },
      "zone use1-az4 RDS",
    ],
    [
      { denyZone: ["use1-az4"] },
      "aws:rds/clusterInstance:ClusterInstance",
      "create",
      { availabilityZone: "us-east-1a" },
      "gets through",
    ],
    [{ denyService: ["sts:us-east-1"] }, "aws:ec2/vpc:Vpc", "read", {}, "credentials us-east-1 STS"],
    [{ denyService: ["sts:us-west-2"] }, "aws:ec2/vpc:Vpc", "read", {}, "gets through"],
    [{ denyService: ["ecr:us-east-1"] }, "aws:eks/addon:Addon", "create", {}, "images us-east-1 EKS"],
    [{ denyService: ["ecr:us-east-1"] }, "aws:eks/nodeGroup:NodeGroup", "create", {}, "images us-east-1 EKS"],
    [{ denyService: ["ecr:us-east-1"] }, "aws:eks/addon:Addon", "delete", {}, "gets through"],
    [{ denyService: ["ecr:us-east-1"] }, "aws:ecr/repository:Repository", "read", {}, "service us-east-1 ECR"],
    [
      { denyService: ["ec2:us-east-1"] },
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "read",
      {},
      "service us-east-1 EC2",
    ],
    [{ denyService: ["eks:us-east-1"] }, "aws:ec2/vpc:Vpc", "create", {}, "gets through"],
  ])("%j: %s, %s %j: %s", (texts, token, kind, inputs, expected) => {
    expect(lost(texts, token, kind, "us-east-1", inputs)).toBe(expected);
  });
});

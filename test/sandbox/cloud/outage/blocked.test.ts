/** The sentence that a plan gets which cannot be carried out: counted, in order, and nothing where all gets through. */
import { describe, expect, it } from "vitest";
import { loadFacts } from "../../../../sandbox/cloud/aws/object/facts";
import { blockedPlan, type PlannedStep } from "../../../../sandbox/cloud/outage/blocked";
import { readOutages, type OutageTexts } from "../../../../sandbox/cloud/outage/outage";
import type { PropertyMap } from "../../../../sandbox/property/values";

const ZONES = { ofSubnet: () => undefined, byName: () => undefined };
const PROVIDER = "urn:pulumi:replica::p::pulumi:providers:aws::aws";

function step(type: string, index = 0, op = "create", inputs: PropertyMap = {}): PlannedStep {
  const urn = `urn:pulumi:replica::p::${type}::n${index}`;
  const side = op.startsWith("delete") ? "oldState" : "newState";
  return { op, urn, provider: `${PROVIDER}::id`, [side]: { inputs } };
}

const provider = (region: string): PlannedStep => ({ op: "create", urn: PROVIDER, newState: { inputs: { region } } });

const many = (count: number, type: string): PlannedStep[] => Array.from({ length: count }, (_, at) => step(type, at));

function blocked(texts: OutageTexts, steps: readonly PlannedStep[], known: Parameters<typeof blockedPlan>[2] = []) {
  const outages = readOutages(texts, loadFacts());
  return outages === undefined ? undefined : blockedPlan("replica", steps, known, outages, ZONES);
}

const COLD = [
  provider("us-west-2"),
  ...many(4, "aws:route53/record:Record"),
  ...many(21, "aws:iam/role:Role"),
  ...many(3, "aws:ec2/subnet:Subnet"),
];

describe("a cold replica without us-east-1", () => {
  const counts = "replica needs IAM (21 resources) and Route 53 (4), both written through us-east-1";
  it.each<[string, string]>([
    ["us-east-1", `${counts}, which is denied: use the pilot or wait. Nothing was changed.`],
    ["us-east-1:hang", `${counts}, which does not answer: use the pilot or wait. Nothing was changed.`],
  ])("%s", (text, sentence) => {
    expect(blocked({ denyRegion: [text] }, COLD)).toBe(sentence);
  });

  it("may come through where it flaps, and without a region that it does not need", () => {
    expect(blocked({ denyRegion: ["us-east-1:flap"] }, COLD)).toBeUndefined();
    expect(blocked({ denyRegion: ["eu-west-1"] }, COLD)).toBeUndefined();
    expect(blocked({}, COLD)).toBeUndefined();
  });
});

describe("says", () => {
  it.each<[string, OutageTexts, readonly PlannedStep[], string]>([
    [
      "one of one service",
      { denyRegion: ["us-east-1"] },
      [provider("us-west-2"), step("aws:iam/role:Role")],
      "replica needs IAM (1 resource), written through us-east-1, which is denied: use the pilot or wait. Nothing was changed.",
    ],
    [
      "three services",
      { denyRegion: ["us-east-1"] },
      [...COLD, step("aws:s3/bucket:Bucket")],
      "replica needs IAM (21 resources), Route 53 (4) and S3 (1), all written through us-east-1, which is denied: use the pilot or wait. Nothing was changed.",
    ],
    [
      "the replica's own region",
      { denyRegion: ["us-west-2"] },
      [provider("us-west-2"), ...many(3, "aws:ec2/subnet:Subnet")],
      "replica needs EC2 (3 resources) in us-west-2, which is denied: wait until it is back. Nothing was changed.",
    ],
    [
      "a zone",
      { denyZone: ["usw2-az2"] },
      [provider("us-west-2"), step("aws:ec2/subnet:Subnet", 0, "create", { availabilityZoneId: "usw2-az2" })],
      "replica needs EC2 (1 resource) in zone usw2-az2, which is lost: wait until it is back. Nothing was changed.",
    ],
    [
      "images",
      { denyService: ["ecr:us-west-2"] },
      [provider("us-west-2"), ...many(2, "aws:eks/addon:Addon")],
      "replica needs EKS (2 resources) with images from ECR in us-west-2, which is denied: wait until it is back. Nothing was changed.",
    ],
    [
      "credentials",
      { denyService: ["sts:us-west-2"] },
      [provider("us-west-2"), ...many(2, "aws:eks/addon:Addon")],
      "replica needs credentials of STS in us-west-2, which is denied: wait until it is back. Nothing was changed.",
    ],
    [
      "a service, and what is written elsewhere",
      { denyService: ["eks:us-west-2"], denyRegion: ["us-east-1"] },
      [provider("us-west-2"), step("aws:eks/addon:Addon"), step("aws:iam/role:Role")],
      "replica needs EKS (1 resource) in us-west-2, which is denied there; and IAM (1 resource), written through us-east-1, which is denied: wait until it is back. Nothing was changed.",
    ],
  ])("%s", (_name, texts, steps, sentence) => {
    expect(blocked(texts, steps)).toBe(sentence);
  });

  it("nothing of steps that make no call, nor of other clouds", () => {
    const idle = ["same", "replace", "read-discard"].map((op, at) => step("aws:iam/role:Role", at, op));
    const others = [step("kubernetes:core/v1:Namespace"), step("fridayproof:network:Vpc")];
    expect(blocked({ denyRegion: ["us-east-1"] }, [provider("us-west-2"), ...idle, ...others])).toBeUndefined();
  });

  it.each(["create-replacement", "update", "delete", "delete-replaced", "read", "refresh"])("a step %s", (op) => {
    expect(blocked({ denyRegion: ["us-east-1"] }, [step("aws:iam/role:Role", 0, op)])).toMatch(
      /^replica needs IAM \(1 /,
    );
  });

  it("the region of a provider that stays, by the state", () => {
    const known = [{ urn: PROVIDER, outputs: { region: "us-west-2" } }];
    const update = step("aws:eks/nodeGroup:NodeGroup", 0, "update");
    expect(blocked({ denyRegion: ["us-west-2"] }, [update], known)).toMatch(
      /^replica needs EKS \(1 resource\) in us-west-2/,
    );
    expect(blocked({ denyRegion: ["us-east-1"] }, [update], known)).toBeUndefined();
  });

  it("the region of the object itself, where it has one", () => {
    const there = step("aws:kms/replicaKey:ReplicaKey", 0, "create", { region: "us-west-2" });
    expect(blocked({ denyRegion: ["us-west-2"] }, [provider("us-east-1"), there])).toMatch(/^replica needs KMS \(1 /);
  });
});

/** Types that a program declares and no package has. */
import { describe, expect, it } from "vitest";
import { ProviderRegistry } from "../../../sandbox/engine/providers";
import { UnknownTypes } from "../../../sandbox/engine/unknown-types";
import { Account } from "../../../sandbox/cloud/account/account";
import { sandboxPackages } from "../../../sandbox/cloud/packages";

const registry = new ProviderRegistry(sandboxPackages(new Account("000000000000", [])));

describe("the packages of the sandbox", () => {
  it.each([
    ["aws:ec2/vpc:Vpc", true],
    ["aws:s3/bucketV2:BucketV2", true],
    ["aws:alb/listener:Listener", true],
    ["aws:dynamodb/table:Table", false],
    ["random:index/randomPet:RandomPet", true],
    ["random:index/randomElephant:RandomElephant", false],
    ["eks:index:Cluster", true],
    ["eks:index:NodeGroup", false],
    ["kubernetes:acme.com/v1:Widget", true],
    ["pulumi:providers:aws", true],
    ["pulumi:providers:gcp", false],
    ["gcp:storage/bucket:Bucket", false],
  ])("know %s: %s", (type, known) => {
    expect(registry.knows(type)).toBe(known);
  });
});

describe("what a program declares", () => {
  it("is told once: each unknown type with its resources, the known ones not", () => {
    const types = new UnknownTypes(registry);
    types.note("aws:sqs/queue:Queue", "mail");
    types.note("aws:ec2/vpc:Vpc", "net");
    types.note("aws:sqs/queue:Queue", "bills");
    expect(types.takeMessage()).toBe(
      "the sandbox does not support a type that this program declares. It has packages aws, eks, kubernetes, random, and these not:\n" +
        "  aws:sqs/queue:Queue: mail, bills\ndocs/sandbox-cloud.md shows how to add a type of aws.",
    );
    expect(types.takeMessage()).toBeUndefined();
    expect([types.has("aws:sqs/queue:Queue"), types.has("aws:ec2/vpc:Vpc")]).toEqual([true, false]);
  });

  it("is told again where more of it is unknown", () => {
    const types = new UnknownTypes(registry);
    types.note("gcp:storage/bucket:Bucket", "one");
    types.takeMessage();
    types.note("gcp:pubsub/topic:Topic", "two");
    types.note("gcp:storage/bucket:Bucket", "three");
    expect(types.takeMessage()).toContain("2 types");
  });
});

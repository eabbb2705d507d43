/** Resources as rules see them: by kind, by what they were made from, and out of lists. */
import { describe, expect, it } from "vitest";
import { Resource, Stack, unpack } from "../../../../policies/kit/reading/resource";
import { SECRET, SIGNATURE, unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;
const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" } };
const reported = (type: string, props: unknown): readonly (readonly unknown[])[] =>
  unpack({ type, name: "all", urn: "urn:all", props }).map(({ type, urn, props: own }) => [type, urn, own.path]);

describe("a resource", () => {
  it("stands in for what is not given", () => {
    const { urn, options, links, parent } = new Resource({ type: "aws:ec2/vpc:Vpc", name: "dev", props: {} });
    expect([urn, options, links, parent]).toEqual(["", {}, {}, undefined]);
  });

  it("keeps what is given, and knows its kind under every spelling", () => {
    const input = { type: "aws:alb/listener:Listener", name: "web", urn: "urn:web", props: { port: 443 } };
    const whole = new Resource({ ...input, options: { protect: true }, links: { a: ["urn:b"] }, parent: "urn:p" });
    expect([whole.token, whole.type, whole.urn, whole.parent]).toEqual([
      "aws:alb/listener:Listener",
      "aws:lb/listener:Listener",
      "urn:web",
      "urn:p",
    ]);
    expect([whole.options, whole.links, whole.at("port").number()]).toEqual([{ protect: true }, { a: ["urn:b"] }, 443]);
    expect([whole.is("x", "aws:lb/listener:Listener"), whole.is("x"), whole.is()]).toEqual([true, false, false]);
  });
});

describe("a stack", () => {
  const [a, b] = ["a", "b"].map(
    (name) => new Resource({ type: "aws:ec2/subnet:Subnet", name, urn: `urn:${name}`, props: {} }),
  ) as [Resource, Resource];
  const owner = new Resource({ type: "aws:ec2/vpc:Vpc", name: "v", props: {}, links: { of: ["urn:b", "urn:gone"] } });
  const stack = new Stack([a, owner, b]);

  it("finds resources in the order of the kinds asked for", () => {
    expect(stack.of("aws:ec2/vpc:Vpc", "x", "aws:ec2/subnet:Subnet")).toEqual([owner, a, b]);
    expect(stack.resources).toEqual([a, owner, b]);
  });

  it("follows what a property was made from, as far as it is here", () => {
    expect([stack.linked(owner, "of"), stack.linked(owner, "other")]).toEqual([[b], []]);
  });
});

describe("unpack", () => {
  it("leaves everything but lists alone", () => {
    expect(reported("aws:ec2/managedPrefixList:ManagedPrefixList", { items: [pod] })).toEqual([
      ["aws:ec2/managedPrefixList:ManagedPrefixList", "urn:all", ""],
    ]);
    expect(reported("kubernetes:apps/v1:Listing", { items: [pod] })).toEqual([
      ["kubernetes:apps:Listing", "urn:all", ""],
    ]);
    expect(reported("my:kubernetes:v1:List", { items: [pod] })).toEqual([["my:kubernetes:v1:List", "urn:all", ""]]);
  });

  it("takes a list's members by what they say they are, or by what the list is of", () => {
    expect(
      reported("kubernetes:core/v1:List", { items: [pod, { ...pod, apiVersion: "apps/v1", kind: "Deployment" }] }),
    ).toEqual([
      ["kubernetes:core:Pod", "urn:all", "items[0]"],
      ["kubernetes:apps:Deployment", "urn:all", "items[1]"],
    ]);
    const members = [{}, { apiVersion: "apps/v1" }, { kind: "Pod" }, { [SIGNATURE]: SECRET, value: pod }, "x"];
    expect(reported("kubernetes:apps/v1:DeploymentList", { items: members }).map(([kind]) => kind)).toEqual([
      "kubernetes:apps:Deployment",
      "kubernetes:apps:Deployment",
      "kubernetes:apps:Deployment",
      "kubernetes:core:Pod",
      "kubernetes:apps:Deployment",
    ]);
  });

  it("names the members of a list by all but its last word", () => {
    expect(reported("kubernetes:example.com/v1:ListenerList", { items: [{}] })).toEqual([
      ["kubernetes:example.com:Listener", "urn:all", "items[0]"],
    ]);
    const [hidden] = unpack({ type: "kubernetes:example.com/v1:ListenerList", name: "all", props: UNKNOWN });
    expect(hidden?.type).toBe("kubernetes:example.com:Listener");
  });

  it("takes a list whose members a preview hides for one hidden member", () => {
    for (const props of [{ items: UNKNOWN }, UNKNOWN]) {
      const [only, ...rest] = unpack({ type: "kubernetes:apps/v1:DeploymentList", name: "all", props });
      expect([only?.type, only?.props.isUnknown(), only?.props.path, rest]).toEqual([
        "kubernetes:apps:Deployment",
        true,
        "items",
        [],
      ]);
    }
  });

  it("takes a list without members for itself", () => {
    expect(reported("kubernetes:apps/v1:DeploymentList", { items: "none" })).toEqual([
      ["kubernetes:apps:DeploymentList", "urn:all", ""],
    ]);
  });
});

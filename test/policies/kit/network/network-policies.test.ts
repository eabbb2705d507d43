/** Whom NetworkPolicies isolate, and what they let through, peer by peer and port by port. */
import { describe, expect, it } from "vitest";
import {
  coversNamespace,
  type PeerPort,
  isolates,
  isolating,
  allowsPeer,
  allowsAnything,
  openRule,
  type Peer,
} from "../../../../policies/kit/network/network-policies";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const policy = (spec: unknown, namespace = "shop"): Resource =>
  new Resource({
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    name: "p",
    props: { metadata: { name: "p", namespace }, spec },
  });
const space = (name: string, labels?: unknown): Resource =>
  new Resource({ type: "kubernetes:core/v1:Namespace", name, props: { metadata: { name, labels } } });
const labels = (all: Readonly<Record<string, string>>): ReadonlyMap<string, string> => new Map(Object.entries(all));
const cidr = (block: string, ...except: readonly string[]): object => ({ ipBlock: { cidr: block, except } });

describe("a policy isolates", () => {
  it.each([
    ["what comes in, unless it says otherwise", {}, true, false],
    ["what leaves as well where it has rules about it", { egress: [{}] }, true, true],
    ["only what its types name", { policyTypes: ["Egress"], ingress: [{}] }, false, true],
    ["only what its types name, whatever rules stand there", { policyTypes: ["Ingress"], egress: [{}] }, true, false],
    ["both where both are named", { policyTypes: ["Ingress", "Egress"] }, true, true],
  ])("%s", (_, spec, ingress, egress) => {
    expect([isolates(policy(spec), "Ingress"), isolates(policy(spec), "Egress")]).toEqual([ingress, egress]);
  });
});

describe("a policy is about", () => {
  it.each([
    [{ podSelector: {} }, true],
    [{ podSelector: { matchLabels: {}, matchExpressions: [] } }, true],
    [{ podSelector: { matchLabels: { app: "shop" } } }, false],
    [{ podSelector: { matchExpressions: [{ key: "app", operator: "Exists" }] } }, false],
    [{}, false],
  ])("its whole namespace with %j: %j", (spec, expected) => {
    expect(coversNamespace(policy(spec))).toBe(expected);
  });
});

describe("a rule lets everybody in", () => {
  it.each([
    ["without peers", {}, true],
    ["from every namespace", { from: [{ namespaceSelector: {} }] }, true],
    ["from every pod of every namespace", { from: [{ namespaceSelector: {}, podSelector: {} }] }, true],
    ["from every address", { from: [cidr("0.0.0.0/0")] }, true],
    ["from every address of the sixth version", { from: [cidr("::/0")] }, true],
    ["by its second peer", { from: [cidr("10.0.0.0/8"), { namespaceSelector: {} }] }, true],
    ["at one port", { ports: [{ port: 80 }] }, false],
    ["but for some addresses", { from: [cidr("0.0.0.0/0", "10.0.0.0/8")] }, false],
    ["of a block", { from: [cidr("10.0.0.0/8")] }, false],
    ["of its own namespace", { from: [{ podSelector: {} }] }, false],
    ["of some pods", { from: [{ namespaceSelector: {}, podSelector: { matchLabels: { a: "b" } } }] }, false],
    ["of namespaces with a label", { from: [{ namespaceSelector: { matchLabels: { a: "b" } } }] }, false],
    [
      "of namespaces by an expression",
      { from: [{ namespaceSelector: { matchExpressions: [{ key: "a", operator: "Exists" }] } }] },
      false,
    ],
  ])("%s", (_, rule, open) => {
    const closed = { from: [{ podSelector: { matchLabels: { app: "x" } } }] };
    const found = openRule(policy({ ingress: [closed, rule] }), "Ingress");
    expect(found?.path).toBe(open ? "spec.ingress[1]" : undefined);
  });

  it("or out by the peers that the direction names", () => {
    expect(openRule(policy({ egress: [{ to: [{ podSelector: {} }], from: [] }] }), "Egress")).toBeUndefined();
    expect(openRule(policy({ egress: [{ to: [cidr("0.0.0.0/0")] }] }), "Egress")?.path).toBe("spec.egress[0]");
  });
});

describe("policies", () => {
  const closed = policy({ podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Ingress"] });
  const elsewhere = policy({ podSelector: {}, policyTypes: ["Ingress"] }, "other");
  const hidden = policy({ podSelector: unknownSentinels[0] });
  const web = labels({ app: "web" });

  it("isolate the pods of their namespace that they pick, in their direction", () => {
    const stack = new Stack([closed, elsewhere, hidden]);
    expect(isolating(stack, "shop", web, "Ingress")).toEqual([closed]);
    expect(isolating(stack, "shop", labels({ app: "api" }), "Ingress")).toEqual([]);
    expect(isolating(stack, "shop", web, "Egress")).toEqual([]);
    expect(isolating(stack, "other", web, "Ingress")).toEqual([elsewhere]);
  });

  it("let something through where they have a rule of the direction", () => {
    expect(allowsAnything([closed, policy({ ingress: [{}] })], "Ingress")).toBe(true);
    expect(allowsAnything([closed], "Ingress")).toBe(false);
    expect(allowsAnything([policy({ ingress: [{}] })], "Egress")).toBe(false);
    expect(allowsAnything([policy({ ingress: [{ from: [{ entity: "nobody" }] }] })], "Ingress")).toBe(false);
  });
});

describe("a rule at ports", () => {
  const peerPort: PeerPort = { port: 8080, name: "http", protocol: "TCP" };
  const peer: Peer = { namespace: "shop", labels: labels({}) };
  it.each([
    ["none", [], true],
    ["the number", [{ port: 8080 }], true],
    ["the number as a text", [{ port: "8080" }], true],
    ["the name", [{ port: "http" }], true],
    ["every port", [{ protocol: "TCP" }], true],
    ["a range that ends there", [{ port: 8000, endPort: 8080 }], true],
    ["a range that begins there", [{ port: 8080, endPort: 9000 }], true],
    ["another and then it", [{ port: 1 }, { port: 8080, protocol: "TCP" }], true],
    ["another number", [{ port: 8081 }], false],
    ["another name", [{ port: "https" }], false],
    ["a range before it", [{ port: 8000, endPort: 8079 }], false],
    ["a range behind it", [{ port: 8081, endPort: 9000 }], false],
    ["a number below it", [{ port: 80 }], false],
    ["another protocol", [{ port: 8080, protocol: "UDP" }], false],
  ])("of %s", (_, ports, expected) => {
    const rules = policy({ ingress: [{ ports }] });
    expect(allowsPeer(new Stack([]), [rules], "Ingress", peer, peerPort)).toBe(expected);
  });

  it("lets through whoever comes by no particular port", () => {
    expect(allowsPeer(new Stack([]), [policy({ ingress: [{ ports: [{ port: 1 }] }] })], "Ingress", peer)).toBe(true);
  });
});

describe("a rule for peers", () => {
  const stack = new Stack([space("edge", { team: "edge", tier: "front" }), space("hidden", unknownSentinels[0])]);
  const gateway: Peer = { namespace: "edge", labels: labels({ app: "gateway" }) };
  const own: Peer = { namespace: "shop", labels: labels({}) };
  const team = (operator: string, ...values: readonly string[]): object => ({
    namespaceSelector: { matchExpressions: [{ key: "team", operator, values }] },
  });
  const named = (name: string): object => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
  });

  it.each([
    ["a block of addresses", cidr("10.0.0.0/8"), gateway, true],
    ["a block of addresses, for the API server", cidr("10.0.0.0/8"), "outside", true],
    ["pods, for the API server", { namespaceSelector: {} }, "outside", false],
    ["what is outside of the cluster", { entity: "outside" }, "outside", true],
    ["what is outside of the cluster, for pods", { entity: "outside" }, gateway, false],
    ["every namespace", { namespaceSelector: {} }, gateway, true],
    ["the namespace by name", named("edge"), gateway, true],
    ["another namespace by name", named("other"), gateway, false],
    ["the namespace by a label", { namespaceSelector: { matchLabels: { team: "edge" } } }, gateway, true],
    ["another label of namespaces", { namespaceSelector: { matchLabels: { team: "core" } } }, gateway, false],
    ["a label that nobody in sight gives", { namespaceSelector: { matchLabels: { more: "x" } } }, gateway, true],
    ["an expression that fits", team("In", "edge"), gateway, true],
    ["an expression that does not", team("NotIn", "edge"), gateway, false],
    ["pods of its own namespace", { podSelector: {} }, own, true],
    ["pods of its own namespace, for another", { podSelector: {} }, gateway, false],
    ["pods by their label", { namespaceSelector: {}, podSelector: { matchLabels: { app: "gateway" } } }, gateway, true],
    ["pods by another label", { namespaceSelector: {}, podSelector: { matchLabels: { app: "x" } } }, gateway, false],
    ["pods by a label of which nothing is known", { podSelector: { matchLabels: { app: "x" } } }, own, true],
    [
      "namespaces by a label that a preview hides",
      { namespaceSelector: { matchLabels: { team: "x" } } },
      { namespace: "hidden", labels: labels({}) },
      true,
    ],
  ] as const)("of %s", (_, given, peer, expected) => {
    const other = { podSelector: { matchLabels: { app: "nobody" } }, ...named("nowhere") };
    const rules = policy({ egress: [{ to: [other] }, { to: [other, given] }] });
    expect(allowsPeer(stack, [policy({}), rules], "Egress", peer)).toBe(expected);
    expect(allowsPeer(stack, [rules], "Ingress", peer)).toBe(false);
  });
});

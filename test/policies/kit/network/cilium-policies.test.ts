/** What a policy of Cilium's says in the words of NetworkPolicies. */
import { describe, expect, it } from "vitest";
import { translated } from "../../../../policies/kit/network/cilium-policies";
import { Resource } from "../../../../policies/kit/reading/resource";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;

const spaced = {
  name: "shop",
  labels: new Map([
    ["team", "acme"],
    ["kubernetes.io/metadata.name", "shop"],
  ]),
};
const policy = (props: object, kind = "CiliumNetworkPolicy"): Resource =>
  new Resource({
    type: `kubernetes:cilium.io/v2:${kind}`,
    name: "p",
    urn: "urn:p",
    links: { spec: ["urn:other"] },
    parent: "urn:parent",
    props: { metadata: { name: "p" }, ...props },
  });
const specs = (props: object, kind?: string): readonly unknown[] =>
  translated(policy(props, kind), spaced).map((one) => one.at("spec").value());
const spec = (more: object, kind?: string): unknown => specs({ spec: { endpointSelector: {}, ...more } }, kind)[0];
const none = { matchLabels: {}, matchExpressions: [] };
const peers = (rule: object, kind?: string): unknown =>
  (spec({ egress: [rule] }, kind) as { egress: readonly { to: unknown }[] }).egress[0]?.to;
const ports = (...given: readonly object[]): unknown =>
  (spec({ ingress: [{ toPorts: [{ ports: given }] }] }) as { ingress: readonly { ports: unknown }[] }).ingress[0]
    ?.ports;
const block = (cidr: string): object => ({ ipBlock: { cidr } });

describe("a policy of Cilium's", () => {
  it("keeps its name, its identity and its links, and says in which namespace it is read", () => {
    const [one] = translated(policy({ spec: { endpointSelector: {} } }), spaced);
    expect(one).toMatchObject({ name: "p", urn: "urn:p", parent: "urn:parent", links: { spec: ["urn:other"] } });
    const hidden = translated(policy({ metadata: { name: UNKNOWN }, spec: { endpointSelector: {} } }), spaced);
    expect(hidden.map((known) => known.at("metadata").value())).toEqual([{ name: undefined, namespace: "shop" }]);
    expect(one?.type).toBe("kubernetes:networking.k8s.io:NetworkPolicy");
    expect(one?.at("metadata").value()).toEqual({ name: "p", namespace: "shop" });
  });

  it("is one for each of its specs, without those for nodes", () => {
    const [a, b] = ["a", "b"].map((app) => ({ endpointSelector: { matchLabels: { app } } }));
    const all = specs({ spec: a, specs: [b, { nodeSelector: {} }] }) as { podSelector: { matchLabels: object } }[];
    expect(all.map(({ podSelector }) => podSelector.matchLabels)).toEqual([{ app: "a" }, { app: "b" }]);
  });

  it("denies a direction of which it has rules of either kind, unless it says otherwise", () => {
    const types = (more: object): unknown => (spec(more) as { policyTypes: unknown }).policyTypes;
    expect(types({})).toEqual(["Ingress allowed", "Egress allowed"]);
    expect(types({ ingress: [{}] })).toEqual(["Ingress", "Egress allowed"]);
    expect(types({ egressDeny: [{}] })).toEqual(["Ingress allowed", "Egress"]);
    const unless = { enableDefaultDeny: { ingress: false, egress: true } };
    expect(types({ ingress: [{}], ...unless })).toEqual(["Ingress allowed", "Egress"]);
  });
});

describe("an endpoint selector", () => {
  const picks = (selector: object): unknown => {
    const [first] = specs({ spec: { endpointSelector: selector } }) as readonly { podSelector: unknown }[];
    return first?.podSelector;
  };
  const expression = (key: string, operator: string, values: readonly string[]): object => ({ key, operator, values });

  it("picks pods by labels, whatever source is written before them", () => {
    const matchLabels = { "k8s:app": "a", "any.tier": "b", role: "c", "my.k8s:x": "d" };
    expect(picks({ matchLabels })).toEqual({
      ...none,
      matchLabels: { app: "a", tier: "b", role: "c", "my.k8s:x": "d" },
    });
    const matchExpressions = [expression("k8s:app", "In", ["a"])];
    expect(picks({ matchExpressions })).toEqual({ ...none, matchExpressions: [expression("app", "In", ["a"])] });
  });

  it.each([
    [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": "shop" } }, true],
    [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": "other" } }, false],
    [{ matchLabels: { "io.cilium.k8s.namespace.labels.team": "acme" } }, true],
    [{ matchLabels: { "io.cilium.k8s.namespace.labels.team": "x" } }, false],
    [{ matchExpressions: [expression("io.kubernetes.pod.namespace", "NotIn", ["shop"])] }, false],
  ])("with %j picks pods of the namespace: %j", (selector, expected) => {
    expect(picks(selector)).toEqual(expected ? none : undefined);
  });
});

describe("a rule's peers", () => {
  const pods = { matchLabels: { app: "a" }, matchExpressions: [] };
  const app = { matchLabels: { app: "a" } };
  const wide = "CiliumClusterwideNetworkPolicy";

  it("are pods of its own namespace, or of every one where it is the cluster's", () => {
    expect(peers({ toEndpoints: [app] })).toEqual([{ podSelector: pods }]);
    expect(peers({ toEndpoints: [app] }, wide)).toEqual([{ podSelector: pods, namespaceSelector: {} }]);
  });

  it("are pods of the namespace that they name", () => {
    const named = { matchLabels: { app: "a", "k8s:io.kubernetes.pod.namespace": "other" } };
    const namespaceSelector = { matchLabels: { "kubernetes.io/metadata.name": "other" }, matchExpressions: [] };
    expect(peers({ toEndpoints: [named] })).toEqual([{ podSelector: pods, namespaceSelector }]);
    expect(peers({ toEndpoints: [named] }, wide)).toEqual([{ podSelector: pods, namespaceSelector }]);
    const key = "io.cilium.k8s.namespace.labels.team";
    const listed = { matchExpressions: [{ key, operator: "Exists" }] };
    const exists = { key: "team", operator: "Exists", values: [] };
    expect(peers({ toEndpoints: [listed] })).toEqual([
      { podSelector: none, namespaceSelector: { matchLabels: {}, matchExpressions: [exists] } },
    ]);
  });

  it.each([
    ["all", [{ namespaceSelector: {} }, block("0.0.0.0/0")]],
    ["cluster", [{ namespaceSelector: {} }]],
    ["world", [block("0.0.0.0/0")]],
    ["world-ipv6", [block("::/0")]],
    ["kube-apiserver", [{ entity: "outside" }]],
  ])("by the entity %s", (entity, expected) => {
    expect(peers({ toEntities: [entity] })).toEqual(expected);
  });

  it("are addresses, names, nodes, groups and Services", () => {
    expect(
      peers({
        toCIDR: ["10.0.0.0/8"],
        toCIDRSet: [{ cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] }],
        toFQDNs: [{ matchName: "example.com" }],
        toNodes: [{}],
        toGroups: [{}],
        toServices: [{}],
      }),
    ).toEqual([
      block("10.0.0.0/8"),
      { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
      { entity: "outside" },
      { entity: "outside" },
      { entity: "outside" },
      block("services"),
    ]);
  });

  it("are nobody where nothing is named, and everybody where only ports are", () => {
    expect(peers({})).toEqual([{ entity: "nobody" }]);
    expect(peers({ toPorts: [{ ports: [{ port: "80" }] }] })).toEqual([]);
    expect(peers({ icmps: [{ fields: [] }] })).toEqual([]);
    expect(spec({ ingress: [{ fromEndpoints: [app] }] })).toMatchObject({
      ingress: [{ from: [{ podSelector: pods }] }],
    });
  });
});

describe("a rule's ports", () => {
  it.each([
    ["one of TCP", { port: "80", protocol: "TCP" }, [{ protocol: "TCP", port: "80" }]],
    [
      "one of any protocol",
      { port: "53", protocol: "ANY" },
      [
        { protocol: "TCP", port: "53" },
        { protocol: "UDP", port: "53" },
      ],
    ],
    [
      "one without a protocol",
      { port: "53" },
      [
        { protocol: "TCP", port: "53" },
        { protocol: "UDP", port: "53" },
      ],
    ],
    ["a range", { port: "80", endPort: 90, protocol: "UDP" }, [{ protocol: "UDP", port: "80", endPort: 90 }]],
    ["every one", { port: "0", protocol: "TCP" }, [{ protocol: "TCP" }]],
  ])("are %s", (_, given, expected) => {
    expect(ports(given)).toEqual(expected);
  });
});

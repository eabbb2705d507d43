/**
 * Converts Cilium's policies to NetworkPolicies, for the rules about connections between pods.
 * Sources: cilium, pkg/policy/api/rule_validation.go (Rule.Sanitize: a direction with rules denies by default) and
 * Documentation, security/policy/language (a rule without members allows no traffic).
 */
import { Field, valueOr } from "../reading/field";
import { type Labels, selects } from "../kubernetes/kubernetes";
import { keysOf } from "../reading/path";
import { Resource } from "../reading/resource";
import { types } from "../reading/types";
import { isUnknown, unknownSentinels } from "../reading/value";

type Selector = { matchLabels: Record<string, string>; matchExpressions: Record<string, unknown>[] };
type Peer = Readonly<Record<string, unknown>>;

/** Labels of a pod's namespace in Cilium, and Kubernetes' own label with the name of a namespace. */
const namespaceKey = "io.kubernetes.pod.namespace";
const namespaceLabel = "io.cilium.k8s.namespace.labels.";
const nameLabel = "kubernetes.io/metadata.name";

/** A namespace in which a cluster-wide policy may pick pods. */
export interface NamespaceFacts {
  readonly name: string;
  readonly labels: Labels;
}

/**
 * The policy in a namespace, as NetworkPolicies with the same name and identity; none where it selects no pods.
 * @throws UnknownRead @throws MalformedRead
 */
export function translated(policy: Resource, namespace: NamespaceFacts): readonly Resource[] {
  const single = policy.at("spec");
  const all = [...(single.isSet() ? [single] : []), ...policy.at("specs").list()];
  return all.flatMap((spec) => {
    // A policy with a nodeSelector selects no pods.
    if (!spec.at("endpointSelector").isSet()) return [];
    const { pods, namespaces } = split(spec.at("endpointSelector"));
    if (!selects(plain(namespaces, spec.path), namespace.labels)) return [];
    const wide = policy.is(types.ciliumClusterPolicy);
    const props = {
      metadata: { name: valueOr(() => policy.at("metadata", "name").text(), undefined), namespace: namespace.name },
      spec: {
        podSelector: pods,
        policyTypes: directions.map((direction) => (denies(spec, direction) ? direction : allowsAlone(direction))),
        ingress: rulesOf(spec, "Ingress", wide),
        egress: rulesOf(spec, "Egress", wide),
      },
    };
    const { token: type, name, urn, options, links, parent } = policy;
    const input = { type, name, urn, options, links, props, ...(parent === undefined ? {} : { parent }) };
    const converted = new Resource(input, types.networkPolicy);
    const rules = [...props.spec.ingress, ...props.spec.egress];
    return [rules.some(isUnknown) ? converted.withoutUnknownItems() : converted];
  });
}

const directions = ["Ingress", "Egress"] as const;
type Direction = (typeof directions)[number];

/** Policy type for a direction without default deny. The policy's allow rules still count. */
export function allowsAlone(direction: Direction): string {
  return `${direction} allowed`;
}

/** A direction with rules of either kind denies the rest, unless enableDefaultDeny says otherwise. */
function denies(spec: Field, direction: Direction): boolean {
  const key = direction.toLowerCase();
  const stated = spec.at("enableDefaultDeny", key).flag();
  return stated ?? spec.at(key).list().length + spec.at(`${key}Deny`).list().length > 0;
}

function rulesOf(spec: Field, direction: Direction, wide: boolean): readonly unknown[] {
  const side = direction === "Ingress" ? "from" : "to";
  const stated = spec
    .at(direction.toLowerCase())
    .list()
    .map((rule): readonly [number, unknown] => {
      const ports = rule.at("toPorts").list().flatMap(portsOf);
      const limited = rule.at("toPorts").list().length + rule.at("icmps").list().length > 0;
      const found = peersOf(rule, side, wide);
      const nobody = found.length === 0 && !limited ? [{ entity: "nobody" }] : found;
      return [Number(keysOf(rule.path).at(-1)), { [side]: nobody, ports }];
    });
  // Rules keep their list index, so that a property path stays right when unknown rules are left out.
  const byPosition = new Map(stated);
  const length = Math.max(-1, ...byPosition.keys()) + 1;
  return Array.from({ length }, (_, position) => byPosition.get(position) ?? unknownSentinels[0]);
}

function portsOf(group: Field): readonly unknown[] {
  return group
    .at("ports")
    .list()
    .flatMap((port) => {
      const [number, protocol] = [port.at("port").textOrEmpty(), port.at("protocol").text() ?? "ANY"];
      const end = port.at("endPort").number();
      const protocols = protocol === "ANY" ? ["TCP", "UDP"] : [protocol];
      return protocols.map((one) => ({
        protocol: one,
        ...(number === "0" ? {} : { port: number }),
        ...(end === undefined ? {} : { endPort: end }),
      }));
    });
}

/** Entities that are pods, addresses, or neither. Source: cilium, pkg/policy/api/entity.go. */
const entities: Readonly<Record<string, readonly Peer[]>> = {
  all: [{ namespaceSelector: {} }, { ipBlock: { cidr: "0.0.0.0/0" } }],
  cluster: [{ namespaceSelector: {} }],
  world: [{ ipBlock: { cidr: "0.0.0.0/0" } }],
  "world-ipv4": [{ ipBlock: { cidr: "0.0.0.0/0" } }],
  "world-ipv6": [{ ipBlock: { cidr: "::/0" } }],
};
/** A peer that is no pod: nodes, the API server and DNS names outside of the cluster. */
const outside: Peer = { entity: "outside" };

function peersOf(rule: Field, side: string, wide: boolean): readonly Peer[] {
  const member = (key: string): readonly Field[] => rule.at(`${side}${key}`).list();
  return [
    ...member("Endpoints").map((selector) => endpointPeer(selector, wide)),
    ...member("Entities").flatMap((entity) => entities[entity.textOrEmpty()] ?? [outside]),
    ...member("CIDR").map((cidr) => ({ ipBlock: { cidr: cidr.text() } })),
    ...member("CIDRSet").map((set) => ({ ipBlock: { cidr: set.at("cidr").text(), except: set.at("except").texts() } })),
    ...[...member("FQDNs"), ...member("Nodes"), ...member("Groups")].map(() => outside),
    // The pods of a Service are not resolved: any pod may be one of them.
    ...member("Services").map(() => ({ ipBlock: { cidr: "services" } })),
  ];
}

/**
 * Without a namespace label the selector of a CiliumNetworkPolicy matches its own namespace, that of a
 * cluster-wide policy every one.
 */
function endpointPeer(selector: Field, wide: boolean): Peer {
  const { pods, namespaces } = split(selector);
  const named = Object.keys(namespaces.matchLabels).length + namespaces.matchExpressions.length > 0;
  return { podSelector: pods, ...(named ? { namespaceSelector: namespaces } : wide ? { namespaceSelector: {} } : {}) };
}

/** Splits an endpoint selector into the pod's labels and its namespace's labels. */
function split(selector: Field): { readonly pods: Selector; readonly namespaces: Selector } {
  const parts = { pods: empty(), namespaces: empty() };
  for (const [key, value] of selector.at("matchLabels").members()) {
    const [part, label] = labelOf(key);
    parts[part].matchLabels[label] = value.textOrEmpty();
  }
  for (const expression of selector.at("matchExpressions").list()) {
    const [part, key] = labelOf(expression.at("key").textOrEmpty());
    const [operator, values] = [expression.at("operator").text(), expression.at("values").texts()];
    parts[part].matchExpressions.push({ key, operator, values });
  }
  return parts;
}

function empty(): Selector {
  return { matchLabels: {}, matchExpressions: [] };
}

function labelOf(written: string): readonly ["pods" | "namespaces", string] {
  const key = written.replace(/^(k8s|any)[:.]/, "");
  if (key === namespaceKey) return ["namespaces", nameLabel];
  return key.startsWith(namespaceLabel) ? ["namespaces", key.slice(namespaceLabel.length)] : ["pods", key];
}

function plain(selector: Selector, path: string): Field {
  return new Field(selector, path);
}

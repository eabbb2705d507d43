/** NetworkPolicies as Kubernetes reads them: which pods they isolate, in which direction, and what they allow. */
import { allowsAlone, translated } from "./cilium-policies";
import { Field, valueOr } from "../reading/field";
import { type Labels, labelsOf, namespaceOf, objectName, selects } from "../kubernetes/kubernetes";
import { perStack, type Resource, type Stack } from "../reading/resource";
import { SelectorIndex } from "../kubernetes/selector-index";
import { types } from "../reading/types";
import { readSelector } from "../kubernetes/workloads";

/** Direction of the connections that a policy limits. */
export type Direction = "Ingress" | "Egress";

const peersKey: Readonly<Record<Direction, string>> = { Ingress: "from", Egress: "to" };

/** The rules of the direction; each of them allows some connections. */
function rulesIn(policy: Resource, direction: Direction): readonly Field[] {
  return policy.at("spec", direction.toLowerCase()).list();
}

/** Whether the policy isolates the pods that it selects: unset types mean Ingress, and Egress where there are egress rules. */
export function isolates(policy: Resource, direction: Direction): boolean {
  const stated = policy.at("spec", "policyTypes").texts();
  if (stated.length > 0) return stated.includes(direction);
  return direction === "Ingress" || rulesIn(policy, direction).length > 0;
}

/** Whether the policy's allowed connections of the direction count: a policy of Cilium may allow some without denying the others. */
export function counts(policy: Resource, direction: Direction): boolean {
  return isolates(policy, direction) || policy.at("spec", "policyTypes").texts().includes(allowsAlone(direction));
}

/** Whether the policy selects every pod of its namespace. */
export function coversNamespace(policy: Resource): boolean {
  const selector = policy.at("spec", "podSelector");
  const picks = [...selector.at("matchLabels").members(), ...selector.at("matchExpressions").list()];
  return selector.isSet() && picks.length === 0;
}

/** The rule of the policy that allows every connection of the direction, if it has one. */
export function openRule(policy: Resource, direction: Direction): Field | undefined {
  return rulesIn(policy, direction).find((rule) => {
    if (rule.at("ports").list().length > 0) return false;
    const peers = rule.at(peersKey[direction]).list();
    return peers.length === 0 || peers.some(isEverybody);
  });
}

/** A peer that is the whole cluster, or every address. */
function isEverybody(peer: Field): boolean {
  if (peer.at("entity").isSet()) return false;
  const block = peer.at("ipBlock");
  if (block.isSet())
    return ["0.0.0.0/0", "::/0"].includes(block.at("cidr").textOrEmpty()) && block.at("except").list().length === 0;
  const namespaces = peer.at("namespaceSelector");
  return namespaces.isSet() && isEmpty(namespaces) && isEmpty(peer.at("podSelector"));
}

function isEmpty(selector: Field): boolean {
  return selector.at("matchLabels").members().length + selector.at("matchExpressions").list().length === 0;
}

/** Reads everything that decides which connections the policy allows. */
function readPolicy(policy: Resource): unknown {
  readSelector(policy.at("spec", "podSelector"));
  const directions: readonly Direction[] = ["Ingress", "Egress"];
  return [
    namespaceOf(policy),
    directions.map((direction) => [
      isolates(policy, direction),
      rulesIn(policy, direction).map((rule) => readRule(rule, direction)),
    ]),
  ];
}

function readRule(rule: Field, direction: Direction): unknown {
  const ports = rule.at("ports").list();
  return [
    ports.map((port) => ["protocol", "port", "endPort"].map((key) => port.at(key).text())),
    rule.at(peersKey[direction]).list().map(readPeer),
  ];
}

function readPeer(peer: Field): unknown {
  readSelector(peer.at("namespaceSelector"));
  readSelector(peer.at("podSelector"));
  return [peer.at("ipBlock", "cidr").text(), peer.at("ipBlock", "except").texts()];
}

/** Kinds of policies about connections between pods. */
export const policyKinds = [types.networkPolicy, types.ciliumPolicy, types.ciliumClusterPolicy] as const;

/** Reads everything that decides which connections a policy of one of the kinds allows, in each of its namespaces. */
export function readAnyPolicy(stack: Stack, policy: Resource): unknown {
  if (policy.is(types.networkPolicy)) return readPolicy(policy);
  const names = policy.is(types.ciliumClusterPolicy) ? declaredNamespaces(stack) : [namespaceOf(policy)];
  return names.map((name) => translated(policy, { name, labels: namespaceLabels(stack, name) }));
}

/** Every policy as a NetworkPolicy; policies of the whole cluster once for each declared namespace. */
export const allPolicies = perStack((stack): readonly Resource[] => {
  const own = stack.of(types.ciliumPolicy).flatMap((policy) =>
    valueOr(() => {
      const name = namespaceOf(policy);
      return translated(policy, { name, labels: namespaceLabels(stack, name) });
    }, []),
  );
  const wide = stack.of(types.ciliumClusterPolicy);
  const names = wide.length === 0 ? [] : declaredNamespaces(stack);
  const everywhere = wide.flatMap((policy) =>
    names.flatMap((name) => valueOr(() => translated(policy, { name, labels: namespaceLabels(stack, name) }), [])),
  );
  return [...stack.of(types.networkPolicy), ...own, ...everywhere];
});

function declaredNamespaces(stack: Stack): readonly string[] {
  const names = stack.resources
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .flatMap((resource) =>
      valueOr(() => (resource.is(types.namespace) ? [objectName(resource)] : [namespaceOf(resource)]), []),
    );
  return [...new Set(names)];
}

const policies = perStack(
  (stack) =>
    new SelectorIndex(
      allPolicies(stack).flatMap((resource) =>
        valueOr(() => {
          readPolicy(resource);
          return [{ resource, namespace: namespaceOf(resource), selector: resource.at("spec", "podSelector") }];
        }, []),
      ),
    ),
);

/** The policies for pods with these labels in the direction, those that only allow included; allowed connections add up. */
export function isolating(stack: Stack, namespace: string, labels: Labels, direction: Direction): readonly Resource[] {
  const all = policies(stack).picking(namespace, labels);
  return all.some((policy) => isolates(policy, direction)) ? all.filter((policy) => counts(policy, direction)) : [];
}

/** The other end of a connection. The API server is outside of every namespace: only blocks of addresses name it. */
export type Peer = PodPeer | "outside";

/** Pods at the other end. */
export interface PodPeer {
  readonly namespace: string;
  /** Labels of its pods as far as they are known; a label that is not known counts as a match. */
  readonly labels: Labels;
}

/** A port by number, and by name where it has one. */
export interface PeerPort {
  readonly port: number;
  readonly name?: string | undefined;
  readonly protocol: "TCP" | "UDP";
}

/** Whether one of the policies, all of one namespace, allows the peer on the port. */
export function allowsPeer(
  stack: Stack,
  all: readonly Resource[],
  direction: Direction,
  peer: Peer,
  peerPort?: PeerPort,
): boolean {
  return all.some((policy) =>
    rulesIn(policy, direction).some((rule) => {
      const ports = rule.at("ports").list();
      if (peerPort !== undefined && ports.length > 0 && !ports.some((port) => allowsPort(port, peerPort))) return false;
      const peers = rule.at(peersKey[direction]).list();
      return peers.length === 0 || peers.some((one) => means(stack, one, peer, namespaceOf(policy)));
    }),
  );
}

/** Whether the policies allow any connection. */
export function allowsAnything(all: readonly Resource[], direction: Direction): boolean {
  return all.some((policy) => rulesIn(policy, direction).some((rule) => !matchesNoPeer(rule, direction)));
}

function matchesNoPeer(rule: Field, direction: Direction): boolean {
  return rule
    .at(peersKey[direction])
    .list()
    .some((peer) => peer.at("entity").text() === "nobody");
}

function allowsPort(port: Field, peerPort: PeerPort): boolean {
  if ((port.at("protocol").text() ?? "TCP") !== peerPort.protocol) return false;
  const stated = port.at("port").text();
  if (stated === undefined || stated === peerPort.name) return true;
  const [first, last] = [Number(stated), port.at("endPort").number() ?? Number(stated)];
  return first <= peerPort.port && peerPort.port <= last;
}

function means(stack: Stack, stated: Field, peer: Peer, own: string): boolean {
  // The addresses of pods and of the API server are not known here: a block may contain them.
  if (stated.at("ipBlock").isSet()) return true;
  // Peers that Cilium names without labels: the API server and nodes, or no peer at all.
  if (stated.at("entity").isSet()) return stated.at("entity").text() === peer;
  if (peer === "outside") return false;
  const namespaces = stated.at("namespaceSelector");
  const reached = namespaces.isSet()
    ? mayPick(namespaces, namespaceLabels(stack, peer.namespace))
    : peer.namespace === own;
  return reached && mayPick(stated.at("podSelector"), peer.labels);
}

/** Name and labels of a declared namespace.
 * @throws UnknownRead @throws MalformedRead */
export function readNamespace(namespace: Resource): readonly [string, Labels] {
  return [objectName(namespace), labelsOf(namespace.props)];
}

/** Labels of namespaces, as far as they are declared here. */
const declared = perStack((stack) => {
  const read = (one: Resource): readonly (readonly [string, Labels])[] => [readNamespace(one)];
  return new Map(stack.of(types.namespace).flatMap((one) => valueOr(() => read(one), [])));
});

/** Kubernetes itself labels every namespace with its name. */
function namespaceLabels(stack: Stack, name: string): Labels {
  return new Map([...(declared(stack).get(name) ?? []), ["kubernetes.io/metadata.name", name]]);
}

/** Whether the selector may pick an object of which only these labels are known. */
function mayPick(selector: Field, known: Labels): boolean {
  const equal = selector
    .at("matchLabels")
    .members()
    .filter(([key]) => known.has(key));
  const expressions = selector
    .at("matchExpressions")
    .list()
    .filter((one) => known.has(one.at("key").textOrEmpty()));
  const part = {
    matchLabels: Object.fromEntries(equal.map(([key, value]) => [key, value.text()])),
    matchExpressions: expressions.map((one) => one.value()),
  };
  return selects(new Field(part, selector.path), known);
}

/** Rule deny-leaves-a-way. */
import { valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { type Labels, labelsOf, namespaceOf, addOnNamespaces, isAddOn } from "../../kit/kubernetes/kubernetes";
import {
  coversNamespace,
  type PeerPort,
  isolating,
  allowsPeer,
  allowsAnything,
  type Peer,
  policyKinds,
  readAnyPolicy,
  readNamespace,
} from "../../kit/network/network-policies";
import { hasWorkloadRef } from "../../kit/kubernetes/pods";
import { add, declareObject, example, fix, type Remedy } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { hasRoutes, isRouted, routing, targetsOf } from "../../kit/network/routes";
import { eachResource, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { callsApiServer, readBinding } from "../../kit/kubernetes/service-accounts";
import { readNamedService, servesHttp, servicesOf, servingContainers } from "../../kit/network/serving";
import { text, texts } from "../../kit/rule/settings";
import { typeOfToken, types } from "../../kit/reading/types";
import {
  apiPort,
  dnsPort,
  ingressFromNamespace,
  requiredNamespaces,
  egressToApiServer,
  egressToDns,
} from "../../kit/network/required-connections";
import { podSpec, podTemplate, running } from "../../kit/kubernetes/workloads";

/** A deny by default leaves open what the pods cannot do without. */
export const denyLeavesAWay = stackRule({
  id: "deny-leaves-a-way",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "Network policies that cut pods off from name resolution, the gateway, Prometheus or the API server.",
  prevents: "An outage at the moment of the deny: no name resolves, no request arrives, no gate gets a metric.",
  source: "Kubernetes, Network Policies, default deny all egress traffic (DNS is denied too)",
  settings: {
    platformNamespaces: texts(addOnNamespaces, "Namespaces of add-ons, whose policies the platform keeps.", "any"),
    gatewayNamespace: text(requiredNamespaces.gateway, "Namespace of the gateway."),
    monitoringNamespace: text(requiredNamespaces.monitoring, "Namespace of Prometheus."),
  },
  limits:
    "Of Cilium's policies the rules that deny by name are not read. Which addresses pods have is not seen: a rule for a block of addresses counts as a way. Labels of the other side that are not declared here count as fitting. Where only policies for some pods are here, the rest may stand elsewhere and the finding blocks nothing.",
  examples: {
    bad: "spec: { podSelector: {}, policyTypes: [Ingress, Egress] }   # and no other policy",
    good: "egress: [{ to: [{ namespaceSelector: … kube-system }], ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }] }]",
  },
  *check(stack, { platformNamespaces: platform, gatewayNamespace, monitoringNamespace }) {
    const policies = stack.of(...policyKinds);
    if (policies.length === 0) return;
    yield* reportUnreadable(policies, (policy) => readAnyPolicy(stack, policy));
    yield* reportUnreadable(stack.of(types.namespace), readNamespace);
    yield* reportUnreadable(stack.of(types.service), readNamedService);
    yield* reportUnreadable(stack.of(...routing), targetsOf);
    yield* reportUnreadable(stack.of(types.clusterRoleBinding, types.roleBinding), readBinding);
    yield* eachResource([...stack.of(...running), ...stack.of(types.pod)], (workload) => {
      if (hasWorkloadRef(workload) || isAddOn(workload, platform)) return [];
      return check(stack, workload, { gateway: gatewayNamespace, monitoring: monitoringNamespace });
    });
  },
});

interface Namespaces {
  readonly gateway: string;
  readonly monitoring: string;
}

function* check(stack: Stack, workload: Resource, namespaces: Namespaces): Iterable<Finding> {
  // Pods in the node's network are the node to every policy.
  if (podSpec(workload).at("hostNetwork").flag() === true) return;
  const [namespace, labels] = [namespaceOf(workload), labelsOf(podTemplate(workload))];
  yield* checkEgress(stack, workload, isolating(stack, namespace, labels, "Egress"));
  yield* checkIngress(stack, workload, isolating(stack, namespace, labels, "Ingress"), namespaces);
}

const dnsPods: Labels = new Map([["k8s-app", "kube-dns"]]);
const anyLabels: Labels = new Map();

function* checkEgress(stack: Stack, workload: Resource, outgoing: readonly Resource[]): Iterable<Finding> {
  const [policy] = outgoing;
  if (policy === undefined) return;
  const dns: Peer = { namespace: "kube-system", labels: dnsPods };
  const closed = (["UDP", "TCP"] as const).filter(
    (protocol) => !allowsPeer(stack, outgoing, "Egress", dns, { port: dnsPort, protocol }),
  );
  if (closed.length > 0) {
    yield cut(workload, outgoing, {
      got: `policies that deny egress and allow no name resolution over ${closed.join(" and ")}`,
      expected: `egress to the DNS pods in kube-system on port ${dnsPort}, UDP and TCP`,
      fix: opened(policy, "egress", egressToDns, "names"),
    });
  }
  if (!callsApiServer(stack, workload)) return;
  if (allowsPeer(stack, outgoing, "Egress", "outside", { port: apiPort, protocol: "TCP" })) return;
  yield cut(workload, outgoing, {
    got: "policies that deny egress to the API server, beside rights in the API for the pods' service account",
    expected: `egress to the API server's addresses on port ${apiPort}`,
    fix: fix`${opened(policy, "egress", egressToApiServer, "api-server")}, with the VPC's own block; no selector can name the API server, which is no pod`,
  });
}

function* checkIngress(
  stack: Stack,
  workload: Resource,
  incoming: readonly Resource[],
  { gateway, monitoring }: Namespaces,
): Iterable<Finding> {
  const [policy] = incoming;
  if (policy === undefined) return;
  const services = servicesOf(stack, workload);
  const serving = servingContainers(stack, workload);
  const routed = services.filter((service) => valueOr(() => isRouted(stack, service), false));
  // Where no route is in sight, a Service that speaks HTTP may be behind one.
  const called =
    routed.length > 0 || (services.length > 0 && !hasRoutes(stack) && servesHttp(stack, workload, serving));
  const peerPorts = (routed.length > 0 ? routed : services).flatMap((service) => peerPortsOf(service, workload));
  const caller: Peer = { namespace: gateway, labels: anyLabels };
  const reached = peerPorts.length === 0 ? [undefined] : peerPorts;
  if (called && !reached.some((peerPort) => allowsPeer(stack, incoming, "Ingress", caller, peerPort))) {
    yield cut(workload, incoming, {
      got: "policies that deny ingress and do not let the gateway in",
      expected: `ingress from the namespace ${gateway} to the port that the Service leads to`,
      fix: opened(policy, "ingress", ingressFromNamespace(gateway, peerPorts[0]), "gateway"),
    });
  } else if (!called && services.length > 0 && !allowsAnything(incoming, "Ingress")) {
    yield cut(workload, incoming, {
      got: "policies that deny ingress and let nobody in, beside a Service",
      expected: "ingress from whoever calls the Service",
      fix: example(opened(policy, "ingress", { from: [{ podSelector: {} }] }, "callers"), "the callers alone"),
    });
  }
  const scraped = podTemplate(workload).at("metadata", "annotations", "prometheus.io/scrape").text() === "true";
  const prometheus: Peer = { namespace: monitoring, labels: anyLabels };
  if (!scraped || allowsPeer(stack, incoming, "Ingress", prometheus)) return;
  yield cut(workload, incoming, {
    got: "policies that deny ingress and do not let Prometheus in, beside prometheus.io/scrape",
    expected: `ingress from the namespace ${monitoring} to the port of the metrics`,
    fix: opened(policy, "ingress", ingressFromNamespace(monitoring), "prometheus"),
  });
}

/** One more rule in one of the policies: what they allow adds up. One of Cilium's is left as it is: Cilium adds up both kinds. */
function opened(policy: Resource, direction: "ingress" | "egress", rule: unknown, name: string): Remedy {
  if (typeOfToken(policy.token) === types.networkPolicy) return add(policy.at("spec", direction), rule, policy);
  const policyTypes = [direction === "ingress" ? "Ingress" : "Egress"];
  return declareObject("networking.k8s.io/v1", "NetworkPolicy", {
    metadata: { name: `allow-${name}`, namespace: namespaceOf(policy) },
    spec: { podSelector: {}, policyTypes, [direction]: [rule] },
  });
}

/** The pods' ports behind a Service. */
function peerPortsOf(service: Resource, workload: Resource): readonly PeerPort[] {
  const containers = podTemplate(workload).at("spec", "containers").list();
  const declared = containers.flatMap((container) => container.at("ports").list());
  return valueOr(() => service.at("spec", "ports").list(), []).map((port): PeerPort => {
    const target = String(port.at("targetPort").text() ?? port.at("port").text());
    const own = declared.find((one) => [one.at("name").text(), one.at("containerPort").text()].includes(target));
    const protocol = port.at("protocol").text() === "UDP" ? "UDP" : "TCP";
    return { port: own?.at("containerPort").number() ?? Number(target), protocol, name: own?.at("name").text() };
  });
}

/** A finding that blocks only where the namespace's own deny is in sight, and so what belongs to it. */
function cut(
  workload: Resource,
  all: readonly Resource[],
  problem: Pick<Finding, "got" | "expected" | "fix">,
): Finding {
  return violation(workload, { ...problem, ...(all.some(coversNamespace) ? {} : { advisory: true }) });
}

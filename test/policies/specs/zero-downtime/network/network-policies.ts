/** Cases of the rule that a deny leaves what pods need. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { denyLeavesAWay } from "../../../../../policies/zero-downtime/network/deny-leaves-a-way";
import { but, deployment, namespace } from "../../../support/fixtures";
import { ciliumWays } from "./cilium-policies";
import { deny, dns, entrance, named, policy } from "../../../support/network-policies";
import { binding, caller, route, service } from "../../../support/reached-pod";
import { waysIn } from "./ingress-policies";
import { given, type Spec } from "../../../support/spec";

const [UNKNOWN] = unknownSentinels;
const scraped = but(deployment, {
  "spec.template.metadata.annotations": { "prometheus.io/scrape": "true" },
});
const toServer = policy("api", {
  podSelector: {},
  policyTypes: ["Egress"],
  egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/16" } }], ports: [{ port: 443 }] }],
});

/** Cases of the rule that a deny leaves what pods need. */
export const waySpecs: readonly Spec[] = [
  {
    rule: denyLeavesAWay,
    good: {
      ...ciliumWays.good,
      ...waysIn.good,
      "names and the gateway": given(namespace, deployment, service, route, deny, dns, entrance),
      "its pods get no token for the API server": given(
        but(caller, { "spec.template.spec.automountServiceAccountToken": false }),
        binding,
        deny,
        dns,
        but(entrance, {}),
      ),
      "no policy at all": given(namespace, deployment, service, route),
      "an add-on, whose policies the platform keeps": given(
        but(deployment, { "metadata.namespace": "argocd" }),
        but(deny, { "metadata.namespace": "argocd" }),
      ),
      "a range of ports, and the port by its name": given(
        deployment,
        service,
        route,
        deny,
        but(dns, {
          "spec.egress": [{ ports: [{ protocol: "UDP" }, { port: 50, endPort: 60 }] }],
        }),
        but(entrance, { "spec.ingress.0.ports": [{ port: "http" }] }),
      ),
      "the cluster's addresses, which are not known here": given(
        deployment,
        service,
        route,
        deny,
        but(dns, { "spec.egress.0.to": [{ ipBlock: { cidr: "172.20.0.10/32" } }] }),
        but(entrance, { "spec.ingress.0.from": [{ ipBlock: { cidr: "10.0.0.0/16" } }] }),
      ),
      "a label of the gateway's namespace that is not declared here": given(
        deployment,
        service,
        route,
        deny,
        dns,
        but(entrance, { "spec.ingress.0.from": [{ namespaceSelector: { matchLabels: { role: "entrance" } } }] }),
      ),
      "a service of the inside, with callers": given(
        deployment,
        service,
        but(route, { "spec.http.0.route.0.destination.host": "other" }),
        deny,
        dns,
        but(entrance, { "spec.ingress.0.from": [{ podSelector: { matchLabels: { app: "web" } } }] }),
      ),
      "pods in the node's network, to which no policy applies": given(
        but(deployment, { "spec.template.spec.hostNetwork": true }),
        service,
        route,
        deny,
      ),
      "no Service, nobody calls": given(deployment, deny, dns),
      "pods that call the API server": given(caller, service, route, binding, deny, dns, entrance, toServer),
      "rights of another account": given(deployment, service, route, binding, deny, dns, entrance),
      "pods that Prometheus asks": given(
        scraped,
        service,
        route,
        deny,
        dns,
        entrance,
        but(entrance, { "metadata.name": "prometheus", "spec.ingress": [{ from: [named("monitoring")] }] }),
      ),
    },
    bad: {
      ...ciliumWays.bad,
      ...waysIn.bad,
      "nothing but the deny": given(namespace, deployment, service, route, deny),
      "no names": given(deployment, service, route, deny, entrance),
      "names over UDP alone": given(
        deployment,
        service,
        route,
        deny,
        entrance,
        but(dns, { "spec.egress.0.ports": [{ protocol: "UDP", port: 53 }] }),
      ),
      "names from pods of its own namespace": given(
        deployment,
        service,
        route,
        deny,
        entrance,
        but(dns, { "spec.egress.0.to": [{ podSelector: {} }] }),
      ),
      "names from pods with another label": given(
        deployment,
        service,
        route,
        deny,
        entrance,
        but(dns, { "spec.egress.0.to.0.podSelector.matchLabels": { "k8s-app": "coredns" } }),
      ),
      "names for other pods": given(
        deployment,
        service,
        route,
        deny,
        entrance,
        but(dns, { "spec.podSelector": { matchLabels: { app: "other" } } }),
      ),
      "no gateway": given(deployment, service, route, deny, dns),
      "the gateway at another port": given(
        deployment,
        service,
        route,
        deny,
        dns,
        but(entrance, { "spec.ingress.0.ports": [{ port: 9090 }] }),
      ),
      "the gateway of another namespace": given(
        deployment,
        service,
        route,
        deny,
        dns,
        but(entrance, { "spec.ingress.0.from": [named("ingress-nginx")] }),
      ),
      "the gateway by a label that its namespace, declared here, has not": given(
        but(namespace, { "metadata.name": "istio-ingress", "metadata.labels": { role: "edge" } }),
        deployment,
        service,
        route,
        deny,
        dns,
        but(entrance, { "spec.ingress.0.from": [{ namespaceSelector: { matchLabels: { role: "entrance" } } }] }),
      ),
      "no gateway, and no route in sight": given(deployment, service, deny, dns),
      "a service of the inside that nobody may call": given(
        deployment,
        service,
        but(route, { "spec.http.0.route.0.destination.host": "other" }),
        deny,
        dns,
      ),
      "no way to the API server": given(caller, service, route, binding, deny, dns, entrance),
      "the API server by a selector, which names pods only": given(
        caller,
        service,
        route,
        binding,
        deny,
        dns,
        entrance,
        but(toServer, { "spec.egress.0.to": [named("default")] }),
      ),
      "no Prometheus": given(scraped, service, route, deny, dns, entrance),
      "a policy for these pods alone, whose names may be allowed elsewhere": given(
        deployment,
        service,
        route,
        but(entrance, { "spec.policyTypes": ["Ingress", "Egress"] }),
      ),
      "what a policy allows is hidden": given(
        deployment,
        service,
        route,
        deny,
        but(dns, { "spec.egress": UNKNOWN }),
        entrance,
      ),
    },
  },
];

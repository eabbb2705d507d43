/** Cases of the rules about network policies: everything is denied by default, and what pods need is let through. */
import { unknownSentinels } from "../../../policies/kit/value";
import { defaultDeny } from "../../../policies/security/default-deny";
import { denyLeavesAWay } from "../../../policies/zero-downtime/deny-leaves-a-way";
import { but, deployment, namespace } from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, object, under, type Spec } from "../support/spec";

const [UNKNOWN] = unknownSentinels;
const policy = (name: string, spec: Readonly<Record<string, unknown>>): Given =>
  object("networking.k8s.io/v1:NetworkPolicy", name, { metadata: { name, namespace: "shop" }, spec });
const named = (name: string) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });
const dnsRule = {
  to: [{ ...named("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }],
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};
const gatewayRule = { from: [named("istio-ingress")], ports: [{ port: 8080 }] };
const deny = policy("deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
const dns = policy("dns", { podSelector: {}, policyTypes: ["Egress"], egress: [dnsRule] });
const entrance = policy("gateway", {
  podSelector: { matchLabels: { app: "shop" } },
  policyTypes: ["Ingress"],
  ingress: [gatewayRule],
});
const openPolicy = (spec: Readonly<Record<string, unknown>>): Given => policy("open", { podSelector: {}, ...spec });
const service = object("core/v1:Service", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
});
const route = object("networking.istio.io/v1:VirtualService", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { http: [{ route: [{ destination: { host: "shop" } }] }] },
});
const binding = object("rbac.authorization.k8s.io/v1:RoleBinding", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  subjects: [
    { kind: "User", name: "shop" },
    { kind: "ServiceAccount", name: "shop" },
  ],
});
const caller = but(deployment, { "spec.template.spec.serviceAccountName": "shop" });
const scraped = but(deployment, {
  "spec.template.metadata.annotations": { "prometheus.io/scrape": "true" },
});
const toServer = policy("api", {
  podSelector: {},
  policyTypes: ["Egress"],
  egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/16" } }], ports: [{ port: 443 }] }],
});

/** Cases of the rules about network policies. */
export const networkPolicySpecs: readonly Spec[] = [
  {
    rule: defaultDeny,
    good: {
      "both directions": given(namespace, deployment, deny),
      "an add-on's namespace": given(but(namespace, { "metadata.name": "argocd" })),
      "what leaves may stay open": under({ egress: false }, namespace, but(deny, { "spec.policyTypes": undefined })),
      "selectors that are written out and empty": given(
        namespace,
        but(deny, { "spec.podSelector": { matchLabels: {}, matchExpressions: [] } }),
      ),
      "its delivery decides where it stands": given(but(deployment, { "metadata.namespace": undefined })),
      "what comes in, by default": under({ egress: false }, namespace, but(deny, { "spec.policyTypes": [] })),
      "one policy for each direction": given(namespace, but(deny, { "spec.policyTypes": ["Ingress"] }), {
        ...but(deny, { "spec.policyTypes": ["Egress"] }),
        name: "deny-egress",
      }),
      "one policy that denies all but what is needed": given(
        namespace,
        but(deny, { "spec.egress": [dnsRule], "spec.ingress": [gatewayRule] }),
      ),
      "egress rules without types, which deny the rest": given(
        namespace,
        but(deny, { "spec.policyTypes": undefined, "spec.egress": [dnsRule] }),
      ),
      "everything for some pods": given(
        namespace,
        deny,
        openPolicy({ podSelector: { matchLabels: { app: "shop" } }, ingress: [{}] }),
      ),
      "one port for everybody": given(namespace, deny, openPolicy({ ingress: [{ ports: [{ port: 8080 }] }] })),
      "every address but those of the network": given(
        namespace,
        deny,
        openPolicy({ egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }] }] }),
      ),
      "what leaves is allowed, and may stay open": under(
        { egress: false },
        namespace,
        deny,
        openPolicy({ policyTypes: ["Egress"], egress: [{}] }),
      ),
      "everything in an add-on's namespace": given(
        but(deny, { "metadata.namespace": "argocd" }),
        but(openPolicy({ ingress: [{}] }), { "metadata.namespace": "argocd" }),
      ),
    },
    bad: {
      none: given(namespace),
      "the namespace that everybody shares": given(but(deployment, { "metadata.namespace": "default" })),
      "a namespace with nothing but a scheduled job": given(
        object("batch/v1:CronJob", "nightly", {
          metadata: { name: "nightly", namespace: "reports" },
          spec: { jobTemplate: { spec: { template: { spec: { containers: [] } } } } },
        }),
      ),
      "one direction": given(namespace, but(deny, { "spec.policyTypes": ["Ingress"] })),
      "of another namespace": given(namespace, but(deny, { "metadata.namespace": "other" })),
      "for some pods": given(namespace, but(deny, { "spec.podSelector.matchLabels": { app: "shop" } })),
      "with a rule that opens": given(namespace, but(deny, { "spec.ingress": [{}] })),
      "a workload whose namespace nobody declares": given(deployment),
      "none, where what leaves may stay open": under({ egress: false }, namespace),
      "for some pods by expression": given(
        namespace,
        but(deny, { "spec.podSelector.matchExpressions": [{ key: "app", operator: "Exists" }] }),
      ),
      "for no pod at all": given(namespace, but(deny, { "spec.podSelector": undefined })),
      "no types, which leaves what goes out": given(namespace, but(deny, { "spec.policyTypes": undefined })),
      "with a rule that opens what leaves": given(namespace, but(deny, { "spec.egress": [{}] })),
      "with a selector that a preview hides": given(namespace, but(deny, { "spec.podSelector": UNKNOWN })),
      "a second policy allows everything": given(
        namespace,
        deny,
        openPolicy({ policyTypes: ["Ingress", "Egress"], ingress: [{}], egress: [{}] }),
      ),
      "a second policy allows every pod": given(
        namespace,
        deny,
        openPolicy({ ingress: [{ from: [{ namespaceSelector: {}, podSelector: {} }] }] }),
      ),
      "a second policy allows every address": given(
        namespace,
        deny,
        openPolicy({ egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] }),
      ),
    },
  },
  {
    rule: denyLeavesAWay,
    good: {
      "names and the gateway": given(namespace, deployment, service, route, deny, dns, entrance),
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

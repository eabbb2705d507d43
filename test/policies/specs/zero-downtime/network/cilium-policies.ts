/** Cases of the rule that a deny leaves what pods need, where the policies are Cilium's. */
import { but, deployment } from "../../../support/fixtures";
import { cilium, ciliumDeny, ciliumDns, ciliumGateway, clusterwide } from "../../../support/cilium";
import { binding, caller, route, service } from "../../../support/reached-pod";
import { given, type Spec } from "../../../support/spec";

/** Cases that the rule's spec takes in. */
export const ciliumWays: Pick<Spec, "good" | "bad"> = {
  good: {
    "Cilium's: names and the gateway": given(
      deployment,
      service,
      route,
      cilium("all", { ingress: [ciliumGateway], egress: [ciliumDns] }),
    ),
    "Cilium's: names by a policy that denies nothing": given(
      deployment,
      cilium("deny", { egress: [{}] }),
      cilium("dns", { egress: [ciliumDns], enableDefaultDeny: { egress: false } }),
    ),
    "Cilium's: the API server as an entity, names by a service": given(
      caller,
      binding,
      cilium("all", {
        egress: [
          { toEntities: ["kube-apiserver"] },
          { toServices: [{ k8sService: { serviceName: "kube-dns", namespace: "kube-system" } }] },
        ],
      }),
    ),
    "Cilium's of the cluster, with everybody of it": given(
      deployment,
      service,
      route,
      clusterwide("all", {
        endpointSelector: {},
        ingress: [{ fromEntities: ["cluster"] }],
        egress: [{ toEndpoints: [{ matchLabels: { "k8s-app": "kube-dns" } }], toPorts: [{ ports: [{ port: "0" }] }] }],
      }),
    ),
  },
  bad: {
    "Cilium's: nobody, neither out nor in": given(deployment, service, route, ciliumDeny),
    "Cilium's: names in its own namespace alone": given(
      deployment,
      cilium("all", { egress: [{ toEndpoints: [{ matchLabels: { "k8s-app": "kube-dns" } }] }] }),
    ),
    "Cilium's: names over one protocol, and no API server": given(
      caller,
      binding,
      cilium("all", {
        egress: [
          {
            toEndpoints: [{ matchLabels: { "io.kubernetes.pod.namespace": "kube-system" } }],
            toPorts: [{ ports: [{ port: "53", protocol: "UDP" }] }],
          },
        ],
      }),
    ),
    "Cilium's: a Service inside that nobody may call": given(
      deployment,
      service,
      but(route, { "spec.http.0.route.0.destination.host": "other" }),
      cilium("all", { ingress: [{}] }),
    ),
    "Cilium's: no Prometheus": given(
      but(deployment, { "spec.template.metadata.annotations": { "prometheus.io/scrape": "true" } }),
      service,
      route,
      cilium("all", { ingress: [ciliumGateway] }),
    ),
    "Cilium's: names of the internet, and pings": given(
      deployment,
      service,
      cilium("all", {
        egress: [{ toFQDNs: [{ matchName: "a.example" }] }],
        ingress: [{ icmps: [{ fields: [] }] }, {}],
      }),
    ),
  },
};

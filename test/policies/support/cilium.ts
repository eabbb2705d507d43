/** Cilium's policies for the cases of the rules about who may reach whom. */
import type { Given } from "./rule";
import { object } from "./spec";

type Props = Readonly<Record<string, unknown>>;

/** A policy of the namespace shop. */
export const cilium = (name: string, spec: Props): Given =>
  object("cilium.io/v2:CiliumNetworkPolicy", name, {
    metadata: { name, namespace: "shop" },
    spec: { endpointSelector: {}, ...spec },
  });

/** A policy of the whole cluster. */
export const clusterwide = (name: string, spec: Props): Given =>
  object("cilium.io/v2:CiliumClusterwideNetworkPolicy", name, { metadata: { name }, spec });

/** Denies everything: a rule without members lets nobody through. */
export const ciliumDeny = cilium("deny", { ingress: [{}], egress: [{}] });

/** Lets name resolution out, by one rule for both protocols. */
export const ciliumDns = {
  toEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": "kube-system", "k8s-app": "kube-dns" } }],
  toPorts: [{ ports: [{ port: "53", protocol: "ANY" }], rules: { dns: [{ matchPattern: "*" }] } }],
};

/** Lets the gateway in. */
export const ciliumGateway = {
  fromEndpoints: [
    { matchExpressions: [{ key: "io.kubernetes.pod.namespace", operator: "In", values: ["istio-ingress"] }] },
  ],
  toPorts: [{ ports: [{ port: "8080", protocol: "TCP" }] }],
};

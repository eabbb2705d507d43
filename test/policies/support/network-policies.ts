/** NetworkPolicies for the cases of the rules about them. */
import type { Given } from "./rule";
import { object } from "./spec";

/** A policy of the namespace shop. */
export const policy = (name: string, spec: Readonly<Record<string, unknown>>): Given =>
  object("networking.k8s.io/v1:NetworkPolicy", name, { metadata: { name, namespace: "shop" }, spec });
/** A peer: the pods of the namespace. */
export const named = (name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});
/** Lets name resolution out. */
export const dnsRule = {
  to: [{ ...named("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }],
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};
/** Lets the gateway in. */
export const gatewayRule = { from: [named("istio-ingress")], ports: [{ port: 8080 }] };
/** Denies everything. */
export const deny = policy("deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
/** Allows name resolution. */
export const dns = policy("dns", { podSelector: {}, policyTypes: ["Egress"], egress: [dnsRule] });
/** Lets the gateway in to the application. */
export const entrance = policy("gateway", {
  podSelector: { matchLabels: { app: "shop" } },
  policyTypes: ["Ingress"],
  ingress: [gatewayRule],
});
/** A further policy for all pods. */
export const openPolicy = (spec: Readonly<Record<string, unknown>>): Given =>
  policy("open", { podSelector: {}, ...spec });

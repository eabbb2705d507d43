/** Connections that every application needs under a default deny, as rules of a NetworkPolicy: the form in which fixes write them. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { networkAccessLimits } from "../../limits/network-access";
import type { Direction, PeerPort } from "./network-policies";
import type { ObjectProps } from "../finding/remedy";

/** Namespaces of the platform with which every application has connections. */
export const requiredNamespaces = { gateway: "istio-ingress", monitoring: "monitoring", dns: "kube-system" } as const;

/** Ports of DNS and of the API server, as pods reach them. */
export const [dnsPort, apiPort] = [networkAccessLimits.dnsPort.value, trafficLimits.httpsPort.value];

type Rule = Readonly<Record<string, unknown>>;

function namespaceNamed(name: string): Rule {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } };
}

/** Egress to the cluster's DNS. */
export const egressToDns: Rule = {
  to: [namespaceNamed(requiredNamespaces.dns)],
  ports: [
    { protocol: "UDP", port: dnsPort },
    { protocol: "TCP", port: dnsPort },
  ],
};

/** Egress to the API server, which no selector can name because it is no pod; the block is an example of a VPC's. */
export const egressToApiServer: Rule = {
  to: [{ ipBlock: { cidr: "10.0.0.0/16" } }],
  ports: [{ protocol: "TCP", port: apiPort }],
};

/** Ingress from a namespace, to one port where it is known. */
export function ingressFromNamespace(name: string, peerPort?: PeerPort): Rule {
  const from = [namespaceNamed(name)];
  if (peerPort === undefined || Number.isNaN(peerPort.port)) return { from };
  const { protocol, port } = peerPort;
  return { from, ports: [{ protocol, port }] };
}

/** A policy for all pods of the namespace that denies the directions, with the connections that every application needs. */
export function defaultDenyPolicy(
  namespace: string,
  directions: readonly Direction[],
  egress: readonly Rule[],
): ObjectProps {
  return {
    metadata: { name: "default-deny", namespace },
    spec: {
      podSelector: {},
      policyTypes: directions,
      ...(directions.includes("Ingress")
        ? {
            ingress: [
              ingressFromNamespace(requiredNamespaces.gateway),
              ingressFromNamespace(requiredNamespaces.monitoring),
            ],
          }
        : {}),
      ...(directions.includes("Egress") ? { egress } : {}),
    },
  };
}

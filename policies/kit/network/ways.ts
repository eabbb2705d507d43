/** What a deny by default leaves open, as rules of a NetworkPolicy: the forms in which fixes write them. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { policyLimits } from "../../limits/policies";
import type { Direction, Door } from "./network-policies";
import type { ObjectProps } from "../finding/remedy";

/** Namespaces of the platform that every application talks to. */
export const neighbours = { gateway: "istio-ingress", monitoring: "monitoring", dns: "kube-system" } as const;

/** Ports of name resolution and of the API server as pods reach it. */
export const [dnsPort, apiPort] = [policyLimits.dnsPort.value, trafficLimits.httpsPort.value];

type Rule = Readonly<Record<string, unknown>>;

function namespaceNamed(name: string): Rule {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } };
}

/** Egress to the cluster's name resolution. */
export const toNames: Rule = {
  to: [namespaceNamed(neighbours.dns)],
  ports: [
    { protocol: "UDP", port: dnsPort },
    { protocol: "TCP", port: dnsPort },
  ],
};

/** Egress to the API server, which no selector can name because it is no pod; the block is an example of a VPC's. */
export const toApiServer: Rule = {
  to: [{ ipBlock: { cidr: "10.0.0.0/16" } }],
  ports: [{ protocol: "TCP", port: apiPort }],
};

/** Ingress from a namespace, to one port where it is known. */
export function fromNamespace(name: string, door?: Door): Rule {
  const from = [namespaceNamed(name)];
  if (door === undefined || Number.isNaN(door.port)) return { from };
  const { protocol, port } = door;
  return { from, ports: [{ protocol, port }] };
}

/** A policy for all pods of the namespace that denies the directions but for what every application needs. */
export function denyPolicy(namespace: string, directions: readonly Direction[], egress: readonly Rule[]): ObjectProps {
  return {
    metadata: { name: "default-deny", namespace },
    spec: {
      podSelector: {},
      policyTypes: directions,
      ...(directions.includes("Ingress")
        ? { ingress: [fromNamespace(neighbours.gateway), fromNamespace(neighbours.monitoring)] }
        : {}),
      ...(directions.includes("Egress") ? { egress } : {}),
    },
  };
}

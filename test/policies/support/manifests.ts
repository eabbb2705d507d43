/** YAML of a compliant application's surroundings, for tests of what is read from files. */
import { stringify } from "yaml";
import { budget, namespace } from "./fixtures";

/** One object as a YAML document. */
export function object(apiVersion: string, kind: string, props: unknown): string {
  return stringify({ apiVersion, kind, ...(props as object) }, { aliasDuplicateObjects: false });
}

const deny = {
  metadata: { name: "deny", namespace: "shop" },
  spec: {
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
    egress: [
      {
        to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
        ports: [
          { protocol: "UDP", port: 53 },
          { protocol: "TCP", port: 53 },
        ],
      },
    ],
  },
};
const mesh = {
  metadata: { name: "shop", namespace: "shop" },
  spec: { host: "shop", trafficPolicy: { connectionPool: { http: { idleTimeout: "30s" } } } },
};

/** Namespace, budget, network policy and mesh of the application `shop`: all that it needs besides its workload. */
export const around: readonly string[] = [
  object("v1", "Namespace", namespace.props),
  object("policy/v1", "PodDisruptionBudget", budget.props),
  object("networking.k8s.io/v1", "NetworkPolicy", deny),
  object("networking.istio.io/v1", "DestinationRule", mesh),
];

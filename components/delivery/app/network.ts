/** Who may reach the application, and what it may reach: everything else is closed. */
import { deliveryLimits } from "../../core/limits/delivery";
import { trafficLimits } from "../../core/limits/traffic";
import { neighbourNamespaces } from "../../core/namespaces";
import { flagEgress } from "./flags";
import { jobLabels } from "./jobs";
import { type Manifest, manifest, podLabels } from "./manifest";
import type { AppSpec, Callee } from "./spec";

const namespaceName = "kubernetes.io/metadata.name";
const pods = (namespace: string) => ({ namespaceSelector: { matchLabels: { [namespaceName]: namespace } } });
const tcp = (port: number) => ({ protocol: "TCP", port });

/** Name resolution, by the pods that do it and by no other in their namespace. */
const names = {
  to: [{ ...pods(neighbourNamespaces.names), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }],
  ports: [{ protocol: "UDP", port: deliveryLimits.namesPort.value }, tcp(deliveryLimits.namesPort.value)],
};

function egress(callee: Callee) {
  const to = "application" in callee ? pods(callee.application) : { ipBlock: { cidr: callee.cidr } };
  return { to: [to], ports: [tcp(callee.port)] };
}

function policy(spec: AppSpec, name: string, body: Readonly<Record<string, unknown>>): Manifest {
  return manifest(spec, "networking.k8s.io/v1", "NetworkPolicy", name, { spec: body });
}

/** Every pod of the namespace starts closed. */
const deny = (spec: AppSpec): Manifest =>
  policy(spec, "default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });

function serving(spec: AppSpec): Manifest {
  const callers = [neighbourNamespaces.gateway, ...(spec.callers ?? [])];
  const metrics = spec.metricsPort === undefined ? [] : [spec.metricsPort];
  return policy(spec, spec.name, {
    podSelector: { matchLabels: podLabels(spec) },
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      { from: callers.map(pods), ports: [tcp(spec.port)] },
      ...metrics.map((port) => ({ from: [pods(neighbourNamespaces.monitoring)], ports: [tcp(port)] })),
    ],
    egress: [names, ...(spec.calls ?? []).map(egress), ...flagEgress(spec)],
  });
}

/** Jobs of a release go through the gateway, as users do, and nowhere else. */
function release(spec: AppSpec): Manifest {
  return policy(spec, `${spec.name}-release`, {
    podSelector: { matchLabels: jobLabels("release") },
    policyTypes: ["Ingress", "Egress"],
    egress: [names, { to: [pods(neighbourNamespaces.gateway)], ports: [tcp(trafficLimits.gatewayPort.value)] }],
  });
}

/** Migrations and scheduled jobs call what the application calls. */
function work(spec: AppSpec): readonly Manifest[] {
  if ((spec.jobs ?? []).length === 0 && spec.migration === undefined) return [];
  return [
    policy(spec, `${spec.name}-jobs`, {
      podSelector: { matchLabels: jobLabels("work") },
      policyTypes: ["Ingress", "Egress"],
      egress: [names, ...(spec.calls ?? []).map(egress)],
    }),
  ];
}

/** All network policies of the application. */
export function networkPolicies(spec: AppSpec): readonly Manifest[] {
  return [deny(spec), serving(spec), release(spec), ...work(spec)];
}

/** Layers of a platform that is built one after the other: what a graph is compared with. */
import { parseUrn } from "@fridayproof/components/core";

/** From the ground up; no layer begins before the one below has ended. */
export const layers = ["network", "cluster", "nodes", "add-ons", "delivery", "monitoring", "applications"] as const;

/** One of them. */
export type Layer = (typeof layers)[number];

/** By the types of a resource and of the components around it; the first that fits. */
const RULES: readonly (readonly [RegExp, Layer])[] = [
  [/fridayproof:observability:/, "monitoring"],
  [/fridayproof:delivery:PrometheusOperatorCrds/, "add-ons"],
  [/fridayproof:delivery:/, "delivery"],
  [/fridayproof:cluster:NodePool|aws:eks\/nodeGroup:|aws:ec2\/launchTemplate:/, "nodes"],
  // A database is begun beside the control plane, which takes longer: a layer below it would flatter the comparison.
  [/fridayproof:(?:cluster:Cluster|data:)/, "cluster"],
  [/fridayproof:(?:cluster|traffic:Gateway)/, "add-ons"],
  [/^eks:|aws:eks\//, "cluster"],
  [/kubernetes:argoproj\.io/, "delivery"],
  [/kubernetes:/, "add-ons"],
];

/** Charts that belong to another layer than Kubernetes' other objects. */
const CHARTS: Readonly<Record<string, Layer>> = {
  "argo-cd": "delivery",
  "argo-rollouts": "delivery",
  "kube-prometheus-stack": "monitoring",
};

/** The layer of a resource. @param chart of a Helm release. */
export function layerOf(urn: string, chart: string | undefined): Layer {
  const own = chart === undefined ? undefined : CHARTS[chart];
  const types = parseUrn(urn)?.qualifiedType ?? "";
  return own ?? RULES.find(([pattern]) => pattern.test(types))?.[1] ?? "network";
}

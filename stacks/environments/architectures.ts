/** Which processors the platform's own images are known to run on: a pool of another kind could start none of them. */
import type { Problem } from "../../components/core/checks";
import { type Architecture, instanceTypes, isInstanceType } from "../../components/core/instance-types";
import type { Environment } from "./schema";

/**
 * Charts of the lock file whose images were seen to be built for arm64, with what builds them; read 2026-11-29 in stored
 * copies of any age. All others are known for x86_64 alone, on which they run. Charts without an image need no row.
 */
const BUILT_FOR_ARM64: Readonly<Record<string, string>> = {
  "argo-rollouts": "https://github.com/argoproj/argo-rollouts/blob/master/.github/workflows/docker-publish.yml",
  "aws-load-balancer-controller": "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/Makefile",
  "metrics-server": "https://github.com/kubernetes-sigs/metrics-server/blob/master/Makefile",
};

/** Charts of the lock file that run pods on the system pool. */
export const CHARTS_WITH_IMAGES = [
  "metrics-server",
  "cluster-autoscaler",
  "aws-load-balancer-controller",
  "external-secrets",
  "istiod",
  "istio-gateway",
  "argo-rollouts",
  "kube-prometheus-stack",
  "argo-cd",
] as const;

/** Everything that forbids a pool's processors; empty when all images that the platform puts there are known to run. */
export function architectureProblems({ pools, systemPool }: Environment): Problem[] {
  const name = pools[systemPool]?.instanceType ?? "";
  if (!isInstanceType(name)) return [];
  const { architecture } = instanceTypes[name];
  const unproven = architecture === "arm64" ? CHARTS_WITH_IMAGES.filter((chart) => !(chart in BUILT_FOR_ARM64)) : [];
  if (unproven.length === 0) return [];
  const wanted: Architecture = "x86_64";
  return [
    {
      path: `pools.${systemPool}.instanceType`,
      got: name,
      allowed: `a type of ${wanted}: images of ${unproven.join(", ")} are not known to be built for ${architecture}`,
      fix: "Take an x86_64 type for the add-ons, or prove their images in stacks/environments/architectures.ts.",
    },
  ];
}

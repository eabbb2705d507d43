/** CPU architectures of the platform's images. On a pool of another architecture their pods cannot start. */
import { type Architecture, instanceTypes, isInstanceType, type Problem } from "@fridayproof/components/core";
import type { Environment } from "./schema";

/** Evidence that every image of a chart is built for arm64, by chart. */
export type ArchitectureProofs = Readonly<Record<string, readonly string[]>>;

const github = (path: string): string => `https://github.com/${path}`;

/**
 * Source of the arm64 build for each chart of the lock file, in the order of `sandbox/cloud/charts/inventory.yaml`. Read
 * 2026-11-29 in stored copies; the age of those without a commit is unknown. A chart without a row counts as x86_64 only.
 */
export const BUILT_FOR_ARM64: ArchitectureProofs = {
  "argo-cd": [
    github("docker-library/official-images/blob/0075dc51069901d291079867221a12a5fce375fa/library/haproxy"),
    github("docker-library/official-images/blob/03199a3624a9fb44f860383ea127c004d92caaa8/library/redis"),
    github("argoproj/argo-cd/blob/37ee0097cf851bc2dd7665fc081bbce61a7e836e/.github/workflows/release.yaml"),
  ],
  "argo-rollouts": [github("argoproj/argo-rollouts/blob/master/.github/workflows/docker-publish.yml")],
  "aws-load-balancer-controller": [github("kubernetes-sigs/aws-load-balancer-controller/blob/main/Makefile")],
  "cluster-autoscaler": [
    github("kubernetes/autoscaler/blob/55c37cd5eb550756c5ccc5a89e9068d77797e575/cluster-autoscaler/Makefile"),
  ],
  "external-secrets": [
    github("external-secrets/external-secrets/blob/cc5bfbc2234ace9cb0caff4ea89c435cf517b27b/.github/workflows/ci.yml"),
  ],
  istiod: [github("istio/istio/blob/00e9161942e3759cb0ebeff0c60e27b7919560e7/tools/docker.yaml")],
  "istio-gateway": [github("istio/istio/blob/00e9161942e3759cb0ebeff0c60e27b7919560e7/tools/docker.yaml")],
  "kube-prometheus-stack": [
    github("grafana/grafana/blob/0030f686ab5a70f8c607f8be46e8186839ec72c7/.github/workflows/release-build.yml"),
    github("jkroepke/kube-webhook-certgen/blob/8df5d968154043aa247c92796b0f965892c50ff8/.goreleaser.yaml"),
    github("kiwigrid/k8s-sidecar/blob/a61c7ac31c826c5e35efe53fbbcae93e1791799f/docker-bake.hcl"),
    github(
      "prometheus-operator/prometheus-operator/blob/6adcebc5076c34f4f55f8f5f7b1e528929373ac7/scripts/push-docker-image.sh",
    ),
    github(
      "prometheus-operator/prometheus-operator/blob/6adcebc5076c34f4f55f8f5f7b1e528929373ac7/scripts/push-docker-image.sh",
    ),
    github("prometheus/alertmanager/blob/68fb2d5759b3a92c0bb2a1a13d4ef7ff5b06256d/Makefile"),
    github("prometheus/node_exporter/blob/a7dcc3a01545180d4f2087db70994cbc3abfed13/Makefile"),
    github("prometheus/prometheus/blob/d15adb9ad7e5d9fbde3a9a8f30200593a5a14d86/Makefile.common"),
    github("kubernetes/kube-state-metrics/blob/c92fe0c5ce02d3b52abf54490e00db6c706f2ba5/Makefile"),
  ],
  "metrics-server": [github("kubernetes-sigs/metrics-server/blob/master/Makefile")],
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

/**
 * Problems with a pool's architecture; empty when all platform images of the pool support it. Images of applications are not
 * checked: a team that schedules pods on an arm64 pool must build arm64 images.
 */
export function architectureProblems(
  { pools, systemPool }: Environment,
  proofs: ArchitectureProofs = BUILT_FOR_ARM64,
): Problem[] {
  const name = pools[systemPool]?.instanceType ?? "";
  if (!isInstanceType(name)) return [];
  const { architecture } = instanceTypes[name];
  const unproven = architecture === "arm64" ? CHARTS_WITH_IMAGES.filter((chart) => !(chart in proofs)) : [];
  if (unproven.length === 0) return [];
  const expected: Architecture = "x86_64";
  return [
    {
      path: `pools.${systemPool}.instanceType`,
      got: name,
      allowed: `a type of ${expected}: images of ${unproven.join(", ")} are not known to be built for ${architecture}`,
      fix: "Take an x86_64 type for the add-ons, or prove their images in stacks/environments/architectures.ts.",
    },
  ];
}

/** Numbers of chart releases, Argo CD and Argo Rollouts. */
import { limits } from "./limit";

const checked = "2026-11-21";

/** Helm releases made by Pulumi. */
export const deliveryLimits = limits({
  releaseTimeout: {
    value: 600,
    unit: "seconds",
    kind: "choice",
    source: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/",
    checked,
    reason:
      "The default of 300 s ends a release while the first node is still joining; atomic would then take it away.",
  },
  releaseHistory: {
    value: 10,
    unit: "count",
    kind: "choice",
    source: "https://helm.sh/docs/helm/helm_upgrade/",
    checked,
    reason: "Helm keeps one Secret per revision for ever unless told; ten are enough to go back.",
  },
});

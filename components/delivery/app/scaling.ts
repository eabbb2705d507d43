/** How many pods there are, and how many may be gone at once. */
import { applicationLimits } from "../../core/limits/application";
import { resilienceLimits } from "../../core/limits/resilience";
import { budgetSpec, type GuardedWorkload } from "../../core/drain";
import { isRollout, type Manifest, manifest, podLabels } from "./manifest";
import type { AppSpec, Replicas } from "./spec";

/** Bounds of the autoscaler where a spec has none. */
const autoscaled = {
  min: applicationLimits.replicasMin.value,
  max: applicationLimits.replicasMax.value,
} as const;

/** The bounds of the autoscaler, or the fixed number as both. */
export function replicaBounds(replicas: Replicas = autoscaled): { readonly min: number; readonly max: number } {
  return typeof replicas === "number" ? { min: replicas, max: replicas } : replicas;
}

/** The autoscaler, by CPU; none where the number is fixed. */
export function autoscaler(spec: AppSpec): readonly Manifest[] {
  if (typeof spec.replicas === "number") return [];
  const { min, max } = replicaBounds(spec.replicas);
  const target = isRollout(spec)
    ? { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: spec.name }
    : { apiVersion: "apps/v1", kind: "Deployment", name: spec.name };
  const averageUtilization = applicationLimits.cpuTarget.value;
  return [
    manifest(spec, "autoscaling/v2", "HorizontalPodAutoscaler", spec.name, {
      spec: {
        scaleTargetRef: target,
        minReplicas: min,
        maxReplicas: max,
        metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization } } }],
        behavior: { scaleDown: { stabilizationWindowSeconds: applicationLimits.scaleDownWindow.value } },
      },
    }),
  ];
}

/** The workload with its disruption budget: what DisruptionBudget's own check reads. */
export function budgetRule(spec: AppSpec): GuardedWorkload {
  return {
    selector: podLabels(spec),
    leastReplicas: replicaBounds(spec.replicas).min,
    maxUnavailable: resilienceLimits.leastDisruptions.value,
  };
}

/** One pod may go at a time. */
export function disruptionBudget(spec: AppSpec): Manifest {
  return manifest(spec, "policy/v1", "PodDisruptionBudget", spec.name, { spec: budgetSpec(budgetRule(spec)) });
}

/** Rules about the number of pods: one pod is an outage waiting for the next eviction. */
import { replicaLimits } from "../../limits/replicas";
import { applications } from "../../kit/argo-cd/applications";
import { type Finding, violation } from "../../kit/finding/finding";
import { hasWorkloadRef } from "../../kit/kubernetes/pods";
import { fix, type Remedy, set, together } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { certain, eachResource, suppressors, resourceRule, stackRule } from "../../kit/rule/rule";
import { autoscalerOf, leastOf, scalers, targetOf } from "../../kit/kubernetes/scaling";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { budgetsOf, workloadRefOf, replicasOf, workloadsOf } from "../../kit/kubernetes/workloads";
import { checkAddon, checkChart } from "./chart-replicas";
import { budgetFor, addSpread } from "../../kit/kubernetes/workload-fixes";
import { checkSourceReplicas } from "./source-replicas";
import { hasSpread } from "./topology-spread-matches";

/** A workload without an autoscaler keeps enough pods. */
export const minReplicas = stackRule({
  id: "min-replicas",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A workload with a single pod and no autoscaler.",
  prevents: "Every eviction, node upgrade or crash is an outage.",
  source: "EKS best practices, Applications, run multiple replicas",
  settings: {
    least: quantity(replicaLimits.replicasAtLeast, "lower", { minimum: 1 }),
    charts: quantity(replicaLimits.replicasAtLeast, "lower", { minimum: 1 }),
  },
  limits:
    "Of Helm releases the values of istiod, the gateway and the load balancer controller are read; what stands in files of values is not.",
  examples: {
    bad: "kind: Deployment\nspec: { template: … }   # unset means 1",
    good: "spec: { replicas: 3, template: … }",
  },
  *check(stack, { least, charts }) {
    yield* certain(
      eachResource(stack.of(types.helmRelease, types.helmChart), (release) => checkChart(release, charts)),
    );
    yield* certain(eachResource(stack.of(types.addon), (addon) => checkAddon(addon, least)));
    yield* certain(eachResource(stack.of(...applications), (application) => checkSourceReplicas(application, least)));
    yield* suppressors(stack.of(...scalers), targetOf);
    yield* suppressors(stack.of(types.rollout), workloadRefOf);
    yield* eachResource([...workloadsOf(stack), ...stack.of(types.pod)], function* (workload) {
      if (workload.is(types.pod)) {
        yield* certain(checkPod(workload));
        return;
      }
      // With an autoscaler its minimum decides, which hpa-min-two checks.
      if (autoscalerOf(stack, workload) !== undefined) return;
      const field = workload.at("spec", "replicas");
      const replicas = replicasOf(workload);
      if (replicas >= least) return;
      yield violation(workload, {
        at: field.path,
        got: field.isSet() ? String(replicas) : "nothing, which means 1",
        expected: `at least ${least}, or an autoscaler`,
        fix: together([fix`${set(field, least)} or more`, ...fixesForSeveralPods(stack, workload)]),
      });
    });
  },
});

/** Settings that several pods need, and a single one does not. */
export function fixesForSeveralPods(stack: Stack, workload: Resource): readonly Remedy[] {
  return [
    ...(budgetsOf(stack, workload).length === 0 ? [budgetFor(stack, workload)] : []),
    ...(hasWorkloadRef(workload) || hasSpread(workload) ? [] : [addSpread(workload)]),
  ];
}

/** A pod that nothing replaces: what runs once, and what tests a release, is meant to end. */
function* checkPod(pod: Resource): Iterable<Finding> {
  const annotations = pod.at("metadata", "annotations");
  const ends = (pod.at("spec", "restartPolicy").text() ?? "Always") !== "Always";
  if (ends || annotations.at("helm.sh/hook").isSet() || annotations.at("argocd.argoproj.io/hook").isSet()) return;
  yield violation(pod, {
    got: "a pod of its own, which nothing replaces",
    expected: "a workload that keeps several",
    fix: "declare a Deployment or a Rollout with this pod as its template",
  });
}

/** An autoscaler never goes below two. */
export const hpaMinTwo = resourceRule({
  id: "hpa-min-two",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "An autoscaler that may scale down to a single pod.",
  prevents: "A quiet night scales to one, and the next eviction is an outage.",
  source: "polaris, hpaMinAvailability; EKS best practices, Applications, run multiple replicas",
  settings: { least: quantity(replicaLimits.replicasAtLeast, "lower", { minimum: 1 }) },
  resourceTypes: scalers,
  examples: {
    bad: "spec: { maxReplicas: 10 }   # minReplicas unset means 1",
    good: "spec: { minReplicas: 3, maxReplicas: 10 }",
  },
  *check(autoscaler, { least }) {
    const { field, pods: replicas } = leastOf(autoscaler);
    if (replicas >= least) return;
    yield violation(autoscaler, {
      at: field.path,
      got: field.isSet() ? String(replicas) : `nothing, which means ${replicas}`,
      expected: `at least ${least}`,
      fix: fix`${set(field, least)} or more`,
    });
  },
});

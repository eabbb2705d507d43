/** Rule pdb-evicts-unhealthy. */
import { shown, violation } from "../kit/finding";
import { set } from "../kit/remedy";
import { resourceRule } from "../kit/rule";
import { types } from "../kit/types";

const wanted = "AlwaysAllow";

/** Pods that never became ready do not hold up a drain. */
export const pdbEvictsUnhealthy = resourceRule({
  id: "pdb-evicts-unhealthy",
  group: "zero-downtime",
  level: "advisory",
  forbids: "A disruption budget that protects pods which are not ready.",
  prevents: "One crash-looping pod blocks the drain of its node until the node-group upgrade fails.",
  source: "kube-linter, pdb-unhealthy-pod-eviction-policy; Kubernetes, Specifying a Disruption Budget",
  settings: {},
  kinds: [types.podDisruptionBudget],
  examples: {
    bad: "spec: { maxUnavailable: 1 }   # unset means IfHealthyBudget",
    good: "spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow }",
  },
  *check(budget) {
    const field = budget.at("spec", "unhealthyPodEvictionPolicy");
    const policy = field.text();
    if (policy === wanted) return;
    yield violation(budget, {
      at: field.path,
      got: policy === undefined ? "nothing, which means IfHealthyBudget" : shown(policy),
      wanted,
      fix: set(field, wanted),
    });
  },
});

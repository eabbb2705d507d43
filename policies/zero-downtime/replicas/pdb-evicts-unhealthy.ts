/** Rule pdb-evicts-unhealthy. */
import { simpleRule } from "../../kit/rule/simple-rule";
import { types } from "../../kit/reading/types";

/** Pods that never became ready do not hold up a drain. */
export const pdbEvictsUnhealthy = simpleRule({
  id: "pdb-evicts-unhealthy",
  group: "zero-downtime",
  level: "advisory",
  forbids: "A disruption budget that protects pods which are not ready.",
  prevents: "One crash-looping pod blocks the drain of its node until the node-group upgrade fails.",
  source: "kube-linter, pdb-unhealthy-pod-eviction-policy; Kubernetes, Specifying a Disruption Budget",
  settings: {},
  resourceTypes: [types.podDisruptionBudget],
  examples: {
    bad: "spec: { maxUnavailable: 1 }   # unset means IfHealthyBudget",
    good: "spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow }",
  },
  property: ["spec", "unhealthyPodEvictionPolicy"],
  reads: "text",
  unset: "IfHealthyBudget",
  accepts: (policy) => policy === "AlwaysAllow",
  expected: () => "AlwaysAllow",
  value: () => "AlwaysAllow",
});

/** Cases of the rules about disruption budgets. */
import { pdbAllowsDrain, pdbExactlyOne } from "../../../../../policies/zero-downtime/replicas/disruption-budgets";
import { pdbEvictsUnhealthy } from "../../../../../policies/zero-downtime/replicas/pdb-evicts-unhealthy";
import { autoscaler, budget, but, deployment } from "../../../support/fixtures";
import { referring, scaled, target } from "../../../support/workload-ref";
import type { Case, Given } from "../../../support/rule";
import { given, object, previewed, UNKNOWN, type Spec } from "../../../support/spec";

const job = object("batch/v1:Job", "migrate", {
  spec: { template: { spec: { containers: [{ name: "m", image: "m" }] } } },
});
const daemon = object("apps/v1:DaemonSet", "agent", {
  spec: { template: { spec: { containers: [{ name: "a", image: "a" }] } } },
});

/** The case while a preview hides how many pods a neighbour runs. */
const besideHidden = (...resources: readonly Given[]): Case =>
  previewed(
    ...resources,
    but({ ...deployment, name: "other" }, { "metadata.name": "other", "spec.replicas": UNKNOWN }),
  );
const leastOf = (minAvailable: unknown): Given =>
  but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": minAvailable });
const forAll: Given = { ...but(budget, { "metadata.name": "all", "spec.selector": {} }), name: "all" };

/** Cases of the rules about disruption budgets. */
export const budgetSpecs: readonly Spec[] = [
  {
    rule: pdbAllowsDrain,
    good: {
      "one may leave three": given(budget, deployment),
      "1% rounds up to one": given(but(budget, { "spec.maxUnavailable": "1%" }), deployment),
      "two of three must stay": given(
        but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": 2 }),
        deployment,
      ),
      "a rollout's pods, whose Deployment is at none": given(
        but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": 1 }),
        target,
        referring,
      ),
      "a budget for pods out of sight": given(leastOf(5)),
      "as many for pods out of sight as any release runs": given(leastOf(100)),
      "half of the pods out of sight": given(leastOf("50%")),
      "replicas that a preview hides, and no budget": besideHidden(),
      "99% of the pods out of sight": given(leastOf("99%")),
      "one of as many pods as an autoscaler wants": given(
        leastOf(1),
        but(deployment, { "spec.replicas": undefined }),
        but(autoscaler, { "spec.minReplicas": 2 }),
      ),
      "four of two workloads with three pods each": given(leastOf(4), deployment, {
        ...but(deployment, { "metadata.name": "second" }),
        name: "second",
      }),
    },
    bad: {
      "one of an autoscaler whose target a preview hides": previewed(
        leastOf(1),
        but(deployment, { "spec.replicas": 2 }),
        but(autoscaler, { "spec.scaleTargetRef": UNKNOWN }),
      ),
      "six of two workloads with three pods each": given(leastOf(6), deployment, {
        ...but(deployment, { "metadata.name": "second" }),
        name: "second",
      }),
      "one of one pod": given(leastOf(1), but(deployment, { "spec.replicas": 1 })),
      "none may leave, beside a number that must stay": given(
        but(budget, { "spec.maxUnavailable": 0, "spec.minAvailable": 1 }),
        deployment,
      ),
      "two of a number that a preview hides": previewed(leastOf(2), but(deployment, { "spec.replicas": UNKNOWN })),
      "nobody may leave, whatever a preview hides": besideHidden(but(budget, { "spec.maxUnavailable": 0 })),
      "no budget at all, whatever a preview hides": besideHidden(but(budget, { "spec.maxUnavailable": undefined })),
      "both budgets, whatever a preview hides": besideHidden(but(budget, { "spec.minAvailable": 1 })),
      "90% of three is three": given(
        but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": "90%" }),
        deployment,
      ),
      "two of an autoscaler's two, whatever replicas say": given(
        but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": 2 }),
        but(deployment, { "spec.replicas": 5 }),
        but(autoscaler, { "spec.minReplicas": 2 }),
      ),
      "two of KEDA's two": given(
        but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": 2 }),
        deployment,
        but(scaled, { "spec.minReplicaCount": 2 }),
      ),
      "two of a ReplicaSet's two": given(
        but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": 2 }),
        but({ ...deployment, type: "kubernetes:apps/v1:ReplicaSet" }, { "spec.replicas": 2 }),
      ),
      "nobody may leave": given(but(budget, { "spec.maxUnavailable": 0 }), deployment),
      "0% may leave": given(but(budget, { "spec.maxUnavailable": "0%" })),
      "all must stay, pods out of sight": given(
        but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": "100%" }),
      ),
      "no budget at all": given(but(budget, { "spec.maxUnavailable": undefined }), deployment),
      "both budgets": given(but(budget, { "spec.minAvailable": 1 }), deployment),
      "no number": given(but(budget, { "spec.maxUnavailable": "one" }), deployment),
    },
  },
  {
    rule: pdbExactlyOne,
    good: {
      "one budget for the workload": given(deployment, budget),
      "a DaemonSet and a Job need none": given(daemon, job),
      "one budget for a rollout and the Deployment that lends it its template": given(target, referring, budget),
      "a rollout whose Deployment is out of sight": given(referring),
      "one pod, which needs others first": given(but(deployment, { "spec.replicas": 1 })),
      "one of two must stay": given(but(deployment, { "spec.replicas": 2 }), leastOf("50%")),
      "two of three may leave": given(deployment, but(budget, { "spec.maxUnavailable": 2 })),
      "one pod that may leave, which needs others first": given(but(deployment, { "spec.replicas": 1 }), budget),
      "three for pods out of sight": given(but(budget, { "spec.maxUnavailable": 3 })),
    },
    bad: {
      "three budgets, the one that names most first": given(deployment, budget, forAll, {
        ...but(budget, { "metadata.name": "wide", "spec.selector": { matchLabels: {} } }),
        name: "wide",
      }),
      "no budget, beside one without a selector in another namespace": given(deployment, {
        ...but(budget, { "metadata.name": "blank", "metadata.namespace": "other", "spec.selector": undefined }),
        name: "blank",
      }),
      "no budget for two pods": given(but(deployment, { "spec.replicas": 2 })),
      "two budgets for one pod": given(but(deployment, { "spec.replicas": 1 }), budget, forAll),
      "two budgets beside one without selector": given(deployment, budget, forAll, {
        ...but(budget, { "metadata.name": "blank", "spec.selector": undefined }),
        name: "blank",
      }),
      "a budget without selector beside a workload that has one, and one without that stands elsewhere": given(
        deployment,
        budget,
        { ...but(deployment, { "metadata.name": "other", "metadata.namespace": "other" }), name: "other" },
        { ...but(budget, { "metadata.name": "blank", "spec.selector": undefined }), name: "blank" },
      ),
      "a budget without selector beside a workload that a preview hides": previewed(
        but(deployment, { "spec.template.metadata.labels": UNKNOWN }),
        but(budget, { "spec.selector": undefined }),
      ),
      "an empty selector before a specific one": given(deployment, forAll, budget),
      "no budget but one whose selector a preview hides": previewed(
        deployment,
        but(budget, { "spec.selector": UNKNOWN }),
      ),
      "no budget": given(deployment),
      "no budget for a workload whose selector asks for some of its labels": given(
        but(deployment, { "spec.template.metadata.labels": { app: "shop", tier: "web" } }),
      ),
      "no budget, and a label that no message may show": given(
        but(deployment, {
          "spec.selector.matchLabels": { app: "shop", note: "of my own" },
          "spec.template.metadata.labels": { app: "shop", note: "of my own" },
        }),
      ),
      "no budget, and no label of its own": given(
        but(deployment, { "spec.selector.matchLabels": {}, "spec.template.metadata.labels": {} }),
      ),
      "no budget for a ReplicaSet and a ReplicationController": given(
        { ...deployment, type: "kubernetes:apps/v1:ReplicaSet" },
        but(
          { ...deployment, type: "kubernetes:core/v1:ReplicationController", name: "old" },
          {
            "metadata.name": "old",
            "spec.selector": { app: "old" },
            "spec.template.metadata.labels": { app: "old", tier: "web" },
          },
        ),
      ),
      "no budget for a rollout with another's template": given(target, referring),
      "a budget of another namespace": given(deployment, but(budget, { "metadata.namespace": "other" })),
      "an empty selector beside a specific one": given(deployment, budget, forAll),
      "a budget without selector": given(deployment, but(budget, { "spec.selector": undefined })),
      "an expression that does not match": given(
        deployment,
        but(budget, { "spec.selector": { matchExpressions: [{ key: "app", operator: "NotIn", values: ["shop"] }] } }),
      ),
      "all of three may leave": given(deployment, but(budget, { "spec.maxUnavailable": 3 })),
      "all may leave, pods out of sight": given(but(budget, { "spec.maxUnavailable": "100%" })),
      "two of two, rounded up": given(
        but(deployment, { "spec.replicas": 2 }),
        but(budget, { "spec.maxUnavailable": "51%" }),
      ),
      "nobody must stay": given(deployment, leastOf(0)),
      "nobody must stay, pods out of sight": given(leastOf("0%")),
      "all of KEDA's two": given(
        deployment,
        but(budget, { "spec.maxUnavailable": 2 }),
        but(scaled, { "spec.minReplicaCount": 2 }),
      ),
      "all of a number that a preview hides": previewed(
        but(deployment, { "spec.replicas": UNKNOWN }),
        but(budget, { "spec.maxUnavailable": 3 }),
      ),
    },
  },
  {
    rule: pdbEvictsUnhealthy,
    good: { "always allowed": given(budget) },
    bad: {
      unset: given(but(budget, { "spec.unhealthyPodEvictionPolicy": undefined })),
      "only with budget": given(but(budget, { "spec.unhealthyPodEvictionPolicy": "IfHealthyBudget" })),
      "no spec": given(but(budget, { spec: undefined })),
    },
  },
];

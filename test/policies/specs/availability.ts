/** Cases of the rules about budgets, replicas and placement. */
import { pdbAllowsDrain, pdbExactlyOne } from "../../../policies/zero-downtime/disruption-budgets";
import { pdbEvictsUnhealthy } from "../../../policies/zero-downtime/pdb-evicts-unhealthy";
import { hpaMinTwo, minReplicas } from "../../../policies/zero-downtime/replicas";
import { surgeOnlyUpdate } from "../../../policies/zero-downtime/surge-only-update";
import { topologySpreadMatches } from "../../../policies/zero-downtime/topology-spread-matches";
import { autoscaler, budget, but, deployment, rollout } from "../support/fixtures";
import { given, object, under, type Spec } from "../support/spec";
import type { Given } from "../support/rule";

const pod = "spec.template.spec";
const job = object("batch/v1:Job", "migrate", {
  spec: { template: { spec: { containers: [{ name: "m", image: "m" }] } } },
});
const daemon = object("apps/v1:DaemonSet", "agent", {
  spec: { template: { spec: { containers: [{ name: "a", image: "a" }] } } },
});
const statefulSet: Given = but(
  { ...deployment, type: "kubernetes:apps/v1:StatefulSet" },
  { "spec.strategy": undefined },
);

/** Cases of the rules about budgets, replicas and placement. */
export const availabilitySpecs: readonly Spec[] = [
  {
    rule: pdbAllowsDrain,
    good: {
      "one may leave three": given(budget, deployment),
      "1% rounds up to one": given(but(budget, { "spec.maxUnavailable": "1%" }), deployment),
      "two of three must stay": given(
        but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": 2 }),
        deployment,
      ),
      "a budget for pods out of sight": given(
        but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": 5 }),
      ),
    },
    bad: {
      "90% of three is three": given(
        but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": "90%" }),
        deployment,
      ),
      "two of an autoscaler's two, whatever replicas say": given(
        but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": 2 }),
        but(deployment, { "spec.replicas": 5 }),
        but(autoscaler, { "spec.minReplicas": 2 }),
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
    },
    bad: {
      "no budget": given(deployment),
      "a budget of another namespace": given(deployment, but(budget, { "metadata.namespace": "other" })),
      "an empty selector beside a specific one": given(deployment, budget, {
        ...but(budget, { "spec.selector": {} }),
        name: "all",
      }),
      "a budget without selector": given(deployment, but(budget, { "spec.selector": undefined })),
      "an expression that does not match": given(
        deployment,
        but(budget, { "spec.selector": { matchExpressions: [{ key: "app", operator: "NotIn", values: ["shop"] }] } }),
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
  {
    rule: minReplicas,
    good: {
      "three replicas": given(deployment),
      "replicas unset with an autoscaler": given(but(deployment, { "spec.replicas": undefined }), autoscaler),
    },
    bad: {
      one: given(but(deployment, { "spec.replicas": 1 })),
      none: given(but(deployment, { "spec.replicas": 0 })),
      unset: given(but(deployment, { "spec.replicas": undefined })),
      "a patch that sets one": given({
        ...but(deployment, { "spec.replicas": 1 }),
        type: "kubernetes:apps/v1:DeploymentPatch",
      }),
      "an autoscaler of another workload": given(
        but(deployment, { "spec.replicas": 1 }),
        but(autoscaler, { "spec.scaleTargetRef.name": "other" }),
      ),
      "a threshold of three": under({ least: 3 }, but(rollout, { "spec.replicas": 2 })),
      "hidden in a list": given({
        type: "kubernetes:apps/v1:DeploymentList",
        name: "all",
        props: { items: [{ metadata: { name: "shop" }, spec: { replicas: 1 } }] },
      }),
    },
  },
  {
    rule: hpaMinTwo,
    good: { "three at least": given(autoscaler) },
    bad: {
      one: given(but(autoscaler, { "spec.minReplicas": 1 })),
      unset: given(but(autoscaler, { "spec.minReplicas": undefined })),
      "an older version": given({
        ...but(autoscaler, { "spec.minReplicas": "1" }),
        type: "kubernetes:autoscaling/v1:HorizontalPodAutoscaler",
      }),
    },
  },
  {
    rule: surgeOnlyUpdate,
    good: {
      "surges only": given(deployment),
      "0% is 0": given(but(deployment, { "spec.strategy.rollingUpdate.maxUnavailable": "0%" })),
      "a rollout with traffic routing": given(rollout),
      "a StatefulSet cannot surge": given(statefulSet),
      "blue and green run side by side": given(
        but(rollout, { "spec.strategy": { blueGreen: { activeService: "shop" } } }),
      ),
    },
    bad: {
      Recreate: given(but(deployment, { "spec.strategy": { type: "Recreate" } })),
      unset: given(but(deployment, { "spec.strategy": undefined })),
      "one may be away": given(but(deployment, { "spec.strategy.rollingUpdate.maxUnavailable": 1 })),
      "10% may be away": given(but(deployment, { "spec.strategy.rollingUpdate.maxUnavailable": "10%" })),
      "a canary without routing": given(but(rollout, { "spec.strategy.canary.trafficRouting": undefined })),
      "a canary that says so": given(but(rollout, { "spec.strategy.canary": { maxUnavailable: "20%" } })),
    },
  },
  {
    rule: topologySpreadMatches,
    good: { "spread by its own labels": given(deployment) },
    bad: {
      "no spread": given(but(deployment, { [`${pod}.topologySpreadConstraints`]: undefined })),
      "only by host": given(
        but(deployment, { [`${pod}.topologySpreadConstraints.0.topologyKey`]: "kubernetes.io/hostname" }),
      ),
      "somebody else's label": given(
        but(deployment, { [`${pod}.topologySpreadConstraints.0.labelSelector.matchLabels.app`]: "x" }),
      ),
      "no selector": given(but(deployment, { [`${pod}.topologySpreadConstraints.0.labelSelector`]: undefined })),
    },
  },
];

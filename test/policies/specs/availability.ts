/** Cases of the rules about budgets and replicas. */
import { pdbAllowsDrain, pdbExactlyOne } from "../../../policies/zero-downtime/disruption-budgets";
import { pdbEvictsUnhealthy } from "../../../policies/zero-downtime/pdb-evicts-unhealthy";
import { unknownSentinels } from "../../../policies/kit/value";
import { hpaMinTwo, minReplicas } from "../../../policies/zero-downtime/replicas";
import { application, autoscaler, budget, but, deployment, rollout } from "../support/fixtures";
import { everySource } from "../support/delivery";
import { given, object, under, type Spec } from "../support/spec";
import type { Case, Given } from "../support/rule";

const job = object("batch/v1:Job", "migrate", {
  spec: { template: { spec: { containers: [{ name: "m", image: "m" }] } } },
});
const daemon = object("apps/v1:DaemonSet", "agent", {
  spec: { template: { spec: { containers: [{ name: "a", image: "a" }] } } },
});

const scaled = object("keda.sh/v1alpha1:ScaledObject", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { scaleTargetRef: { name: "shop" }, minReplicaCount: 3 },
});
const lender = but(deployment, { "spec.replicas": 0 });
const borrower = but(rollout, {
  "spec.template": undefined,
  "spec.workloadRef": { apiVersion: "apps/v1", kind: "Deployment", name: "shop", scaleDown: "onsuccess" },
});
const pod = (spec: object, annotations = {}): Given =>
  object("core/v1:Pod", "alone", { metadata: { name: "alone", namespace: "shop", annotations }, spec });

const chart = (name: string, values: Readonly<Record<string, unknown>>): Given => ({
  type: "kubernetes:helm.sh/v3:Release",
  name: name.replace("/", "-"),
  props: { chart: name, values },
});

const [UNKNOWN] = unknownSentinels;
/** The case while a preview hides how many pods a neighbour runs. */
const besideHidden = (...resources: readonly Given[]): Case => ({
  ...given(...resources, but({ ...deployment, name: "other" }, { "metadata.name": "other", "spec.replicas": UNKNOWN })),
  context: { preview: true },
});
const leastOf = (minAvailable: unknown): Given =>
  but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": minAvailable });
const forAll: Given = { ...but(budget, { "metadata.name": "all", "spec.selector": {} }), name: "all" };

/** Cases of the rules about budgets and replicas. */
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
      "a rollout's pods, whose Deployment is at none": given(
        but(budget, { "spec.maxUnavailable": undefined, "spec.minAvailable": 1 }),
        lender,
        borrower,
      ),
      "a budget for pods out of sight": given(leastOf(5)),
      "as many for pods out of sight as any release runs": given(leastOf(100)),
      "half of the pods out of sight": given(leastOf("50%")),
      "replicas that a preview hides, and no budget": besideHidden(),
    },
    bad: {
      "two of a number that a preview hides": {
        ...given(leastOf(2), but(deployment, { "spec.replicas": UNKNOWN })),
        context: { preview: true },
      },
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
      "one budget for a rollout and the Deployment that lends it its template": given(lender, borrower, budget),
      "a rollout whose Deployment is out of sight": given(borrower),
      "one pod, which needs others first": given(but(deployment, { "spec.replicas": 1 })),
    },
    bad: {
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
      "a budget without selector beside a workload that a preview hides": {
        ...given(
          but(deployment, { "spec.template.metadata.labels": UNKNOWN }),
          but(budget, { "spec.selector": undefined }),
        ),
        context: { preview: true },
      },
      "an empty selector before a specific one": given(deployment, forAll, budget),
      "no budget but one whose selector a preview hides": {
        ...given(deployment, but(budget, { "spec.selector": UNKNOWN })),
        context: { preview: true },
      },
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
      "no budget for a rollout with another's template": given(lender, borrower),
      "a budget of another namespace": given(deployment, but(budget, { "metadata.namespace": "other" })),
      "an empty selector beside a specific one": given(deployment, budget, forAll),
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
      "replicas beside a source, stated or from a template": given(
        ...everySource,
        but(application, { "spec.source.kustomize": { replicas: [{ name: "shop", count: "{{.count}}" }] } }),
      ),
      "releases that run two": given(
        chart("istiod", { autoscaleMin: 2 }),
        chart("istiod", { autoscaleEnabled: false, replicaCount: "2" }),
        chart("istio/gateway", { autoscaling: { minReplicas: 3 } }),
        chart("aws-load-balancer-controller", {}),
        chart("metrics-server", {}),
        { ...chart("istiod", {}), props: { chart: "istiod", valueYamlFiles: [{}] } },
      ),
      "replicas unset with an autoscaler": given(but(deployment, { "spec.replicas": undefined }), autoscaler),
      "replicas left to KEDA": given(but(deployment, { "spec.replicas": undefined }), scaled),
      "a Deployment at none whose template a rollout runs": given(lender, borrower),
      "pods that run once or test a release": given(
        pod({ restartPolicy: "Never" }),
        pod({}, { "helm.sh/hook": "test" }),
        pod({}, { "argocd.argoproj.io/hook": "PostSync" }),
      ),
    },
    bad: {
      "one replica beside a source": given(
        but(application, { "spec.source.kustomize": { replicas: [{ name: "shop", count: "1" }] } }),
      ),
      "releases that may run one": given(
        chart("istiod", {}),
        chart("istiod", { autoscaleEnabled: false, autoscaleMin: 3 }),
        chart("gateway", { autoscaling: { enabled: false }, replicaCount: 1 }),
        chart("gateway", { replicaCount: 3 }),
        chart("aws-load-balancer-controller", { replicaCount: 1 }),
      ),
      one: given(but(deployment, { "spec.replicas": 1 })),
      none: given(but(deployment, { "spec.replicas": 0 })),
      unset: given(but(deployment, { "spec.replicas": undefined })),
      "a rollout of one with another's template": given(lender, but(borrower, { "spec.replicas": 1 })),
      "a pod of its own": given(pod({})),
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
        props: { items: [but(deployment, { "spec.replicas": 1 }).props] },
      }),
    },
  },
  {
    rule: hpaMinTwo,
    good: { "three at least": given(autoscaler), "three by KEDA": given(scaled) },
    bad: {
      one: given(but(autoscaler, { "spec.minReplicas": 1 })),
      unset: given(but(autoscaler, { "spec.minReplicas": undefined })),
      "one by KEDA": given(but(scaled, { "spec.minReplicaCount": 1 })),
      "none by KEDA, where nothing is said": given(but(scaled, { "spec.minReplicaCount": undefined })),
      "none while nothing happens": given(but(scaled, { "spec.idleReplicaCount": 0 })),
      "paused at one": given(but(scaled, { "metadata.annotations": { "autoscaling.keda.sh/paused-replicas": "1" } })),
      "an older version": given({
        ...but(autoscaler, { "spec.minReplicas": "1" }),
        type: "kubernetes:autoscaling/v1:HorizontalPodAutoscaler",
      }),
    },
  },
];

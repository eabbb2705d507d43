/** Cases of the rules that what serves stays: nodes, priority, callers, scaling, revisions. */
import { minReady } from "../../../../../policies/zero-downtime/rollout/min-ready";
import { outlierKeepsSome } from "../../../../../policies/zero-downtime/gateway/outlier-keeps-some";
import { placementOutlivesNodes } from "../../../../../policies/zero-downtime/nodes/placement-outlives-nodes";
import { priorityForFew } from "../../../../../policies/zero-downtime/capacity/priority-for-few";
import { revisionsKept } from "../../../../../policies/zero-downtime/rollout/revisions-kept";
import { scaleDownSlowly } from "../../../../../policies/zero-downtime/replicas/scale-down-slowly";
import { autoscaler, but, deployment, rollout } from "../../../support/fixtures";
import { given, object, type Spec, under } from "../../../support/spec";
import { nodeLabelCases } from "../nodes/node-labels";

const pod = "spec.template.spec";
const metadata = { name: "shop", namespace: "shop" };
const requiring = (key: string, operator = "In", place = "matchExpressions") =>
  but(deployment, {
    [`${pod}.affinity`]: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ [place]: [{ key, operator, values: ["a"] }] }],
        },
      },
    },
  });
const priority = (props: object) =>
  object("scheduling.k8s.io/v1:PriorityClass", "high", { value: 1_000_000, globalDefault: true, ...props });
const rule = (spec: object) =>
  object("networking.istio.io/v1:DestinationRule", "shop", { metadata, spec: { host: "shop", ...spec } });
const ejecting = (maxEjectionPercent: number, more: object = {}) => ({
  trafficPolicy: { outlierDetection: { maxEjectionPercent, ...more } },
});
const down = (scaleDown: object) => but(autoscaler, { "spec.behavior": { scaleDown } });
const keda = (scaleDown: object) =>
  object("keda.sh/v1alpha1:ScaledObject", "shop", {
    metadata,
    spec: { advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleDown } } } },
  });
const service = object("core/v1:Service", "shop", {
  metadata,
  spec: { selector: { app: "shop" }, ports: [{ port: 80 }] },
});
const route = object("networking.istio.io/v1:VirtualService", "shop", {
  metadata,
  spec: { http: [{ route: [{ destination: { host: "shop" } }] }] },
});

const holding = (key: string, value: string) => ({ "spec.template.metadata.annotations": { [key]: value } });
const tolerating = (toleration: object) => ({ [`${pod}.tolerations`]: [toleration] });
const critical = (name: string, one = deployment) => but(one, { [`${pod}.priorityClassName`]: name });

/** Cases of the rules that what serves stays: nodes, priority, callers, scaling, revisions. */
export const steadySpecs: readonly Spec[] = [
  {
    rule: placementOutlivesNodes,
    good: {
      "pods that may go, and a job that may not": given(
        but(deployment, holding("karpenter.sh/do-not-disrupt", "false")),
        but(
          { ...deployment, type: "kubernetes:batch/v1:Job", name: "once" },
          holding("cluster-autoscaler.kubernetes.io/safe-to-evict", "false"),
        ),
      ),
      "labels of what a node is": given(
        but(deployment, { [`${pod}.nodeSelector`]: { "kubernetes.io/arch": "arm64" } }),
      ),
      "away from a group": given(requiring("eks.amazonaws.com/nodegroup", "NotIn")),
      "an own label": given(requiring("fridayproof.dev/pool")),
      "a taint of its own, and a minute on a node that is lost": given(
        but(deployment, {
          [`${pod}.tolerations`]: [
            { key: "spot", operator: "Exists", effect: "NoSchedule" },
            { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 60 },
            { key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoSchedule" },
          ],
        }),
      ),
      "an agent on every node, and an add-on": given(
        but({ ...deployment, type: "kubernetes:apps/v1:DaemonSet" }, tolerating({ operator: "Exists" })),
        but(deployment, { "metadata.namespace": "kube-system", ...tolerating({ operator: "Exists" }) }),
      ),
      ...nodeLabelCases.good,
    },
    bad: {
      ...nodeLabelCases.bad,
      "a node group by its name": given(
        but(deployment, { [`${pod}.nodeSelector`]: { "eks.amazonaws.com/nodegroup": "apps-2024" } }),
      ),
      "a node": given(but(deployment, { [`${pod}.nodeName`]: "ip-10-0-0-1" })),
      "a node group by affinity": given(requiring("alpha.eksctl.io/nodegroup-name")),
      "a node by affinity": given(requiring("metadata.name", "In", "matchFields")),
      "a cron job's node": given({
        type: "kubernetes:batch/v1:CronJob",
        name: "nightly",
        props: {
          spec: {
            jobTemplate: {
              spec: { template: { spec: { nodeSelector: { "kubernetes.io/hostname": "a" }, containers: [] } } },
            },
          },
        },
      }),
      "pods that keep Karpenter's nodes": given(but(deployment, holding("karpenter.sh/do-not-disrupt", "true"))),
      "pods that keep the autoscaler's nodes": given(
        but(deployment, holding("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")),
      ),
      "every taint": given(but(deployment, tolerating({ operator: "Exists" }))),
      "every taint, of a job's pods and of a rollout's": given(
        but(
          { ...deployment, type: "kubernetes:batch/v1:Job" },
          tolerating({ operator: "Exists", effect: "NoExecute" }),
        ),
        but(rollout, tolerating({ operator: "Exists", effect: "NoSchedule" })),
      ),
      "a node that is lost, for ever": given(
        but(deployment, tolerating({ key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute" })),
      ),
      "a node that is lost, for no second and for a day": given(
        but(deployment, {
          [`${pod}.tolerations`]: [
            { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 0 },
            { key: "node.kubernetes.io/unreachable", operator: "Exists", tolerationSeconds: 86_400 },
          ],
        }),
      ),
      "nodes that are being emptied": given(
        but(deployment, {
          [`${pod}.tolerations`]: [
            { key: "node.kubernetes.io/unschedulable", operator: "Exists", effect: "NoSchedule" },
            { key: "karpenter.sh/disrupted", operator: "Exists" },
          ],
        }),
      ),
    },
  },
  {
    rule: priorityForFew,
    good: {
      "who asks for it": given(priority({ globalDefault: false })),
      "a default that displaces nobody": given(priority({ preemptionPolicy: "Never" })),
      "a default below the others": given(priority({ value: -10 })),
      "a class of its own, an agent on every node, and add-ons": given(
        critical("shop-high"),
        critical("system-node-critical", { ...deployment, type: "kubernetes:apps/v1:DaemonSet" }),
        critical("system-cluster-critical", but(deployment, { "metadata.namespace": "kube-system" })),
      ),
      "an add-on of the environment's own": under(
        { platformNamespaces: ["shop"] },
        critical("system-cluster-critical"),
      ),
    },
    bad: {
      "a high value for everybody": given(priority({})),
      "a low one above zero": given(priority({ value: 1 })),
      "an application with the system's": given(critical("system-cluster-critical")),
      "a rollout and a pod with the system's": given(
        critical("system-node-critical", rollout),
        object("core/v1:Pod", "once", {
          metadata,
          spec: { priorityClassName: "system-cluster-critical", containers: [] },
        }),
      ),
    },
  },
  {
    rule: outlierKeepsSome,
    good: {
      "a third at most": given(rule(ejecting(30))),
      "half stays healthy": given(rule(ejecting(100, { minHealthPercent: 50 }))),
      "no detection": given(rule({ trafficPolicy: {} })),
      "more, where the environment allows it": under({ most: 80 }, rule(ejecting(80))),
    },
    bad: {
      everybody: given(rule(ejecting(100))),
      "most, with a tenth healthy": given(rule(ejecting(60, { minHealthPercent: 10 }))),
      "a port's": given(
        rule({ trafficPolicy: { portLevelSettings: [{ outlierDetection: { maxEjectionPercent: 100 } }] } }),
      ),
      "a subset's": given(rule({ subsets: [{ name: "stable", ...ejecting(100) }] })),
    },
  },
  {
    rule: scaleDownSlowly,
    good: {
      "a window of five minutes": given(down({ stabilizationWindowSeconds: 300 })),
      "nothing, which means that": given(autoscaler, keda({})),
      "never down": given(down({ stabilizationWindowSeconds: 0, selectPolicy: "Disabled" })),
      "a pod in a minute": given(
        down({ stabilizationWindowSeconds: 0, policies: [{ type: "Pods", value: 1, periodSeconds: 60 }] }),
      ),
      "a tenth in half a minute": given(
        down({ stabilizationWindowSeconds: 0, policies: [{ type: "Percent", value: 10, periodSeconds: 30 }] }),
      ),
    },
    bad: {
      "at once": given(down({ stabilizationWindowSeconds: 0 })),
      "after ten seconds": given(down({ stabilizationWindowSeconds: 10 })),
      "all in fifteen seconds": given(
        down({
          stabilizationWindowSeconds: 0,
          policies: [
            { type: "Pods", value: 1, periodSeconds: 60 },
            { type: "Percent", value: 100, periodSeconds: 15 },
          ],
        }),
      ),
      "KEDA at once": given(keda({ stabilizationWindowSeconds: 0 })),
    },
  },
  {
    rule: minReady,
    good: {
      "ten seconds": given(but(deployment, { "spec.minReadySeconds": 10 }), service, route),
      "nobody calls": given(but(deployment, { "spec.minReadySeconds": 0 })),
      "no route leads to it": given(deployment, service),
      "a rollout": given(rollout, service, route),
    },
    bad: {
      "nothing, behind a route": given(deployment, service, route),
      "three seconds, behind a route": given(but(deployment, { "spec.minReadySeconds": 3 }), service, route),
      "none, as it says": given(but(deployment, { "spec.minReadySeconds": 0 }), service),
    },
  },
  {
    rule: revisionsKept,
    good: {
      "the usual ten": given(deployment),
      "a single one": given(but(rollout, { "spec.revisionHistoryLimit": 1 })),
    },
    bad: {
      none: given(but(deployment, { "spec.revisionHistoryLimit": 0 })),
      "none of a rollout": given(but(rollout, { "spec.revisionHistoryLimit": 0 })),
    },
  },
];

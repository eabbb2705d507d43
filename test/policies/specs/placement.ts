/** Cases of the rules about updates and placement. */
import { surgeOnlyUpdate } from "../../../policies/zero-downtime/surge-only-update";
import { topologySpreadMatches } from "../../../policies/zero-downtime/topology-spread-matches";
import { autoscaler, but, deployment, rollout } from "../support/fixtures";
import { borrower } from "../support/lending";
import type { Given } from "../support/rule";
import { given, object, type Spec } from "../support/spec";

const podSpec = "spec.template.spec";
const daemon = object("apps/v1:DaemonSet", "agent", {
  spec: { template: { spec: { containers: [{ name: "a", image: "a" }] } } },
});
const statefulSet: Given = but(
  { ...deployment, type: "kubernetes:apps/v1:StatefulSet" },
  { "spec.strategy": undefined },
);
const apart = { topologyKey: "topology.kubernetes.io/zone", labelSelector: { matchLabels: { app: "shop" } } };
const antiAffinity = `${podSpec}.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution`;
/** A workload that is kept apart by one term and spread by nothing else. */
const keptApart = (term: object, changes = {}): Given =>
  but(deployment, { [`${podSpec}.topologySpreadConstraints`]: undefined, [antiAffinity]: [term], ...changes });
const unspread = (changes: Readonly<Record<string, unknown>>): Given =>
  but(deployment, { [`${podSpec}.topologySpreadConstraints`]: undefined, ...changes });
/** A workload whose spread counts the pods of a selector. */
const counting = (labelSelector: object, changes = {}, given = deployment): Given =>
  but(given, { [`${podSpec}.topologySpreadConstraints.0.labelSelector`]: labelSelector, ...changes });
const picking = (operator: string, ...values: readonly string[]): object => ({
  matchExpressions: [{ key: "app", operator, values }],
});
const controller = but(
  { ...deployment, type: "kubernetes:core/v1:ReplicationController" },
  { "spec.selector": { app: "shop" }, "spec.strategy": undefined },
);
/** Labels as a chart's helpers write them, and the selector that they make. */
const chartLabels = {
  "spec.selector.matchLabels": { "app.kubernetes.io/name": "shop", "app.kubernetes.io/instance": "store" },
  "spec.template.metadata.labels": { "app.kubernetes.io/name": "shop", "app.kubernetes.io/instance": "store" },
};
const zoneTerm = (operator: string, ...values: readonly string[]): object => ({
  key: "topology.kubernetes.io/zone",
  operator,
  values,
});
/** Alternatives, each with all of its expressions. */
const terms = (...all: readonly (readonly object[])[]): Readonly<Record<string, unknown>> => ({
  [`${podSpec}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`]: all.map(
    (matchExpressions) => ({ matchExpressions }),
  ),
});
const largeNodes = { key: "node.kubernetes.io/instance-type", operator: "In", values: ["t3.xlarge"] };
const zones = (...values: readonly string[]): Readonly<Record<string, unknown>> => terms([zoneTerm("In", ...values)]);

const steps = "spec.strategy.canary.steps";
const scaled = (setCanaryScale: object, setWeight: number): Given =>
  but(rollout, { [steps]: [{ setCanaryScale }, { setWeight }] });
const experimenting = (template: object): Given =>
  but(rollout, { [steps]: [{ experiment: { templates: [{ name: "a", specRef: "canary", ...template }] } }] });

/** Cases of the rules about updates and placement. */
export const placementSpecs: readonly Spec[] = [
  {
    rule: surgeOnlyUpdate,
    good: {
      "a quarter of two, which is nobody": given(but(deployment, { "spec.strategy": undefined, "spec.replicas": 2 })),
      "surges only": given(deployment),
      "0% is 0": given(but(deployment, { "spec.strategy.rollingUpdate.maxUnavailable": "0%" })),
      "a rollout with traffic routing": given(rollout),
      "a canary whose scale is enough": given(scaled({ replicas: 1 }, 20), scaled({ weight: 50 }, 50)),
      "a canary whose scale follows the weight": given(scaled({ matchTrafficWeight: true }, 100)),
      "a fixed scale beside an autoscaler": given(but(scaled({ replicas: 1 }, 100), { "spec.replicas": undefined })),
      "three of four before the weight moves": given(
        but(rollout, { "spec.strategy.canary.replicaProgressThreshold": { type: "Percent", value: 75 } }),
        but(rollout, { "spec.strategy.canary.replicaProgressThreshold": { type: "Pod", value: 3 } }),
      ),
      "a threshold in pods beside an autoscaler": given(
        but(rollout, {
          "spec.strategy.canary.replicaProgressThreshold": { type: "Pod", value: 1 },
          "spec.replicas": undefined,
        }),
      ),
      "an experiment with pods enough": given(
        experimenting({ weight: 20 }),
        experimenting({ weight: 50, replicas: 3 }),
        but(experimenting({ weight: 20 }), { "spec.replicas": 5 }),
      ),
      "an experiment beside an autoscaler, and of nobody": given(
        but(experimenting({ weight: 50 }), { "spec.replicas": undefined }),
        but(experimenting({ weight: 50 }), { "spec.replicas": 0 }),
      ),
      "a StatefulSet cannot surge": given(statefulSet),
      "a DaemonSet pod by pod, and a third of the nodes": given(
        daemon,
        but(daemon, { "spec.updateStrategy": { rollingUpdate: { maxUnavailable: "33%" } } }),
      ),
      "blue and green run side by side": given(
        but(rollout, { "spec.strategy": { blueGreen: { activeService: "shop" } } }),
      ),
    },
    bad: {
      Recreate: given(but(deployment, { "spec.strategy": { type: "Recreate" } })),
      "a quarter of two beside an autoscaler": given(
        but(deployment, { "spec.strategy": undefined, "spec.replicas": 2 }),
        autoscaler,
      ),
      "half of two": given(
        but(deployment, { "spec.strategy.rollingUpdate.maxUnavailable": "50%", "spec.replicas": 2 }),
      ),
      "a quarter of two, and nobody on top": given(
        but(deployment, { "spec.strategy": { rollingUpdate: { maxSurge: 0 } }, "spec.replicas": 2 }),
      ),
      unset: given(but(deployment, { "spec.strategy": undefined })),
      "one may be away": given(but(deployment, { "spec.strategy.rollingUpdate.maxUnavailable": 1 })),
      "10% may be away": given(but(deployment, { "spec.strategy.rollingUpdate.maxUnavailable": "10%" })),
      "a DaemonSet on all nodes": given(
        but(daemon, { "spec.updateStrategy": { rollingUpdate: { maxUnavailable: "100%" } } }),
      ),
      "a DaemonSet on two nodes at once": given(
        but(daemon, { "spec.updateStrategy": { rollingUpdate: { maxUnavailable: 2 } } }),
      ),
      "nobody away and nobody on top": given(but(deployment, { "spec.strategy.rollingUpdate.maxSurge": 0 })),
      "a canary with routing that names no router": given(but(rollout, { "spec.strategy.canary.trafficRouting": {} })),
      "a canary without routing": given(but(rollout, { "spec.strategy.canary.trafficRouting": undefined })),
      "one pod for everybody": given(scaled({ replicas: 1 }, 100)),
      "half of the pods for everybody": given(scaled({ weight: 50 }, 100)),
      "no pod for some": given(but(scaled({ replicas: 0 }, 5), { "spec.replicas": undefined })),
      "a scale that is taken away under the weight": given(
        but(rollout, {
          [steps]: [{ setWeight: 50 }, { pause: { duration: "2m" } }, { setCanaryScale: { replicas: 1 } }],
        }),
      ),
      "the weight moves with one pod": given(
        but(rollout, { "spec.strategy.canary.replicaProgressThreshold": { type: "Percent", value: 1 } }),
      ),
      "the weight moves with one pod, counted": given(
        but(rollout, { "spec.strategy.canary.replicaProgressThreshold": { type: "Pod", value: 1 } }),
      ),
      "an experiment with too few pods": given(experimenting({ weight: 50 })),
      "a canary that says so": given(but(rollout, { "spec.strategy.canary": { maxUnavailable: "20%" } })),
    },
  },
  {
    rule: topologySpreadMatches,
    good: {
      "spread by its own labels": given(deployment),
      "kept apart by zone": given(keptApart(apart)),
      "kept apart by zone where possible": given(
        unspread({
          [`${podSpec}.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution`]: [
            { weight: 100, podAffinityTerm: apart },
          ],
        }),
      ),
      "two zones to choose from": given(but(deployment, zones("us-east-1a", "us-east-1b"))),
      "one pod, which nothing can spread": given(unspread({ "spec.replicas": 1 })),
      "spread by an expression that picks its own pods": given(counting(picking("In", "shop"))),
      "a ReplicationController, which knows its pods by plain labels": given(controller),
      "tied to a kind of nodes, which stand in every zone": given(but(deployment, terms([largeNodes]))),
      "kept out of one zone": given(but(deployment, terms([zoneTerm("NotIn", "us-east-1a")]))),
      "one zone, or else any nodes of a kind": given(
        but(deployment, terms([zoneTerm("In", "us-east-1a")], [largeNodes])),
      ),
      "one zone or another": given(
        but(deployment, terms([zoneTerm("In", "us-east-1a")], [zoneTerm("In", "us-east-1b")])),
      ),
      "a rollout with another's template": given(borrower),
    },
    bad: {
      "two pods without a spread": given(unspread({ "spec.replicas": 2 })),
      "a ReplicationController without a spread": given(
        but(controller, { [`${podSpec}.topologySpreadConstraints`]: undefined }),
      ),
      "one pod, kept apart by zone from others alone": given(
        keptApart({ ...apart, labelSelector: { matchLabels: { app: "other" } } }, { "spec.replicas": 1 }),
      ),
      "kept apart by host alone": given(keptApart({ ...apart, topologyKey: "kubernetes.io/hostname" })),
      "an expression that picks another's pods as well": given(counting(picking("In", "shop", "other"))),
      "an expression that leaves one other out": given(counting(picking("NotIn", "other"))),
      "the release's label, by which the workload knows its pods among others": given(
        counting({ matchLabels: { "app.kubernetes.io/instance": "store" } }, chartLabels),
      ),
      "a label by which the workload does not know its pods": given(
        counting({ matchLabels: { color: "red" } }, { "spec.template.metadata.labels": { app: "shop", color: "red" } }),
      ),
      "a ReplicationController that counts the whole application": given(
        counting(
          { matchLabels: { "app.kubernetes.io/part-of": "store" } },
          { "spec.template.metadata.labels": { app: "shop", "app.kubernetes.io/part-of": "store" } },
          controller,
        ),
      ),
      "one zone for nodes of one kind": given(but(deployment, terms([zoneTerm("In", "us-east-1a"), largeNodes]))),
      "no spread": given(but(deployment, { [`${podSpec}.topologySpreadConstraints`]: undefined })),
      "only by host": given(
        but(deployment, { [`${podSpec}.topologySpreadConstraints.0.topologyKey`]: "kubernetes.io/hostname" }),
      ),
      "somebody else's label": given(
        but(deployment, { [`${podSpec}.topologySpreadConstraints.0.labelSelector.matchLabels.app`]: "x" }),
      ),
      "a selector for every pod of the namespace": given(
        but(deployment, { [`${podSpec}.topologySpreadConstraints.0.labelSelector`]: {} }),
      ),
      "a label of the whole application": given(
        but(deployment, {
          "spec.template.metadata.labels": { app: "shop", "app.kubernetes.io/part-of": "store" },
          [`${podSpec}.topologySpreadConstraints.0.labelSelector`]: {
            matchLabels: { "app.kubernetes.io/part-of": "store" },
          },
        }),
      ),
      "a skew of all its pods": given(but(deployment, { [`${podSpec}.topologySpreadConstraints.0.maxSkew`]: 3 })),
      "tied to one zone": given(
        but(deployment, { [`${podSpec}.nodeSelector`]: { "topology.kubernetes.io/zone": "us-east-1a" } }),
      ),
      "one zone to choose from": given(but(deployment, zones("us-east-1a"))),
      "kept apart by zone from others": given(
        keptApart({ ...apart, labelSelector: { matchLabels: { app: "other" } } }),
      ),
      "no selector": given(but(deployment, { [`${podSpec}.topologySpreadConstraints.0.labelSelector`]: undefined })),
    },
  },
];

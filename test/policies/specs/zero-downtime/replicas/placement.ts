/** Cases of the rule about placement. */
import { topologySpreadMatches } from "../../../../../policies/zero-downtime/replicas/topology-spread-matches";
import { autoscaler, but, deployment } from "../../../support/fixtures";
import { referring } from "../../../support/workload-ref";
import type { Given } from "../../../support/rule";
import { given, previewed, type Spec, UNKNOWN } from "../../../support/spec";

const podSpec = "spec.template.spec";
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
/** The workload's constraint with other fields. */
const spreading = (constraint: Readonly<Record<string, unknown>>, changes = {}): Given =>
  but(deployment, {
    ...Object.fromEntries(
      Object.entries(constraint).map(([key, value]) => [`${podSpec}.topologySpreadConstraints.0.${key}`, value]),
    ),
    ...changes,
  });
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
const own = { labelSelector: { matchLabels: { app: "shop" } } };
const standing = (...terms: readonly object[]): Given =>
  but(deployment, { [`${podSpec}.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution`]: terms });

/** Cases of the rule about placement. */
export const placementSpecs: readonly Spec[] = [
  {
    rule: topologySpreadMatches,
    good: {
      "spread by its own labels": given(deployment),
      "beside others' pods, and beside its own where it can be": given(
        standing({ topologyKey: apart.topologyKey, labelSelector: { matchLabels: { app: "cache" } } }),
        standing({ topologyKey: apart.topologyKey }),
        standing({ ...own, topologyKey: "topology.kubernetes.io/region" }),
        standing({ ...own, topologyKey: apart.topologyKey, namespaces: ["cache"] }),
        but(deployment, {
          [`${podSpec}.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution`]: [
            { weight: 1, podAffinityTerm: { ...own, topologyKey: "kubernetes.io/hostname" } },
          ],
        }),
      ),
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
      "a rollout with another's template": given(referring),
      "a skew of all but one of its pods": given(spreading({ maxSkew: 2 })),
      "a skew that nobody states": given(spreading({ maxSkew: undefined })),
      "its own label beside one of the whole application": given(
        counting(
          { matchLabels: { app: "shop", "app.kubernetes.io/part-of": "store" } },
          { "spec.template.metadata.labels": { app: "shop", "app.kubernetes.io/part-of": "store" } },
        ),
      ),
      "tied to a kind of nodes by its label": given(
        but(deployment, { [`${podSpec}.nodeSelector`]: { [largeNodes.key]: "t3.xlarge" } }),
      ),
      "kept apart by zone from others and from its own": given(
        unspread({ [antiAffinity]: [{ ...apart, labelSelector: { matchLabels: { app: "other" } } }, apart] }),
      ),
    },
    bad: {
      "all on one node": given(standing({ ...own, topologyKey: "kubernetes.io/hostname" })),
      "all in one zone, by a namespace that is its own": given(
        standing(
          { topologyKey: apart.topologyKey, labelSelector: { matchLabels: { app: "cache" } } },
          { ...own, topologyKey: apart.topologyKey, namespaces: ["cache", "shop"] },
        ),
      ),
      "a skew of two of as many pods as an autoscaler wants": given(
        spreading({ maxSkew: 2 }, { "spec.replicas": undefined }),
        autoscaler,
      ),
      "as many pods as an autoscaler wants, without a spread": given(
        unspread({ "spec.replicas": undefined }),
        autoscaler,
      ),
      "one pod without a spread beside an autoscaler that a preview hides": previewed(
        unspread({ "spec.replicas": 1 }),
        but(autoscaler, { "spec.scaleTargetRef": UNKNOWN }),
      ),
      "one pod, whose spread counts another's": given(counting({ matchLabels: { app: "x" } }, { "spec.replicas": 1 })),
      "kept apart by zone from nobody": given(keptApart({ topologyKey: apart.topologyKey })),
      "tied to one zone twice": given(
        but(deployment, {
          ...terms([zoneTerm("In", "us-east-1a")], [zoneTerm("In", "us-east-1a")]),
        }),
      ),
      "tied to one zone by a label and by an affinity": given(
        but(deployment, {
          ...zones("us-east-1a"),
          [`${podSpec}.nodeSelector`]: { "topology.kubernetes.io/zone": "us-east-1a" },
        }),
      ),
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

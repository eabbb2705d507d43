/** Rule placement-outlives-nodes. */
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { anyPods, type Pods, podSetting, podsOf } from "../../kit/kubernetes/pods";
import { either, fix, type Remedy, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, guarded, resourceRule } from "../../kit/rule/rule";
import { types } from "../../kit/reading/types";
import { replicated } from "../../kit/kubernetes/workloads";
import { checkLabels, checkRequirements } from "./node-labels";
import { checkTolerations } from "./tolerations";

/** Labels that name a node or a group of nodes that an upgrade replaces. */
const passing: ReadonlySet<string> = new Set([
  "kubernetes.io/hostname",
  "eks.amazonaws.com/nodegroup",
  "eks.amazonaws.com/nodegroup-image",
  "eks.amazonaws.com/sourceLaunchTemplateId",
  "eks.amazonaws.com/sourceLaunchTemplateVersion",
  "alpha.eksctl.io/nodegroup-name",
  "karpenter.sh/nodepool",
]);

/** Pods select nodes by their properties, and not one node by its name. */
export const placementOutlivesNodes = resourceRule({
  id: "placement-outlives-nodes",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A pod that is tied to a node, or to a node group by its name, that stays on nodes which are lost or emptied, keeps them from being emptied, or leaves at each blip, and a label that no node has.",
  prevents:
    "After the next exchange of node groups nothing schedules: the old name is gone. Pods of a dead node are never replaced.",
  source:
    "EKS best practices, Cluster upgrades, data plane: blue/green node groups; our design: groups are replaced by name; Kubernetes, taint-based evictions",
  settings: {},
  resourceTypes: [anyPods, types.nodePool],
  examples: {
    bad: "nodeSelector: { eks.amazonaws.com/nodegroup: apps-2024 }",
    good: "nodeSelector: { kubernetes.io/arch: arm64 }",
  },
  *check(resource) {
    if (resource.is(types.nodePool)) yield* checkRequirements(resource);
    yield* eachPart(resource, podsOf(resource), function* (pods) {
      yield* guarded(resource, () => check(resource, pods));
      yield* guarded(resource, () => checkTolerations(resource, pods));
      yield* guarded(resource, () => checkHolds(resource, pods));
      yield* guarded(resource, () => checkLabels(resource, pods));
    });
  },
});

/** Annotations by which pods keep their node from being emptied. Source: Karpenter, pod-level controls; Cluster Autoscaler. */
const holds = [
  ["karpenter.sh/do-not-disrupt", "true"],
  ["cluster-autoscaler.kubernetes.io/safe-to-evict", "false"],
] as const;

/** A number of equal pods leaves by its budget; what holds each of them holds every node. */
function* checkHolds(resource: Resource, { template }: Pods): Iterable<Finding> {
  if (!resource.is(...replicated)) return;
  for (const [key, value] of holds) {
    const field = template.at("metadata", "annotations", key);
    if (field.text() !== value) continue;
    yield violation(resource, {
      at: field.path,
      got: "pods that keep their nodes from being emptied",
      expected: "pods that leave one by one, by their budget",
      fix: remove(field),
    });
  }
}

/** What ties the pods to nodes, and what lets them go. */
interface Tie {
  readonly field: Field;
  readonly fix: Remedy;
}

function* check(resource: Resource, pods: Pods): Iterable<Finding> {
  const name = podSetting(pods, "nodeName");
  const labels = podSetting(pods, "nodeSelector")
    .members()
    .filter(([key]) => passing.has(key))
    .map(([, field]) => field);
  const plain = [...(name.isSet() ? [name] : []), ...labels].map((field): Tie => ({ field, fix: remove(field) }));
  const own = set(podSetting(pods, "nodeSelector", "example.com/pool"), "apps");
  const required = podSetting(pods, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  for (const { field, fix: mend } of [...plain, ...required.at("nodeSelectorTerms").list().flatMap(tiesOf(required))]) {
    yield violation(resource, {
      at: field.path,
      got: "a tie to nodes by their name",
      expected: "labels that the next nodes carry as well",
      fix: either(mend, fix`${mend} and ${own}, by a label of your own that every generation of the group carries`),
    });
  }
}

/** Ties of one term; a term without any expression would match no node, so that the demand goes with its last one. */
function tiesOf(required: Field): (term: Field) => readonly Tie[] {
  return (term) => {
    const all = [...term.at("matchExpressions").list(), ...term.at("matchFields").list()];
    const ties = all.filter(isTie);
    const everyTie = ties.length === all.length;
    return ties.map((tie): Tie => ({ field: tie.at("key"), fix: remove(everyTie ? required : tie) }));
  };
}

/** Whether an expression demands named nodes; one that keeps away from them outlives them. */
function isTie(expression: Field): boolean {
  const key = expression.at("key").textOrEmpty();
  return (passing.has(key) || key === "metadata.name") && expression.at("operator").text() === "In";
}

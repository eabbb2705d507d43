/** Workloads that keep a number of equal pods, by their own template or a `workloadRef`, with budgets and autoscalers. */
import { groupPairs } from "@fridayproof/components/core";
import { Field, valueOr, MalformedRead, UnknownRead } from "../reading/field";
import { type Identity, identityKey, identityOf, labelsOf, namespaceOf } from "./kubernetes";
import { perStack, type Resource, type Stack } from "../reading/resource";
import { autoscalerOf, leastReplicas } from "./scaling";
import { SelectorIndex, type Picker } from "./selector-index";
import { types } from "../reading/types";

/** Kinds that keep a number of equal pods, for which there are autoscalers and disruption budgets. */
export const replicated = [
  types.deployment,
  types.statefulSet,
  types.rollout,
  types.replicaSet,
  types.replicationController,
] as const;
/** Kinds whose pods serve: those, and DaemonSets. */
export const running = [...replicated, types.daemonSet] as const;

/** The template of pods in the workload itself; a rollout may name a Deployment's instead. */
export function podTemplate(workload: Resource): Field {
  return workload.is(types.pod) ? workload.props : workload.at("spec", "template");
}

/** The pod's spec. */
export function podSpec(workload: Resource): Field {
  return podTemplate(workload).at("spec");
}

/** The workload whose template a rollout runs; undefined for a rollout with its own.
 * @throws UnknownRead @throws MalformedRead */
export function workloadRefOf(rollout: Resource): Identity | undefined {
  const reference = rollout.at("spec", "workloadRef");
  if (!reference.isSet()) return undefined;
  return {
    kind: reference.at("kind").textOrEmpty(),
    namespace: namespaceOf(rollout),
    name: reference.at("name").textOrEmpty(),
  };
}

/** Rollouts with a `workloadRef`, by the workload that it names. */
const rolloutsByTarget = perStack((stack) => {
  const found = new Map<string, Resource>();
  for (const rollout of stack.of(types.rollout)) {
    const target = valueOr(() => workloadRefOf(rollout), undefined);
    if (target !== undefined) found.set(identityKey(target), rollout);
  }
  return found;
});

/** The stack's workloads by identity, without those that cannot be read. */
const byIdentity = perStack((stack) => {
  const readable = stack
    .of(...replicated)
    .flatMap((workload) => valueOr(() => [[identityKey(identityOf(workload)), workload] as const], []));
  return groupPairs(readable);
});

/** The workloads of the identity: several where there are several clusters. */
export function workloadsNamed(stack: Stack, identity: Identity): readonly Resource[] {
  return byIdentity(stack).get(identityKey(identity)) ?? [];
}

/**
 * Whether the workload is only the target of a rollout's `workloadRef`: the rollout runs its pods, and it stays at none
 * or goes down to none (Argo Rollouts, migrating: `scaleDown`, `never` by default).
 */
export function isWorkloadRefTarget(stack: Stack, workload: Resource): boolean {
  const rollout = valueOr(() => rolloutsByTarget(stack).get(identityKey(identityOf(workload))), undefined);
  if (rollout === undefined) return false;
  const scaleDown = valueOr(() => rollout.at("spec", "workloadRef", "scaleDown").text(), undefined);
  return scaleDown === "onsuccess" || scaleDown === "progressively" || valueOr(() => replicasOf(workload), 1) === 0;
}

/** The declared workload that the rollout's `workloadRef` names. */
export function workloadRefTarget(stack: Stack, rollout: Resource): Resource | undefined {
  const target = workloadRefOf(rollout);
  return target === undefined ? undefined : workloadsNamed(stack, target).at(-1);
}

/** The workloads that keep pods of their own. */
export function workloadsOf(stack: Stack): readonly Resource[] {
  return stack.of(...replicated).filter((workload) => !isWorkloadRefTarget(stack, workload));
}

/** The template of the pods that the workload runs, or that of its `workloadRef`; absent where the target is not declared here. */
export function runTemplate(stack: Stack, workload: Resource): Field {
  const target = workload.is(types.rollout) ? workloadRefOf(workload) : undefined;
  if (target === undefined) return podTemplate(workload);
  const found = workloadsNamed(stack, target).at(-1);
  return found === undefined ? new Field(undefined, "spec.workloadRef") : podTemplate(found);
}

/** Replicas of the resource without an autoscaler: one by default. */
export function replicasOf(workload: Resource): number {
  return workload.at("spec", "replicas").number() ?? 1;
}

/** Fewest pods of the workload: the autoscaler's minimum, or its own replicas. */
export function floorOf(stack: Stack, workload: Resource): number {
  const autoscaler = autoscalerOf(stack, workload);
  return autoscaler === undefined ? replicasOf(workload) : leastReplicas(autoscaler);
}

/** The budgets that can be read, and those with an unknown spec by its dependencies. */
const budgets = perStack((stack) => {
  const pickers: Picker[] = [];
  const unknown: (readonly [urn: string, budget: Resource])[] = [];
  for (const resource of stack.of(types.podDisruptionBudget)) {
    try {
      const selector = resource.at("spec", "selector");
      readSelector(selector);
      pickers.push({ resource, namespace: namespaceOf(resource), selector });
    } catch (error) {
      if (error instanceof UnknownRead) for (const urn of resource.links["spec"] ?? []) unknown.push([urn, resource]);
      else if (!(error instanceof MalformedRead)) throw error;
    }
  }
  return { index: new SelectorIndex(pickers), unknown: groupPairs(unknown) };
});

/** Reads everything in a selector that decides which labels it selects. */
export function readSelector(selector: Field): void {
  for (const [, value] of selector.at("matchLabels").members()) value.text();
  for (const expression of selector.at("matchExpressions").list()) {
    expression.at("key").text();
    expression.at("operator").text();
    expression.at("values").texts();
  }
}

/** The disruption budgets that protect the workload's pods. */
export function budgetsOf(stack: Stack, workload: Resource): readonly Resource[] {
  const { namespace } = identityOf(workload);
  const { index, unknown } = budgets(stack);
  const seen = index.picking(namespace, labelsOf(runTemplate(stack, workload)));
  const linked = unknown.get(workload.urn);
  return linked === undefined ? seen : [...seen, ...linked];
}

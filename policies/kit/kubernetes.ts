/** What rules need to know of Kubernetes objects: pod templates, containers, selectors, and who belongs to whom. */
import { type Field, MalformedRead, UnknownRead } from "./field";
import type { Resource, Stack } from "./resource";
import { types } from "./types";

export { platformNamespaces, systemNamespaces } from "../../components/core/namespaces";

/** Kinds that keep a number of equal pods: what an autoscaler and a disruption budget speak of. */
export const replicated = [types.deployment, types.statefulSet, types.rollout] as const;
/** Every kind that brings pods. */
export const podOwners = [
  ...replicated,
  types.daemonSet,
  types.replicaSet,
  types.job,
  types.cronJob,
  types.pod,
] as const;

/** Labels of an object or a selector. */
export type Labels = ReadonlyMap<string, string>;

/** Metadata and spec of the pods that the resource makes: the pod itself, or its template. */
export function podTemplate(resource: Resource): Field {
  if (resource.is(types.pod)) return resource.props;
  if (resource.is(types.cronJob)) return resource.at("spec", "jobTemplate", "spec", "template");
  return resource.at("spec", "template");
}

/** The pod's spec. */
export function podSpec(resource: Resource): Field {
  return podTemplate(resource).at("spec");
}

/** Containers that serve; with `all`, also those that prepare and debug. */
export function containers(spec: Field, which: "serving" | "all" = "serving"): readonly Field[] {
  const lists = which === "all" ? ["initContainers", "containers", "ephemeralContainers"] : ["containers"];
  return lists.flatMap((list) => spec.at(list).list());
}

/** Namespace of the object. */
export function namespaceOf(resource: Resource): string {
  return resource.at("metadata", "namespace").text() ?? "default";
}

/** Name of the object; without one, the name in the program stands in. */
export function objectName(resource: Resource): string {
  return resource.at("metadata", "name").text() ?? resource.name;
}

/** Labels of an object or a pod template. */
export function labelsOf(owner: Field): Labels {
  return new Map(
    owner
      .at("metadata", "labels")
      .members()
      .map(([key, value]) => [key, value.text() ?? ""] as const),
  );
}

/** Whether a label selector picks the labels; an absent selector picks nothing, an empty one everything. */
export function selects(selector: Field, labels: Labels): boolean {
  if (!selector.isSet()) return false;
  const equal = selector
    .at("matchLabels")
    .members()
    .every(([key, value]) => labels.get(key) === value.text());
  return (
    equal &&
    selector
      .at("matchExpressions")
      .list()
      .every((expression) => satisfies(expression, labels))
  );
}

function satisfies(expression: Field, labels: Labels): boolean {
  const key = expression.at("key").text() ?? "";
  const value = labels.get(key);
  switch (expression.at("operator").text()) {
    case "In":
      return value !== undefined && expression.at("values").texts().includes(value);
    case "NotIn":
      return value === undefined || !expression.at("values").texts().includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return false;
  }
}

/** Pods that the resource wants without an autoscaler: Kubernetes makes one when nothing is said. */
export function replicasOf(workload: Resource): number {
  return workload.at("spec", "replicas").number() ?? 1;
}

/** The kind as manifests spell it. */
export function manifestKind(resource: Resource): string {
  return resource.kind.slice(resource.kind.lastIndexOf(":") + 1);
}

/** Who an object is in its cluster. */
export interface Identity {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Reads who the object is. */
export function identityOf(resource: Resource): Identity {
  return { kind: manifestKind(resource), namespace: namespaceOf(resource), name: objectName(resource) };
}

/**
 * Whether `candidate` belongs to `subject`. What a preview hides of the candidate is decided by what its property was
 * made from, and a malformed candidate belongs to nobody: one broken object must not silence a rule for all others.
 */
export function belongs(candidate: Resource, property: string, subject: Resource, test: () => boolean): boolean {
  try {
    return test();
  } catch (error) {
    if (error instanceof UnknownRead) return candidate.links[property]?.includes(subject.urn) ?? false;
    if (error instanceof MalformedRead) return false;
    throw error;
  }
}

/** The autoscaler of the workload, if the stack has one. */
export function autoscalerOf(stack: Stack, workload: Resource): Resource | undefined {
  const own = identityOf(workload);
  return stack
    .of(types.horizontalPodAutoscaler)
    .find((candidate) => belongs(candidate, "spec", workload, () => scales(candidate, own)));
}

function scales(autoscaler: Resource, workload: Identity): boolean {
  const target = autoscaler.at("spec", "scaleTargetRef");
  return (
    target.at("kind").text() === workload.kind &&
    target.at("name").text() === workload.name &&
    namespaceOf(autoscaler) === workload.namespace
  );
}

/** Reads whatever decides which workload an autoscaler drives, and how far down. */
export function readAutoscaler(autoscaler: Resource): unknown {
  const target = autoscaler.at("spec", "scaleTargetRef");
  return [target.at("kind").text(), target.at("name").text(), namespaceOf(autoscaler), leastReplicas(autoscaler)];
}

/** Fewest pods that an autoscaler keeps: Kubernetes keeps one when nothing is said. */
export function leastReplicas(autoscaler: Resource): number {
  return autoscaler.at("spec", "minReplicas").number() ?? 1;
}

/** Fewest pods of the workload: the autoscaler's minimum, or its own replicas. */
export function floorOf(stack: Stack, workload: Resource): number {
  const autoscaler = autoscalerOf(stack, workload);
  return autoscaler === undefined ? replicasOf(workload) : leastReplicas(autoscaler);
}

/** The disruption budgets that protect the workload's pods. */
export function budgetsOf(stack: Stack, workload: Resource): readonly Resource[] {
  const { namespace } = identityOf(workload);
  const labels = labelsOf(podTemplate(workload));
  return stack
    .of(types.podDisruptionBudget)
    .filter((budget) =>
      belongs(
        budget,
        "spec",
        workload,
        () => namespaceOf(budget) === namespace && selects(budget.at("spec", "selector"), labels),
      ),
    );
}

/** What rules need to know of Kubernetes objects: names, labels, selectors, and who belongs to whom. */
import { type Field, valueOr, MalformedRead, UnknownRead } from "../reading/field";
import type { Finding } from "../finding/finding";
import type { Resource } from "../reading/resource";
import { manifestKind } from "../reading/types";

export { addOnNamespaces, systemNamespaces } from "@fridayproof/components/core";

/** Labels of an object or a selector. */
export type Labels = ReadonlyMap<string, string>;

/** Namespace of the object. */
export function namespaceOf(resource: Resource): string {
  return resource.at("metadata", "namespace").text() ?? "default";
}

/**
 * Whether the object belongs to one of the add-ons: by its namespace, or, where its delivery decides that, by the label
 * that says what it is a part of.
 */
export function isAddOn(resource: Resource, addOns: readonly string[]): boolean {
  const namespace = resource.at("metadata", "namespace").text();
  if (namespace !== undefined) return addOns.includes(namespace);
  return addOns.includes(resource.at("metadata", "labels", "app.kubernetes.io/part-of").text() ?? "default");
}

/**
 * What is wrong with an object outside of some namespaces. Where a preview hides its namespace that matters only to an
 * object at fault, which may be in one of them.
 * @throws UnknownRead @throws MalformedRead
 */
export function* outside(
  namespaces: readonly string[],
  resource: Resource,
  check: () => Iterable<Finding>,
): Iterable<Finding> {
  const namespace = valueOr(() => namespaceOf(resource), undefined);
  if (namespace !== undefined && namespaces.includes(namespace)) return;
  for (const finding of check()) {
    if (finding.kind === "violation") namespaceOf(resource);
    yield finding;
  }
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
      .map(([key, value]) => [key, value.textOrEmpty()] as const),
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
  const key = expression.at("key").textOrEmpty();
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

/** Who an object is in its cluster. */
export interface Identity {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Reads who the object is. */
export function identityOf(resource: Resource): Identity {
  return { kind: manifestKind(resource.type), namespace: namespaceOf(resource), name: objectName(resource) };
}

/** The identity as one text, by which objects are found. */
export function identityKey({ kind, namespace, name }: Identity): string {
  return JSON.stringify([kind, namespace, name]);
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

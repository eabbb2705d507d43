/** Facts about Kubernetes objects that rules share: names, labels, selectors, and which object belongs to which. */
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
 * Whether the object belongs to one of the add-ons: by its namespace or, where the namespace is given at delivery, by the label
 * `app.kubernetes.io/part-of`.
 */
export function isAddOn(resource: Resource, addOns: readonly string[]): boolean {
  const namespace = resource.at("metadata", "namespace").text();
  if (namespace !== undefined) return addOns.includes(namespace);
  return addOns.includes(resource.at("metadata", "labels", "app.kubernetes.io/part-of").text() ?? "default");
}

/**
 * The findings about an object outside of some namespaces. An unknown namespace in a preview matters only to an
 * object with a violation, which may be in one of them.
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

/** Name of the object; without one, its name in the program. */
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

/** Identity of an object in its cluster. */
export interface Identity {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Reads the identity of the object. */
export function identityOf(resource: Resource): Identity {
  return { kind: manifestKind(resource.type), namespace: namespaceOf(resource), name: objectName(resource) };
}

/** The identity as one text, by which objects are found. */
export function identityKey({ kind, namespace, name }: Identity): string {
  return JSON.stringify([kind, namespace, name]);
}

/**
 * Whether `candidate` belongs to `subject`. For an unknown property of the candidate its dependencies decide,
 * and a malformed candidate belongs to none: one broken object must not hide the findings about all others.
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

/** Two DestinationRules for one host: Istio merges them, and of two traffic policies or subsets of one name takes one. */
import { groupPairs } from "@fridayproof/components/core";
import { dirname } from "node:path";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { fix, remove } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";

/** An object, by the name that it has in its namespace. */
export interface NamedObject {
  readonly resource: Resource;
  readonly name: string;
}

/** Those of another name that stand before the object: one name twice is one object, which is a finding of its own. */
function othersBefore<T extends NamedObject>(all: readonly T[], own: T): readonly T[] {
  const at = all.findIndex(({ resource }) => resource === own.resource);
  return all.slice(0, at).filter(({ name }) => name !== own.name);
}

/**
 * For each object those before it that have one of its keys, in their order: of thousands of routes each is compared with the
 * few that name its host.
 */
export function sharing<T extends NamedObject>(
  all: readonly T[],
  keysOf: (one: T) => readonly string[],
): (own: T) => readonly T[] {
  const byKey = groupPairs(all.flatMap((one) => [...new Set(keysOf(one))].map((key) => [key, one] as const)));
  const order = new Map(all.map((one, index) => [one, index]));
  const placeOf = (one: T): number => order.get(one) ?? 0;
  return (own) => {
    const found = new Set(keysOf(own).flatMap((key) => othersBefore(byKey.get(key) ?? [], own)));
    return [...found].sort((left, right) => placeOf(left) - placeOf(right));
  };
}

/** What Istio merges by. */
interface Merged extends NamedObject {
  /** The same for all that become one. */
  readonly key: string;
  readonly subsets: readonly { readonly name: string; readonly field: Field }[];
}

/** A host as Istio resolves it: without a dot it is a Service of the own namespace (ResolveShortnameToFQDN). */
export function fullHost(host: string, namespace: string): string {
  return host.includes(".") ? host : `${host}.${namespace}.svc.cluster.local`;
}

/**
 * The folder of a manifest, whose objects are for one cluster. None for what a program declares, which may be for two.
 */
export function folderOf(resource: Resource): string | undefined {
  return resource.urn.startsWith("urn:") ? undefined : dirname(resource.urn);
}

/** Source: pilot, mergeDestinationRule; rules for chosen workloads, or visible to others, stay apart. */
function mergedOf(rule: Resource): readonly Merged[] {
  const folder = folderOf(rule);
  if (folder === undefined || rule.at("spec", "workloadSelector").isSet()) return [];
  const namespace = namespaceOf(rule);
  const visible = [...rule.at("spec", "exportTo").texts()].sort();
  const host = fullHost(rule.at("spec", "host").textOrEmpty(), namespace);
  const key = JSON.stringify([folder, namespace, host, visible]);
  const subsets = rule
    .at("spec", "subsets")
    .list()
    .map((field) => ({ name: field.at("name").textOrEmpty(), field }));
  return [{ resource: rule, name: objectName(rule), key, subsets }];
}

const merging = perStack((stack) =>
  sharing(
    stack.of(types.destinationRule).flatMap((rule) => valueOr(() => mergedOf(rule), [])),
    ({ key }) => [key],
  ),
);

/** What Istio leaves out of the rule, or of one before it, whichever was made later. */
export function* checkMerged(stack: Stack, rule: Resource): Iterable<Finding> {
  for (const own of mergedOf(rule)) {
    const others = merging(stack)(own);
    const policy = rule.at("spec", "trafficPolicy");
    const settled = others.find((other) => other.resource.at("spec", "trafficPolicy").isSet());
    if (policy.isSet() && settled !== undefined) yield left(rule, policy, "a second traffic policy", settled.name);
    for (const subset of own.subsets) {
      const twin = others.find((other) => other.subsets.some(({ name }) => name === subset.name));
      if (twin !== undefined) yield left(rule, subset.field, "a second subset of the name", twin.name);
    }
  }
}

function left(rule: Resource, field: Field, what: string, other: string): Finding {
  const where = nameOr(other, "another DestinationRule");
  return violation(rule, {
    at: field.path,
    got: `${what} for the host beside that of ${where}: Istio takes that of whichever was made first`,
    expected: "one for the host",
    fix: fix`${remove(field)}, after what differs is a part of ${where}`,
  });
}

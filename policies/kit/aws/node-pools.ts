/** Node groups that stand for one another: a pool with a node group in each zone counts as one. */
import { groupBy } from "@fridayproof/components/core";
import { types } from "../reading/types";
import { valueOr } from "../reading/field";
import { type Finding, unknownValue } from "../finding/finding";
import type { Resource, Stack } from "../reading/resource";

/** Every node group of the stack, with those of the same cluster that have the same labels; one without labels is alone. */
export function nodePools(stack: Stack): readonly (readonly [Resource, ...Resource[]])[] {
  const poolOf = (group: Resource): string => valueOr(() => keyOf(group), group.urn || group.name);
  return [...groupBy(stack.of(types.nodeGroup), poolOf).values()];
}

/** Groups whose pool a preview hides: each may belong to any. */
export function unknownGroups(stack: Stack): readonly Resource[] {
  return stack.of(types.nodeGroup).filter((group) => valueOr(() => keyOf(group), undefined) === undefined);
}

/**
 * The findings about a pool, left open where a group out of nobody's pool may change them.
 * @param source The property by which groups are told apart.
 */
export function* unlessUnknown(
  unknown: readonly Resource[],
  source: "labels" | "tags",
  findings: Iterable<Finding>,
): Generator<Finding> {
  const [group] = unknown;
  for (const finding of findings)
    yield group === undefined || finding.kind === "unknown" ? finding : unknownValue(group, group.at(source).path);
}

function keyOf(group: Resource): string {
  const labels = group
    .at("labels")
    .members()
    .map(([key, value]) => `${key}=${value.textOrEmpty()}`);
  const cluster = group.links["clusterName"] ?? [group.at("clusterName").textOrEmpty()];
  return labels.length === 0 ? group.urn || group.name : JSON.stringify([cluster, labels.sort()]);
}

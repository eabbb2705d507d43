/** Pools of node groups: those with one node group in each zone count as one pool. */
import { groupBy } from "@fridayproof/components/core";
import { types } from "../reading/types";
import { valueOr } from "../reading/field";
import { type Finding, unknownValue } from "../finding/finding";
import type { Resource, Stack } from "../reading/resource";

/** The stack's node groups by cluster and labels; a group without labels is a pool of its own. */
export function nodePools(stack: Stack): readonly (readonly [Resource, ...Resource[]])[] {
  const poolOf = (group: Resource): string => valueOr(() => keyOf(group), group.urn || group.name);
  return [...groupBy(stack.of(types.nodeGroup), poolOf).values()];
}

/** Groups whose pool is unknown in a preview: each may belong to any. */
export function unknownGroups(stack: Stack): readonly Resource[] {
  return stack.of(types.nodeGroup).filter((group) => valueOr(() => keyOf(group), undefined) === undefined);
}

/**
 * The findings about a pool, unknown where a group whose pool is unknown may change them.
 * @param source The property that distinguishes the groups.
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

/** Objects that no rule checks: that there is no finding about them proves nothing. */
import { groupPairs } from "@fridayproof/components/core";
import type { Resource, Stack } from "../kit/reading/resource";
import type { Rule } from "../kit/rule/rule";
import { podsOf } from "../kit/kubernetes/pods";
import { valueOr } from "../kit/reading/field";

/** Objects of one kind that no rule checked. */
export interface Unchecked {
  /** Type token of the objects. */
  readonly type: string;
  readonly names: readonly string[];
}

/** Objects without pods whose kind no rule names and no rule over the whole folder requested. */
export function uncheckedOf(
  resources: readonly Resource[],
  rules: readonly Rule[],
  clusters: readonly Stack[],
): readonly Unchecked[] {
  const checked = new Set([
    ...rules.flatMap((rule) =>
      rule.scope === "resource" && Array.isArray(rule.resourceTypes) ? (rule.resourceTypes as readonly string[]) : [],
    ),
    ...clusters.flatMap((cluster) => [...cluster.requested]),
  ]);
  const unchecked = resources.filter(
    (resource) => !checked.has(resource.type) && !valueOr(() => podsOf(resource).length > 0, false),
  );
  const byType = groupPairs(unchecked.map(({ token, name }) => [token, name] as const));
  return [...byType].map(([type, names]) => ({ type, names }));
}

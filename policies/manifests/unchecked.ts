/** Names the objects that no rule is about: silence about them says nothing. */
import { groupPairs } from "@fridayproof/components/core";
import type { Resource, Stack } from "../kit/reading/resource";
import type { Rule } from "../kit/rule/rule";
import { podsOf } from "../kit/kubernetes/pods";
import { valueOr } from "../kit/reading/field";

/** Objects of one kind that no rule looked at. */
export interface Unchecked {
  /** Type token of the objects. */
  readonly type: string;
  readonly names: readonly string[];
}

/** Objects whose kind no rule names, which no rule over the whole folder asked for, and which bring no pods. */
export function uncheckedOf(
  resources: readonly Resource[],
  rules: readonly Rule[],
  worlds: readonly Stack[],
): readonly Unchecked[] {
  const checked = new Set([
    ...rules.flatMap((rule) =>
      rule.scope === "resource" && Array.isArray(rule.resourceTypes) ? (rule.resourceTypes as readonly string[]) : [],
    ),
    ...worlds.flatMap((world) => [...world.requested]),
  ]);
  const unchecked = resources.filter(
    (resource) => !checked.has(resource.type) && !valueOr(() => podsOf(resource).length > 0, false),
  );
  const byType = groupPairs(unchecked.map(({ token, name }) => [token, name] as const));
  return [...byType].map(([type, names]) => ({ type, names }));
}

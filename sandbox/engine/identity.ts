/** Who a declared resource is: what it inherits from its parent, and which resource of the state it was. */
import { UserError } from "../core/errors";
import type { Goal } from "../state/goal";
import type { ResourceState } from "../state/resource-state";
import { nameOf } from "../property/urn";
import type { Deployment } from "./deployment";

/** The goal with what it inherits from its parent where it sets nothing itself (Pulumi step_generator.go, inheritFromParent). */
export function inherit(deployment: Deployment, goal: Goal): Goal {
  const parent = deployment.goals.get(goal.parent ?? "");
  if (parent === undefined) return goal;
  return {
    ...goal,
    protect: goal.protect ?? parent.protect,
    retainOnDelete: goal.retainOnDelete ?? parent.retainOnDelete,
    deletedWith: goal.deletedWith ?? parent.deletedWith,
    providers: goal.custom ? goal.providers : { ...parent.providers, ...goal.providers },
    aliases: [...goal.aliases, ...parent.aliases.map((alias) => childAlias(deployment, goal, parent.name, alias))],
  };
}

/** Where a parent had another URN, so had its children; one named after its parent was named after the old name. */
function childAlias(deployment: Deployment, { type, name }: Goal, parentName: string, parentAlias: string): string {
  const former = name.startsWith(parentName) ? `${nameOf(parentAlias)}${name.slice(parentName.length)}` : name;
  return deployment.urnOf({ parent: parentAlias, type, name: former });
}

/**
 * The resource as it was, under its URN or the first alias that exists; an alias renames it everywhere.
 * @throws UserError where two resources of the program claim the same one of the state.
 */
export function resolveOld(
  { snapshot, goals, renamed }: Deployment,
  goal: Goal,
  urn: string,
): ResourceState | undefined {
  const claimed = renamed.get(urn);
  if (claimed !== undefined)
    throw new UserError(`Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${claimed}'`);
  const direct = snapshot.get(urn);
  if (direct !== undefined) return direct;
  const alias = goal.aliases.find((candidate) => renamed.has(candidate) || snapshot.get(candidate) !== undefined);
  if (alias === undefined) return undefined;
  const other = goals.has(alias) ? urn : renamed.get(alias);
  if (other !== undefined)
    throw new UserError(
      `Duplicate resource alias '${alias}' applied to resource with URN '${urn}' conflicting with resource with URN '${other}'`,
    );
  renamed.set(alias, urn);
  snapshot.apply({ kind: "rename", from: alias, to: urn });
  return snapshot.get(urn);
}

/** A plan with an index of its references. */
import { groupBy } from "@fridayproof/components/core";
import type { Plan, Resource } from "./change";
import { isUnknown, stemOf } from "./values";

/** The plan, indexed. */
export interface PlanIndex {
  readonly plan: Plan;
  readonly byAddress: ReadonlyMap<string, Resource>;
  /** The resources that refer to the resource. */
  usersOf(address: string, type?: string): readonly Resource[];
  /** Those of the users that still refer to it after the run. */
  keepersOf(address: string): readonly Resource[];
  /** The resources that it refers to; by one property where one is given. */
  usedBy(address: string, property?: string): readonly Resource[];
  ofType(type: string): readonly Resource[];
  /** Whether the resource's property refers to something that this plan creates. */
  isNew(resource: Resource, property: string): boolean;
}

/** Whether the resource changes at all. */
export function changes({ operation }: Resource): boolean {
  return operation !== "none" && operation !== "read" && operation !== "forget";
}

/** Indexes a plan. */
export function indexOf(plan: Plan): PlanIndex {
  const byAddress = new Map<string, Resource>();
  // Of two rows of one address the one that is left over from an earlier run says nothing of the other's users.
  for (const resource of plan.resources)
    if (resource.deposed !== true || !byAddress.has(resource.address)) byAddress.set(resource.address, resource);
  const [byUsed, byUser] = [groupBy(plan.uses, ({ used }) => used), groupBy(plan.uses, ({ user }) => user)];
  const byType = groupBy(byAddress.values(), ({ type }) => type);
  const known = (addresses: readonly string[]): readonly Resource[] =>
    [...new Set(addresses)].flatMap((address) => byAddress.get(address) ?? []);
  const usedBy = (address: string, property?: string): readonly Resource[] => {
    const uses = byUser.get(address) ?? [];
    const own =
      property === undefined
        ? uses
        : uses.filter((use) => use.property !== undefined && stemOf(use.property) === stemOf(property));
    return known(own.map(({ used }) => used));
  };
  return {
    plan,
    byAddress,
    usersOf: (address, type) =>
      known((byUsed.get(address) ?? []).map(({ user }) => user)).filter(
        (user) => type === undefined || user.type === type,
      ),
    keepersOf: (address) =>
      known((byUsed.get(address) ?? []).filter(({ side }) => side !== "before").map(({ user }) => user)).filter(
        ({ operation }) => operation !== "delete",
      ),
    usedBy,
    ofType: (type) => byType.get(type) ?? [],
    isNew: (resource, property) => {
      const targets = usedBy(resource.address, property);
      if (targets.length > 0) return targets.every(({ operation }) => operation === "create");
      const value = Object.entries(resource.after ?? {}).find(([key]) => stemOf(key) === stemOf(property))?.[1];
      return isUnknown(value);
    },
  };
}

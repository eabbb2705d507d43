/** Conditions for many types: users of a replaced resource, resources deleted together, lists that only grow. */
import { contains, readCidr } from "@fridayproof/components/core";
import { changes } from "../plans/plan-index";
import type { Resource } from "../plans/change";
import { canonical } from "../plans/difference";
import { isAbsent, isMap, isUnknown, listAt, listOf, numberOf, valueAt, type Values } from "../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "./condition";

/** Addresses of resources, the first few of many. */
export function named(resources: readonly Resource[]): string {
  const shown = resources.slice(0, 3).map(({ address }) => address);
  return `${shown.join(", ")}${resources.length > shown.length ? ` and ${resources.length - shown.length} more` : ""}`;
}

/** The resources that refer to the resource of the context. */
export function usersOf({ index, resource }: Context): readonly Resource[] {
  return index.usersOf(resource.address);
}

/** The other resources of its type that stay or come, and of which `isBeside` holds: another target of a group, another member. */
export function othersOf({ index, resource }: Context, isBeside: (other: Resource) => boolean): readonly Resource[] {
  return index
    .ofType(resource.type)
    .filter((other) => other.address !== resource.address && other.operation !== "delete" && isBeside(other));
}

/** The resources that the property refers to, where all of them are deleted in the same run. */
export function goesToo({ index, resource }: Context, property: string): readonly Resource[] {
  const owners = index.usedBy(resource.address, property);
  return owners.every(goes) ? owners : [];
}

/** SAFE where what one of the properties refers to is deleted in the same run; undefined where none is. */
export function withOwner(context: Context, properties: readonly string[]): Outcome | undefined {
  const gone = properties.flatMap((property) => goesToo(context, property));
  return gone.length > 0 ? safe(`${named(gone)} is deleted too; see its own verdict`) : undefined;
}

function goes({ operation }: Resource): boolean {
  return operation === "delete";
}

/** A replacement: its users must refer to the new one in this run. */
function usersFollow(context: Context): Outcome {
  const users = usersOf(context);
  const behind = users.filter((user) => !changes(user));
  if (behind.length > 0) return degrades(`${context.row.when} (${named(behind)} keeps the old one)`);
  if (users.length === 0 || !context.index.plan.hasUnchanged)
    return unknown(`${context.row.when} (who else uses it is not in this plan)`);
  return safe(`${named(users)} follows in this run, and nothing else in this plan uses it`);
}

/** A deletion that the service refuses while the resource is in use, unless its users are removed first. */
function takenFirst(context: Context): Outcome {
  const first = usersOf(context).filter(
    ({ operation, order }) => goes({ operation } as Resource) || (operation === "replace" && order !== "create-first"),
  );
  if (first.length > 0) return downtime(`${context.row.when} (${named(first)} is taken away before)`);
  return degrades(context.row.when);
}

/** What a role is given: it does not use the role, and its own deletion refers to that of the role. */
const PART = /^aws:iam\/(rolePolic|policyAttachment)/;

/** Whoever holds permissions. */
const HOLDER = /^aws:iam\/(role|user|group):/;

/** A deletion together with its only users. */
function onlyUsersGo(context: Context): Outcome {
  const users = usersOf(context).filter(({ type }) => !PART.test(type));
  const kept = context.index.keepersOf(context.resource.address);
  if (users.length > 0 && kept.length === 0)
    return safe(`whoever uses it (${named(users)}) is deleted too or no longer refers to it; see its own verdict`);
  return downtime(context.row.when);
}

/** A permission that is deleted together with its only holders. */
function ownerGoes(context: Context): Outcome {
  const owners = context.index.usedBy(context.resource.address).filter(({ type }) => HOLDER.test(type));
  if (owners.length > 0 && owners.every(goes)) return safe(`${named(owners)} is deleted too; see its own verdict`);
  return unknown(context.row.when);
}

/** Items that only the old list has, and those that only the new one has. */
export function itemChange<Item>(
  old: readonly Item[],
  next: readonly Item[],
): { readonly lost: readonly Item[]; readonly won: readonly Item[] } {
  const [had, has] = [new Set(old.map(canonical)), new Set(next.map(canonical))];
  return {
    lost: old.filter((item) => !has.has(canonical(item))),
    won: next.filter((item) => !had.has(canonical(item))),
  };
}

/** Numbers of removed and added items of a set; undefined where they are not known. */
export function setChange({
  before,
  after,
}: Pick<Context, "before" | "after">): { readonly lost: number; readonly won: number } | undefined {
  if (isUnknown(after) || listOf(after).map(canonical).includes("unknown")) return undefined;
  const { lost, won } = itemChange(listOf(before), listOf(after));
  return { lost: lost.length, won: won.length };
}

/** Reads members of a block, such as `vpcConfig`, before the change or after it. */
export function inBlock(resource: Resource, block: string): (side: "before" | "after", name: string) => unknown {
  return (side, name) => valueAt(resource[side], `${block}.${name}`);
}

/** Whether the plan states that there is none; a property that is left out may still have a value. */
export function isSaidEmpty(values: Values | undefined, path: string): boolean {
  const value = valueAt(values, path);
  return value !== undefined && isAbsent(value);
}

/** Blocks at a path; undefined where the plan has something else there, or does not know them yet. */
export function blocksAt(values: Values | undefined, path: string): readonly Values[] | undefined {
  const blocks = listAt(values, path);
  return blocks.every(isMap) ? blocks : undefined;
}

/** Whether one block of addresses holds all of another; not where one of them is none. */
export function covers(wide: string, narrow: string): boolean {
  const [outer, inner] = [readCidr(wide), readCidr(narrow)];
  return outer !== undefined && inner !== undefined && contains(outer, inner);
}

/** A list of security groups, or of anything else that adds up: more is harmless. */
function onlyAdds(context: Context): Outcome {
  const { path, resource } = context;
  const stood = context.before ?? valueAt(resource.before, path?.segments ?? []);
  const change = setChange({ before: stood, after: context.after });
  if (change === undefined) return unknown(`${context.row.when} (the new list is known only after the run)`);
  // Without a stated group it has the VPC's default one, which an explicit list replaces.
  if (stood === undefined || stood === null)
    return unknown(`${context.row.when} (which ones there were, the plan does not say)`);
  return change.lost === 0 ? safe("the list only grows: whoever was let in still is") : unknown(context.row.when);
}

/** A larger value is SAFE, a smaller one has the effect of the row. */
function onlyLess({ before, after, row }: Context): Outcome {
  if (isUnknown(after)) return unknown(row.when);
  // One that is no longer stated falls back to a default, which the plan does not show.
  return (isAbsent(after) && numberOf(before) !== undefined) || Number(after) < Number(before)
    ? degrades(row.when)
    : safe("it only grows");
}

/** Conditions for any type. */
export const common: Conditions = {
  /** The plan changes in place what the table has as a replacement: perhaps another version of the provider, which is not verified. */
  replacement: ({ row }) => unknown(`the plan changes it in place; the table knows ${row.when}`),
  usersFollow,
  takenFirst,
  onlyUsersGo,
  ownerGoes,
  onlyAdds,
  onlyLess,
};

/** Prefix lists: address blocks that rules of security groups and routes name as one. */
import type { Resource } from "../../plans/change";
import { listAt, textAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, downtime, type Outcome, safe, unknown } from "../core/condition";
import { blocksAt } from "../core/lists";
import { deletedOwners, named, othersOf, usersOf } from "../core/related";
import { containsBlock } from "./cidr";

const holds = (wide: string, narrow: string): boolean => wide === narrow || containsBlock(wide, narrow);

/** The blocks of a list; undefined where one is known only after the run. */
function entriesOf(values: Values | undefined): readonly string[] | undefined {
  const entries = blocksAt(values, "entries")?.map((entry) => textAt(entry, "cidr"));
  return entries?.every((cidr) => cidr !== undefined) === true ? (entries as readonly string[]) : undefined;
}

/** Rules allow the blocks of the list; of routes the most specific one applies, so each block matters. */
function byUsers({ index, row }: Context, users: readonly Resource[]): Outcome {
  const routes = users.filter(({ type, after }) => /route/i.test(type) || listAt(after, "routes").length > 0);
  if (routes.length > 0) return unknown(`${named(routes)} routes by it: ${row.when}`);
  return users.length > 0 && index.plan.hasUnchanged
    ? safe(`${named(users)} allows all that it did`)
    : unknown(`${row.when} (its users are not in this plan)`);
}

/** Added and removed blocks: rules allow their addresses, routes lead to them. */
function prefixEntries(context: Context): Outcome {
  const { resource, row } = context;
  const [old, next] = [entriesOf(resource.before), entriesOf(resource.after)];
  if (old === undefined || next === undefined) return unknown(`${row.when} (the new list is known only after the run)`);
  const lost = old.filter((cidr) => !next.some((wide) => holds(wide, cidr)));
  if (lost.length > 0) return downtime(`${lost.join(", ")} is no longer in it: ${row.when}`);
  return byUsers(context, usersOf(context));
}

/** Resources that refer to the list of an entry. */
function usersOfList({ index, resource }: Context): readonly Resource[] {
  const lists = index.usedBy(resource.address, "prefixListId");
  const users = lists.flatMap(({ address }) => index.usersOf(address));
  return users.filter(({ type }) => type !== resource.type);
}

/** An added block. */
function prefixEntryComes(context: Context): Outcome {
  return context.index.isNew(context.resource, "prefixListId")
    ? safe("its list is new: it has no users yet")
    : byUsers(context, usersOfList(context));
}

/** A removed block. */
function prefixEntryGoes(context: Context): Outcome {
  const { resource, row } = context;
  if (deletedOwners(context, "prefixListId").length > 0) return safe("its list is deleted too; see its own verdict");
  const [cidr, list] = [textAt(resource.before, "cidr"), valueAt(resource.before, "prefixListId")];
  const others = othersOf(
    context,
    ({ operation, after }) =>
      operation !== "create" &&
      valueAt(after, "prefixListId") === list &&
      cidr !== undefined &&
      holds(textAt(after, "cidr") ?? "", cidr),
  );
  return others.length > 0 ? byUsers(context, usersOfList(context)) : downtime(row.when);
}

/** Conditions about prefix lists. */
export const prefixLists: Conditions = {
  prefixEntries,
  prefixEntryComes,
  prefixEntryGoes,
};

/** References to the changed resource: whether its users refer to the new one, or are deleted too. */
import { changes } from "../../plans/plan-index";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { isDeleted, named, usersOf } from "../core/related";

/** A replacement: its users must refer to the new one in this run. */
function usersFollow(context: Context): Outcome {
  const users = usersOf(context);
  const behind = users.filter((user) => !changes(user));
  if (behind.length > 0) return degrades(`${context.row.when} (${named(behind)} keeps the old one)`);
  if (users.length === 0 || !context.index.plan.hasUnchanged)
    return unknown(`${context.row.when} (its other users are not in this plan)`);
  return safe(`${named(users)} is updated in this run, and nothing else in this plan uses it`);
}

/** A deletion that the service refuses while the resource is in use, unless its users are removed first. */
function takenFirst(context: Context): Outcome {
  const first = usersOf(context).filter(
    (user) => isDeleted(user) || (user.operation === "replace" && user.order !== "create-first"),
  );
  if (first.length > 0) return downtime(`${context.row.when} (${named(first)} is removed before)`);
  return degrades(context.row.when);
}

/** Policies of a role: they do not use the role, and their own deletion refers to that of the role. */
const PART = /^aws:iam\/(rolePolic|policyAttachment)/;

/** A deletion together with its only users. */
function onlyUsersGo(context: Context): Outcome {
  const users = usersOf(context).filter(({ type }) => !PART.test(type));
  const kept = context.index.keepersOf(context.resource.address);
  if (users.length > 0 && kept.length === 0)
    return safe(`its users (${named(users)}) are deleted too or no longer refer to it; see its own verdict`);
  return downtime(context.row.when);
}

/** A deletion that AWS refuses while the resource is in use: SAFE where its users stop using it first, which their own verdicts assess. */
function released(context: Context): Outcome {
  const { index, resource, row } = context;
  const keepers = index.keepersOf(resource.address);
  if (keepers.length > 0) return degrades(`${named(keepers)} still refers to it: ${row.when}`);
  const users = usersOf(context);
  return users.length > 0
    ? safe(`${named(users)} no longer refers to it by then; see its own verdict`)
    : degrades(`${row.when} (its users are not in this plan)`);
}

/** Conditions about references. */
export const references: Conditions = {
  /** The plan changes in place what the table has as a replacement: perhaps another version of the provider, which is not verified. */
  replacement: ({ row }) => unknown(`the plan changes it in place; the table has ${row.when}`),
  usersFollow,
  takenFirst,
  onlyUsersGo,
  released,
};

/** Target groups: replacement, deletion, targets and their registration. */
import type { Resource } from "../../plans/change";
import { changes } from "../../plans/plan-index";
import { isUnknown, textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe } from "../core/condition";
import { named, othersOf, usersOf } from "../core/related";
import { FORWARDS, TARGET_GROUP, groupOf, REGISTERS, sharesOf } from "./forwarding";

/** A removed target: whether another one is left. */
function lastTarget(context: Context): Outcome {
  const { resource, row } = context;
  const group = textAt(resource.before, "targetGroupArn");
  const others = othersOf(
    context,
    ({ after }) => textAt(after, "targetGroupArn") === group || isUnknown(valueAt(after, "targetGroupArn")),
  );
  const standing = others.filter(({ operation }) => operation === "none" || operation === "update");
  if (standing.length > 0) return degrades(row.when);
  return downtime(`${row.when} (no other target of the group stays as it is in this plan)`);
}

function sameRegistration({ resource, row }: Context): Outcome {
  const same = ["targetGroupArn", "targetId", "port"].every(
    (path) =>
      !isUnknown(valueAt(resource.after, path)) &&
      String(valueAt(resource.before, path)) === String(valueAt(resource.after, path)),
  );
  return same ? downtime(row.when) : safe("another target, port or group: both are registered for a time");
}

/** Listeners and rules that forward to the group with a weight above zero, as far as the plan shows. */
function forwarders(context: Context): readonly Resource[] {
  const own = context.resource.before?.["arn"];
  return usersOf(context).filter((user) => {
    if (!FORWARDS.has(user.type)) return false;
    const shares = [...sharesOf(user.before), ...sharesOf(user.after)].filter(
      ({ arn }) => arn === own || isUnknown(arn),
    );
    return shares.length === 0 || shares.some(({ weight }) => weight > 0);
  });
}

/** Whether listeners refer to the group, each with the weight 0. */
export function hasNoShare(context: Context): boolean {
  return forwarders(context).length === 0 && usersOf(context).some(({ type }) => FORWARDS.has(type));
}

function groupReplaced(context: Context): Outcome {
  const { row, index } = context;
  const users = usersOf(context);
  const serving = forwarders(context);
  const isIdle =
    serving.length === 0 &&
    index.plan.hasUnchanged &&
    users.every(({ type }) => !REGISTERS.test(type) || FORWARDS.has(type));
  if (hasNoShare(context)) return safe("every listener gives it the weight 0");
  if (isIdle && index.plan.tool !== "pulumi") return degrades(`${row.when} (no listener of this plan forwards to it)`);
  return downtime(row.when);
}

function groupDeleted(context: Context): Outcome {
  const unchanged = usersOf(context).filter((user) => FORWARDS.has(user.type) && !changes(user));
  if (unchanged.length > 0)
    return degrades(`AWS refuses it while ${named(unchanged)} uses it: the run fails half way, traffic goes on`);
  const former = usersOf(context).filter(({ type }) => FORWARDS.has(type));
  if (former.length > 0) return safe(`${named(former)} no longer uses it; see its own verdict`);
  return degrades(context.row.when);
}

/** A TargetGroupBinding deregisters targets that it did not register. */
function bindingComes(context: Context): Outcome {
  const { index, resource, row } = context;
  const arn = textAt(resource.after, "spec.targetGroupARN");
  const groups = [
    ...index.usedBy(resource.address).filter(({ type }) => type === TARGET_GROUP),
    ...(arn === undefined ? [] : [groupOf(index, arn)].filter((group) => group !== undefined)),
  ];
  const others = groups
    .flatMap(({ address }) => index.usersOf(address))
    .filter(
      ({ address, type, operation }) => address !== resource.address && REGISTERS.test(type) && operation !== "delete",
    );
  return others.length > 0
    ? downtime(`${row.when} (${named(others)} registers targets of it too)`)
    : safe("targets are added, and nothing else of this plan keeps any in the group");
}

/** Conditions about target groups. */
export const targetGroups: Conditions = {
  groupReplaced,
  groupDeleted,
  bindingComes,
  lastTarget,
  sameRegistration,
  algorithm: ({ before, after, row }) => {
    const gentle = ["round_robin", "weighted_random"];
    return gentle.includes(String(before)) && gentle.includes(String(after))
      ? safe("open requests stay, and new ones are spread in turn")
      : degrades(row.when);
  },
};

/** Where a listener or a rule forwards requests: target groups, weights, registered targets. */
import type { Resource } from "../../plans/change";
import { changes, type PlanIndex } from "../../plans/plan-index";
import { isAbsent, isMap, isUnknown, listAt, numberAt, valueAt, type Values } from "../../plans/values";
import { type Context, degrades, downtime, type Outcome, safe, unknown, worstOf } from "../core/condition";
import { named, withArn } from "../core/related";

/** A group of targets. */
export const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

/** Types that forward requests to target groups. */
export const FORWARDS = new Set(["aws:lb/listener:Listener", "aws:lb/listenerRule:ListenerRule"]);

/** Types that register targets in a target group. */
export const REGISTERS =
  /^(aws:lb\/targetGroupAttachment:|aws:autoscaling\/(group|attachment):|aws:ecs\/service:|kubernetes:elbv2\.k8s\.aws\/)/;

/** A group that a listener forwards to, with its share. */
interface Share {
  readonly arn: unknown;
  readonly weight: number;
}

/** What a listener or a rule does with a request. */
export function actionsOf(values: Values | undefined): readonly unknown[] {
  return [...listAt(values, "defaultActions"), ...listAt(values, "actions")];
}

/** Groups that the actions forward to. */
export function sharesOf(values: Values | undefined): readonly Share[] {
  const actions = actionsOf(values).filter(isMap);
  return actions.flatMap((action) => {
    const groups = listAt(action, "forward.targetGroups").filter(isMap);
    const weighted = groups.map((group): Share => ({ arn: group["arn"], weight: numberAt(group, "weight") ?? 1 }));
    const single = valueAt(action, "targetGroupArn");
    return weighted.length > 0 ? weighted : isAbsent(single) ? [] : [{ arn: single, weight: 1 }];
  });
}

/** The target group of the plan with this ARN. */
export function groupOf(index: PlanIndex, arn: unknown): Resource | undefined {
  return withArn(index, TARGET_GROUP, arn);
}

/** An unchanged group: whether something registers targets in it. */
function standingGroup({ index, resource, row }: Context, group: Resource): Outcome {
  const registering = index
    .usersOf(group.address)
    .filter(({ type, operation }) => REGISTERS.test(type) && operation !== "delete");
  if (registering.some(({ operation }) => operation === "none" || operation === "update"))
    return safe(`${group.address} does not change, and something registers targets in it`);
  if (registering.length === 0)
    return unknown(
      `${row.when} (${group.address} does not change; the plan does not state whether it has healthy targets)`,
    );
  const waits = registering.every(({ address }) =>
    index.usedBy(resource.address).some((used) => used.address === address),
  );
  return waits
    ? degrades(
        `${named(registering)} registers the targets of ${group.address} before this step; nothing waits for their health checks`,
      )
    : downtime(
        `${named(registering)}, which registers the targets of ${group.address}, is created in the same run and nothing waits for it`,
      );
}

/** The effect of forwarding to a group with a weight above zero. */
function targetOutcome(context: Context, group: Resource): Outcome {
  const { operation, address } = group;
  if (operation === "create")
    return downtime(`${address} is created in this run: it has no healthy target when it takes traffic`);
  if (operation === "replace" || operation === "delete")
    return downtime(`${address} is ${operation}d in this run: it has no healthy target when it takes traffic`);
  return standingGroup(context, group);
}

/** Groups of the plan that the actions refer to, where the values are not known. */
function namedGroups({ index, resource }: Context): readonly Resource[] {
  return index.usedBy(resource.address).filter(({ type }) => type === TARGET_GROUP);
}

/** A listener or rule that forwards: whether each target group that gains traffic has healthy targets. */
export function forward(context: Context): Outcome {
  const { index, resource, row } = context;
  const [before, after] = [sharesOf(resource.before), sharesOf(resource.after)];
  const served = after.filter(({ weight }) => weight > 0);
  if (after.length > 0 && served.length === 0) return downtime("no group has a weight above 0");
  const gained = served.filter(
    ({ arn, weight }) => !before.some((old) => old.arn === arn && old.weight > 0 && weight > 0),
  );
  const known = served.flatMap(({ arn }) => groupOf(index, arn) ?? []);
  const unclear = served.some(({ arn }) => isUnknown(arn)) ? namedGroups(context).filter(changes) : [];
  const outcomes = [...new Set([...known.filter((group) => changes(group)), ...unclear])].map((group) =>
    targetOutcome(context, group),
  );
  for (const { arn } of gained) {
    const group = groupOf(index, arn);
    if (group !== undefined) outcomes.push(targetOutcome(context, group));
    else if (!isUnknown(arn) || unclear.length === 0)
      outcomes.push(unknown(`${row.when} (the group that takes traffic now is not in this plan)`));
  }
  const updates = outcomes.filter(({ verdict }) => verdict !== "SAFE");
  return updates.length > 0
    ? worstOf(updates)
    : safe("every group with a weight above 0 took traffic before, or has targets and does not change");
}

/** Types of the actions, in their order. */
export function kindsOf(values: Values | undefined): readonly unknown[] {
  return actionsOf(values).map((action) => (isMap(action) ? action["type"] : undefined));
}

/** Actions that authenticate the client. */
export const LOGS_IN = /^(authenticate|jwt)-/;

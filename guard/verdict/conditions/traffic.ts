/** Who answers: weights, groups of targets, rules. */
import type { Resource } from "../plans/change";
import { changes, type PlanIndex } from "../plans/plan-index";
import { isAbsent, isMap, isUnknown, listAt, numberAt, textAt, valueAt, type Values } from "../plans/values";
import { named, usersOf } from "./common";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown, worstOf } from "./condition";

/** A group of targets. */
export const GROUP = "aws:lb/targetGroup:TargetGroup";
const FORWARDS = new Set(["aws:lb/listener:Listener", "aws:lb/listenerRule:ListenerRule"]);
const REGISTERS =
  /^(aws:lb\/targetGroupAttachment:|aws:autoscaling\/(group|attachment):|aws:ecs\/service:|kubernetes:elbv2\.k8s\.aws\/)/;

/** A group that a listener forwards to, with its share. */
interface Share {
  readonly arn: unknown;
  readonly weight: number;
}

/** What a listener or a rule does with a request. */
function actionsOf(values: Values | undefined): readonly unknown[] {
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

function groupOf(index: PlanIndex, arn: unknown): Resource | undefined {
  return index
    .ofType(GROUP)
    .find(({ before, after }) => typeof arn === "string" && (before?.["arn"] === arn || after?.["arn"] === arn));
}

/** What a group that stands means for the share that it takes: whether something keeps targets in it. */
function standingGroup({ index, resource, row }: Context, group: Resource): Outcome {
  const registering = index
    .usersOf(group.address)
    .filter(({ type, operation }) => REGISTERS.test(type) && operation !== "delete");
  if (registering.some(({ operation }) => operation === "none" || operation === "update"))
    return safe(`${group.address} stands unchanged and something keeps targets in it`);
  if (registering.length === 0)
    return unknown(
      `${row.when} (${group.address} stands unchanged; whether it has healthy targets, the plan does not say)`,
    );
  const waits = registering.every(({ address }) =>
    index.usedBy(resource.address).some((used) => used.address === address),
  );
  return waits
    ? degrades(
        `${named(registering)} registers the targets of ${group.address} before this step; nothing waits for their health checks`,
      )
    : downtime(
        `${named(registering)}, which registers the targets of ${group.address}, is made in the same run and nothing waits for it`,
      );
}

/** What forwarding to a group means, whose share is above zero. */
function targetOutcome(context: Context, group: Resource): Outcome {
  const { operation, address } = group;
  if (operation === "create")
    return downtime(`${address} is made in this run: it has no healthy target when it takes traffic`);
  if (operation === "replace" || operation === "delete")
    return downtime(`${address} is ${operation}d in this run: it has no healthy target when it takes traffic`);
  return standingGroup(context, group);
}

/** Groups of the plan that the resource names in its actions, where the values do not show which. */
function namedGroups({ index, resource }: Context): readonly Resource[] {
  return index.usedBy(resource.address).filter(({ type }) => type === GROUP);
}

function forward(context: Context): Outcome {
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
    : safe("every group with a weight above 0 took traffic before, or stands with targets");
}

function kindsOf(values: Values | undefined): readonly unknown[] {
  return actionsOf(values).map((action) => (isMap(action) ? action["type"] : undefined));
}

const LOGS_IN = /^(authenticate|jwt)-/;

/** What answers instead of a group. */
function answer(context: Context): Outcome {
  const { resource, row } = context;
  const types = kindsOf(resource.after);
  const login = types.find((type) => LOGS_IN.test(String(type)));
  if (login !== undefined && !kindsOf(resource.before).includes(login))
    return unknown(`${row.when} (${String(login)} comes first: whoever cannot log in, programs above all, is refused)`);
  if (types.includes("fixed-response")) return downtime(`${row.when} (a fixed response answers)`);
  const action = actionsOf(resource.after).find(isMap);
  if (types.includes("redirect"))
    return textAt(action, "redirect.protocol") === "HTTPS" && textAt(resource.after, "protocol") !== "HTTPS"
      ? degrades("plain HTTP is redirected to HTTPS: clients that do not follow a redirect, or resend a body, fail")
      : downtime(`${row.when} (a redirect answers)`);
  return forward(context);
}

/** A rule on a listener that stands. */
function ruleTakes(context: Context): Outcome {
  const { index, resource, row } = context;
  if (index.isNew(resource, "listenerArn")) return safe("its listener is new: nobody is served through it yet");
  const own = answer(context);
  if (own.verdict === "DOWNTIME") return downtime(`${row.when} ${own.reason}`);
  return unknown(row.when);
}

/** Used by listeners through a weight above zero, as far as the plan shows. */
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

/** Whether listeners name the group, each with the weight 0. */
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
  const staying = usersOf(context).filter((user) => FORWARDS.has(user.type) && !changes(user));
  if (staying.length > 0)
    return degrades(`AWS refuses it while ${named(staying)} uses it: the run fails half way, traffic goes on`);
  const leaving = usersOf(context).filter(({ type }) => FORWARDS.has(type));
  if (leaving.length > 0) return safe(`${named(leaving)} no longer uses it; see its own verdict`);
  return degrades(context.row.when);
}

/** A binding keeps in its group only what it registered itself. */
function bindingComes(context: Context): Outcome {
  const { index, resource, row } = context;
  const arn = textAt(resource.after, "spec.targetGroupARN");
  const groups = [
    ...index.usedBy(resource.address).filter(({ type }) => type === GROUP),
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

/** Conditions about load balancers. */
export const traffic: Conditions = {
  weights: forward,
  forwardTo: forward,
  answer,
  /** With one action the order means nothing. */
  actionOrder: (context) => (kindsOf(context.resource.after).length > 1 ? answer(context) : safe(context.row.when)),
  ruleTakes,
  groupReplaced,
  groupDeleted,
  bindingComes,
  listenerMoves: (context) => {
    const users = context.index.usersOf(context.resource.address);
    return unknown(`${context.row.when}${users.length > 0 ? ` (${named(users)} is on it)` : ""}`);
  },
};

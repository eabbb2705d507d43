/** Machines, groups of them, tasks and functions: capacity, and what is restarted. */
import { isAbsent, isMap, isUnknown, listOf, numberAt, numberOf, valueAt } from "../plans/values";
import { setChange, usersOf } from "./common";
import {
  type Conditions,
  type Context,
  degrades,
  downtime,
  type Outcome,
  type Predicates,
  safe,
  unknown,
} from "./condition";

/** Fewer is slower, none is an outage. */
function fewer({ before, after, row }: Context): Outcome {
  const [old, next] = [numberOf(before), numberOf(after)];
  if (next === undefined) return unknown(`${row.when} (the new number is known only after the run)`);
  if (next === 0 && old !== 0) return downtime(`none is left: ${row.when}`);
  return old !== undefined && next >= old ? safe("more of them, or as many") : degrades(row.when);
}

/** -1 is without a limit. */
function concurrency({ before, after, row }: Context): Outcome {
  const [old, next] = [numberOf(before) ?? -1, isAbsent(after) ? -1 : numberOf(after)];
  if (next === undefined) return unknown(row.when);
  if (next === 0) return downtime(`0 stops the function: ${row.when}`);
  if (next === -1 || (old !== -1 && next >= old)) return safe("the limit rises or goes");
  return degrades(row.when);
}

/** A group that replaces its machines by itself when its template changes. */
function refresh({ resource, row }: Context): Outcome {
  return isAbsent(valueAt(resource.after, "instanceRefresh"))
    ? safe(`no machine is replaced by this run: ${row.when}`)
    : degrades(row.when);
}

function targetGroups(context: Context): Outcome {
  const change = setChange(context);
  if (change === undefined) return unknown(context.row.when);
  if (change.lost === 0) return safe("machines are registered in more groups");
  return isAbsent(context.after)
    ? downtime(`${context.row.when} (it is in no group afterwards)`)
    : unknown(context.row.when);
}

/** A machine made before the old one goes. */
function machineFirst(context: Context): Outcome {
  const { resource, row } = context;
  const registered = usersOf(context).filter(
    ({ type }) =>
      type === "aws:lb/targetGroupAttachment:TargetGroupAttachment" || type === "aws:elb/attachment:Attachment",
  );
  if (!isAbsent(valueAt(resource.after, "privateIp")) && !isUnknown(valueAt(resource.after, "privateIp")))
    return degrades(`the run fails half way: ${row.when}`);
  if (registered.length === 0) return unknown(`${row.when} (no load balancer of this plan has it)`);
  return registered.every(({ order }) => order === "create-first")
    ? safe("the new machine is registered before the old one goes")
    : degrades(row.when);
}

function revision({ index, resource, row }: Context): Outcome {
  if (valueAt(resource.before, "skipDestroy") === true) return safe("the old revision is kept");
  const users = index.usersOf(resource.address);
  const services = users.filter(({ type }) => type === "aws:ecs/service:Service");
  return users.length > 0 && services.length === users.length
    ? safe("running tasks do not need the old revision; what the service does is its own step")
    : degrades(row.when);
}

function cidrZones({ before, after }: Context): boolean {
  return (setChange({ before, after })?.lost ?? 0) > 0;
}

/** Whether a ceiling is known to stay above what runs, or to rise. */
function isRoomEnough({ resource, before, after }: Pick<Context, "resource" | "before" | "after">): boolean {
  const runs = numberAt(resource.before, "desiredCapacity") ?? numberOf(before) ?? Number.POSITIVE_INFINITY;
  return (numberOf(after) ?? 0) >= runs;
}

/** Conditions about what computes. */
export const compute: Conditions = {
  fewer,
  concurrency,
  refresh,
  targetGroups,
  machineFirst,
  revision,
  stoppedForIt: ({ resource, row }) => (resource.operation === "update" ? downtime(row.when) : unknown(row.when)),
};

/** Which changes rows about what computes mean. */
export const computePredicates: Predicates = {
  belowDesired: (context) => !isRoomEnough(context),
  notBelowDesired: isRoomEnough,
  zoneLost: cidrZones,
  zoneOnlyWon: (context) => !cidrZones(context) && !isUnknown(context.after),
  balancerChecks: ({ before, after }) => after === "ELB" && before !== "ELB",
  machineChecks: ({ before, after }) => before === "ELB" && after !== "ELB",
  hasListOfMaps: ({ after }) => listOf(after).some(isMap),
};

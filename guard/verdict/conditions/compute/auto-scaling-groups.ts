/** Auto Scaling groups. */
import { isAbsent, listAt, numberAt, numberOf, textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { isExplicitlyEmpty, setChange } from "../core/lists";

/** A group with an instance refresh replaces its instances when its template changes. */
function refresh({ resource, row }: Context): Outcome {
  return isAbsent(valueAt(resource.after, "instanceRefresh"))
    ? safe(`no instance is replaced by this run: ${row.when}`)
    : degrades(row.when);
}

function targetGroups(context: Context): Outcome {
  const change = setChange(context);
  if (change === undefined) return unknown(context.row.when);
  if (change.lost === 0) return safe("instances are registered in more groups");
  return isAbsent(context.after)
    ? downtime(`${context.row.when} (it is in no group afterwards)`)
    : unknown(context.row.when);
}

function isBehindNone({ index, resource }: Context): boolean {
  return (
    isExplicitlyEmpty(resource.after, "targetGroupArns") &&
    listAt(resource.after, "loadBalancers").length === 0 &&
    index.usersOf(resource.address, "aws:autoscaling/attachment:Attachment").length === 0
  );
}

/** The load balancer's health check terminates instances from now on. */
function balancerChecked(context: Context): Outcome {
  return isBehindNone(context) ? safe("it is behind no load balancer of this plan") : unknown(context.row.when);
}

/** How long new instances may take before health checks apply. */
function graceFalls({ resource, row }: Context): Outcome {
  return textAt(resource.after, "healthCheckType") === "EC2"
    ? safe("only EC2's own checks apply, which do not depend on the program")
    : unknown(row.when);
}

/** Whether the run waits until new instances are in service. */
function waitsForBalancer({ resource, row }: Context): Outcome {
  const { after } = resource;
  const desired = numberAt(after, "desiredCapacity");
  if (desired === 0) return safe("it has no instance");
  if (/^0[a-z]*$/.test(String(valueAt(after, "waitForCapacityTimeout") ?? "")))
    return downtime(`the run does not wait for any new instance: ${row.when}`);
  const awaited = numberAt(after, "waitForElbCapacity") ?? numberAt(after, "minElbCapacity") ?? 0;
  return desired !== undefined && awaited >= desired
    ? safe("the run waits until all new instances are in service behind the load balancer")
    : degrades(row.when);
}

/** A maximum below the current capacity. */
function ceilingFalls({ resource, after, row }: Context): Outcome {
  if (numberOf(after) === undefined) return unknown(`${row.when} (the new ceiling is known only after the run)`);
  if (numberOf(after) !== 0 && numberAt(resource.before, "desiredCapacity") === undefined)
    return unknown(`${row.when} (how many run is not in this plan)`);
  return numberOf(after) === 0 ? downtime(`no instance is left: ${row.when}`) : degrades(row.when);
}

/** Conditions about Auto Scaling groups. */
export const autoScalingGroups: Conditions = {
  waitsForBalancer,
  ceilingFalls,
  refresh,
  targetGroups,
  balancerChecked,
  graceFalls,
};

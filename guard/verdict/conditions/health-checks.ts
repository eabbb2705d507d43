/** Health checks of targets, machines and records: who acts when they fail. */
import type { Resource } from "../plans/change";
import { listAt, numberOf, textAt, valueAt } from "../plans/values";
import { isSaidEmpty, named, usersOf } from "./common";
import { type Conditions, type Context, degrades, type Outcome, safe, unknown } from "./condition";
import { hasNoShare } from "./traffic";

const MACHINES = "aws:autoscaling/group:Group";
const RECORD = "aws:route53/record:Record";

/** Another check of targets: what terminates them when they fail it. */
function targetsChecked(context: Context): Outcome {
  const { resource, row } = context;
  if (hasNoShare(context)) return safe("every listener gives it the weight 0");
  const groups = usersOf(context).filter(
    ({ type, after }) => type === MACHINES && textAt(after, "healthCheckType") === "ELB",
  );
  const kills = groups.length === 0 ? "" : ` (${named(groups)} terminates machines that fail it)`;
  return valueAt(resource.after, "healthCheck.enabled") === false
    ? safe("the check is off")
    : unknown(`${row.when}${kills}`);
}

function isBehindNone({ index, resource }: Context): boolean {
  return (
    isSaidEmpty(resource.after, "targetGroupArns") &&
    listAt(resource.after, "loadBalancers").length === 0 &&
    index.usersOf(resource.address, "aws:autoscaling/attachment:Attachment").length === 0
  );
}

/** The balancer's check decides about machines from now on. */
function balancerChecked(context: Context): Outcome {
  return isBehindNone(context) ? safe("it is behind no load balancer of this plan") : unknown(context.row.when);
}

/** How long new machines have until checks count. */
function graceFalls({ resource, row }: Context): Outcome {
  return textAt(resource.after, "healthCheckType") === "EC2"
    ? safe("only the checks of EC2 count, which do not wait for the program in the machine")
    : unknown(row.when);
}

/** How long new tasks have until checks of a balancer count. */
function taskGraceFalls({ resource, row }: Context): Outcome {
  return isSaidEmpty(resource.after, "loadBalancers")
    ? safe("it is behind no load balancer, so nothing waits for it")
    : unknown(row.when);
}

/** Records that answer by the check. */
function checkedRecords({ index, resource }: Context): readonly Resource[] {
  return index.usersOf(resource.address, RECORD);
}

/** A check that may turn red by this, and then withholds its records. */
function recordsWithheld(context: Context): Outcome {
  const { before, after, path, row } = context;
  const records = checkedRecords(context);
  const [name] = path?.segments ?? [];
  if (name === "disabled" && String(after) === "true")
    return degrades("it counts as healthy whatever happens: nothing fails over any more");
  if (/^failure_?threshold$/i.test(name ?? "") && (numberOf(after) ?? 0) > (numberOf(before) ?? 0))
    return degrades("what is broken stays in the answers for longer");
  return unknown(records.length === 0 ? row.when : `${row.when} (${named(records)})`);
}

/** Conditions about health checks. */
export const healthChecks: Conditions = {
  targetsChecked,
  balancerChecked,
  graceFalls,
  taskGraceFalls,
  recordsWithheld,
};

/** Services and task definitions of ECS. */
import { listAt, numberAt, textAt, valueAt } from "../../plans/values";
import {
  type Conditions,
  type Context,
  degrades,
  downtime,
  type Outcome,
  safe,
  unknown,
  worstOf,
} from "../core/condition";
import { inBlock, isExplicitlyEmpty, setChange } from "../core/lists";

function revision({ index, resource, row }: Context): Outcome {
  if (valueAt(resource.before, "skipDestroy") === true) return safe("the old revision is kept");
  const users = index.usersOf(resource.address);
  const services = users.filter(({ type }) => type === "aws:ecs/service:Service");
  return users.length > 0 && services.length === users.length
    ? safe("running tasks do not need the old revision; the update of the service is a separate step")
    : degrades(row.when);
}

/** How long new tasks may take before the load balancer's checks apply. */
function taskGraceFalls({ resource, row }: Context): Outcome {
  return isExplicitlyEmpty(resource.after, "loadBalancers")
    ? safe("it is behind no load balancer, so nothing waits for it")
    : unknown(row.when);
}

const FULL = 100;

/** How many tasks a deployment may stop before new ones run. */
function rolling({ resource, row }: Context): Outcome {
  const { after } = resource;
  // A daemon service has no count of its own, and by default no task of it is kept.
  const isDaemon = textAt(after, "schedulingStrategy") === "DAEMON";
  const least = numberAt(after, "deploymentMinimumHealthyPercent") ?? (isDaemon ? 0 : FULL);
  const most = numberAt(after, "deploymentMaximumPercent") ?? 2 * FULL;
  const desired = numberAt(after, "desiredCount");
  const breaks =
    valueAt(after, "deploymentCircuitBreaker.enable") === true &&
    valueAt(after, "deploymentCircuitBreaker.rollback") === true;
  if (desired === 0 && !isDaemon) return safe("no task of it runs");
  if (least === 0) return downtime(`the minimum is 0 %: all tasks may end before a new one runs. ${row.when}`);
  if (most <= FULL && desired === 1)
    return degrades(
      `one task, which may neither be stopped nor get a second one: the deployment makes no progress. ${row.when}`,
    );
  return least >= FULL && breaks
    ? safe("new tasks start before old ones stop, and a broken revision is rolled back")
    : degrades(row.when);
}

/** A deployment that moves tasks to other capacity. */
function rollsTasksAndMore(context: Context): Outcome {
  return worstOf([degrades(context.row.when), rolling(context)]);
}

/** Other networks or groups for the tasks of a service. */
function taskNetwork(context: Context): Outcome {
  const { resource, row } = context;
  const at = inBlock(resource, "networkConfiguration");
  const groups = setChange({ before: at("before", "securityGroups"), after: at("after", "securityGroups") });
  if (groups === undefined || groups.lost > 0)
    return unknown(
      `tasks are in other security groups: the plan does not state whether these allow the load balancer and outgoing traffic. ${row.when}`,
    );
  if (at("before", "assignPublicIp") === true && at("after", "assignPublicIp") !== true)
    return unknown(`tasks lose their public address: without a NAT gateway they cannot pull their image. ${row.when}`);
  const subnets = setChange({ before: at("before", "subnets"), after: at("after", "subnets") });
  return subnets === undefined || subnets.won > 0
    ? unknown(`tasks start in other subnets: their routes decide. ${row.when}`)
    : rolling(context);
}

/** A service beside the old one, behind the same group. */
function serviceBeside({ resource, row }: Context): Outcome {
  if (listAt(resource.after, "loadBalancers").length === 0)
    return isExplicitlyEmpty(resource.after, "loadBalancers") ? degrades(row.when) : unknown(row.when);
  return valueAt(resource.after, "waitForSteadyState") === true
    ? safe("the run waits until the new service is steady before the old one is deleted")
    : downtime(`the run does not wait for the new tasks before the old ones stop: ${row.when}`);
}

/** Conditions about ECS. */
export const ecsServices: Conditions = {
  rolling,
  rollsTasksAndMore,
  taskNetwork,
  serviceBeside,
  revision,
  taskGraceFalls,
};

/** Groups of machines, services and functions that are made anew, lose room, or move to another network. */
import { isAbsent, isUnknown, listAt, numberAt, numberOf, textAt, valueAt } from "../plans/values";
import { inBlock, isSaidEmpty, named, othersOf, setChange } from "./common";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown, worstOf } from "./condition";

const FULL = 100;

/** Whether the run waits until new machines serve. */
function waitsForBalancer({ resource, row }: Context): Outcome {
  const { after } = resource;
  const desired = numberAt(after, "desiredCapacity");
  if (desired === 0) return safe("it has no machine");
  if (/^0[a-z]*$/.test(String(valueAt(after, "waitForCapacityTimeout") ?? "")))
    return downtime(`the run does not wait for one new machine: ${row.when}`);
  const awaited = numberAt(after, "waitForElbCapacity") ?? numberAt(after, "minElbCapacity") ?? 0;
  return desired !== undefined && awaited >= desired
    ? safe("the run waits until all new machines are in service behind the load balancer")
    : degrades(row.when);
}

/** A ceiling under what runs. */
function ceilingFalls({ resource, after, row }: Context): Outcome {
  if (numberOf(after) === undefined) return unknown(`${row.when} (the new ceiling is known only after the run)`);
  if (numberOf(after) !== 0 && numberAt(resource.before, "desiredCapacity") === undefined)
    return unknown(`${row.when} (how many run is not in this plan)`);
  return numberOf(after) === 0 ? downtime(`no machine is left: ${row.when}`) : degrades(row.when);
}

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
      `one task, of which none may be away and none may be added: the deployment stands still. ${row.when}`,
    );
  return least >= FULL && breaks
    ? safe("new tasks come before old ones go, and a broken revision is rolled back")
    : degrades(row.when);
}

/** A deployment that brings tasks to other capacity. */
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
      `tasks are in other security groups: whether these let the balancer in and the tasks out, no plan says. ${row.when}`,
    );
  if (at("before", "assignPublicIp") === true && at("after", "assignPublicIp") !== true)
    return unknown(
      `tasks lose their public address: without another way out they cannot pull their image. ${row.when}`,
    );
  const subnets = setChange({ before: at("before", "subnets"), after: at("after", "subnets") });
  return subnets === undefined || subnets.won > 0
    ? unknown(`tasks start in other subnets: their routes decide. ${row.when}`)
    : rolling(context);
}

/** A service beside the old one, behind the same group. */
function serviceBeside({ resource, row }: Context): Outcome {
  if (listAt(resource.after, "loadBalancers").length === 0)
    return isSaidEmpty(resource.after, "loadBalancers") ? degrades(row.when) : unknown(row.when);
  return valueAt(resource.after, "waitForSteadyState") === true
    ? safe("the run waits until the new service is steady before the old one goes")
    : downtime(`the run does not wait for the new tasks before the old ones go: ${row.when}`);
}

/** Calls that go to another network. */
function functionNetwork({ resource, row }: Context): Outcome {
  const at = inBlock(resource, "vpcConfig");
  const groups = setChange({ before: at("before", "securityGroupIds"), after: at("after", "securityGroupIds") });
  const subnets = setChange({ before: at("before", "subnetIds"), after: at("after", "subnetIds") });
  const isIn = !isAbsent(at("before", "subnetIds")) && !isAbsent(at("after", "subnetIds"));
  const hadIpv6 = at("before", "ipv6AllowedForDualStack") === true;
  const keepsIpv6 = !hadIpv6 || at("after", "ipv6AllowedForDualStack") === true;
  return isIn && keepsIpv6 && groups?.lost === 0 && subnets?.lost === 0 && subnets.won === 0
    ? safe("the function is in the same subnets and in more groups")
    : unknown(row.when);
}

/** What programs in a machine learn from its metadata service. */
function metadataRequests({ resource, row }: Context): Outcome {
  const at = inBlock(resource, "metadataOptions");
  if (at("after", "httpTokens") === undefined) return degrades(row.when);
  if (at("after", "httpEndpoint") === "disabled" && at("before", "httpEndpoint") !== "disabled")
    return downtime(`the service is off: programs get no credentials of the machine's role. ${row.when}`);
  const hops = (side: "before" | "after"): number => numberOf(at(side, "httpPutResponseHopLimit")) ?? 1;
  if (hops("after") < hops("before")) return unknown(`answers no longer reach containers: ${row.when}`);
  const isOff = (name: string): boolean => at("before", name) === "enabled" && at("after", name) !== "enabled";
  if (["instanceMetadataTags", "httpProtocolIpv6"].some(isOff) || isUnknown(at("after", "httpTokens")))
    return unknown(row.when);
  return at("after", "httpTokens") === "required" && at("before", "httpTokens") !== "required"
    ? degrades(row.when)
    : safe("whoever was answered still is");
}

/** A record under another name. */
function oldNameKept(context: Context): Outcome {
  const { resource, row } = context;
  const [name, type] = [textAt(resource.before, "name"), textAt(resource.before, "type")];
  const keeping = othersOf(
    context,
    ({ after }) =>
      textAt(after, "name") === name &&
      textAt(after, "type") === type &&
      valueAt(after, "zoneId") === valueAt(resource.before, "zoneId"),
  );
  if (keeping.length > 0) return degrades(`${named(keeping)} has the old name: ${row.when}`);
  const isSame = name === textAt(resource.after, "name") && !isUnknown(valueAt(resource.after, "name"));
  return downtime(
    isSame ? `the name stays the same: ${row.when}` : `nothing in this plan keeps the name ${name ?? ""}: ${row.when}`,
  );
}

/** A profile of Fargate whose pods end with it. */
function profileBeside(context: Context): Outcome {
  const { resource, row } = context;
  const key = JSON.stringify(valueAt(resource.before, "selectors") ?? null);
  const others = othersOf(
    context,
    ({ operation, after }) => operation === "none" && JSON.stringify(valueAt(after, "selectors") ?? null) === key,
  );
  return others.length > 0
    ? degrades(`${named(others)} takes the same pods: ${row.when}`)
    : downtime(`all its pods end at once: ${row.when}`);
}

/** Settings of an add-on that hands had made. */
function handsOverwritten({ resource, row }: Context): Outcome {
  const isUpdated = resource.paths.some(({ segments }) =>
    /^(addon_?version|configuration_?values|service_?account_?role_?arn|pod_?identity_?associations?)$/i.test(
      segments[0] ?? "",
    ),
  );
  return isUpdated ? unknown(row.when) : safe("nothing else of the add-on changes: it counts from its next update on");
}

/** Conditions about machines, services and functions. */
export const machines: Conditions = {
  waitsForBalancer,
  ceilingFalls,
  rolling,
  rollsTasksAndMore,
  taskNetwork,
  serviceBeside,
  functionNetwork,
  metadataRequests,
  oldNameKept,
  profileBeside,
  handsOverwritten,
};

/** ElastiCache: nodes and logins. */
import { isAbsent, isUnknown, listOf, numberAt, textAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";

/** Whether another node takes over by itself; undefined where the plan does not state it. With shards AWS requires it; nodes of Memcached have no primary. */
function failoverOf(values: Values | undefined): boolean | undefined {
  const isSharded = (numberAt(values, "numNodeGroups") ?? 1) > 1 || textAt(values, "clusterMode") === "enabled";
  if (isSharded || numberAt(values, "numCacheNodes") !== undefined) return true;
  const flag = valueAt(values, "automaticFailoverEnabled");
  return isAbsent(flag) || isUnknown(flag) ? undefined : String(flag) === "true";
}

/** A cache of one node, or of one primary without failover, is unavailable while it changes. */
function cacheMembers({ resource, row }: Context): Outcome {
  const replicas = numberAt(resource.after, "replicasPerNodeGroup");
  const nodes = numberAt(resource.after, "numCacheClusters") ?? numberAt(resource.after, "numCacheNodes");
  const count = replicas === undefined ? nodes : replicas + 1;
  // AWS creates one node where no number is stated.
  if ((count ?? 1) <= 1) return downtime(`it has one node: ${row.when}`);
  const failsOver = failoverOf(resource.after);
  if (failsOver === undefined) return unknown(`the plan does not state whether automatic failover is on: ${row.when}`);
  return failsOver
    ? degrades(row.when)
    : downtime(`automatic failover is off, so nothing is written until the primary is back: ${row.when}`);
}

const windows = /window|apply_?immediately|minor_?version/i;

/** Properties that apply in the maintenance window, and those that stop a node. */
function cacheNode(context: Context): Outcome {
  return windows.test(context.path?.segments[0] ?? "") ? degrades(context.row.when) : cacheMembers(context);
}

/** Logins to a cache. */
function cacheLogins(context: Context): Outcome {
  const [old, next] = [listOf(context.before), listOf(context.after)];
  if (old.length === 0) return unknown(`clients without a login are refused from now on: ${context.row.when}`);
  return isUnknown(context.after) || old.some((group) => !next.includes(group))
    ? unknown(context.row.when)
    : safe("only more may log in");
}

/** Conditions about caches. */
export const caches: Conditions = {
  cacheMembers,
  cacheNode,
  cacheLogins,
};

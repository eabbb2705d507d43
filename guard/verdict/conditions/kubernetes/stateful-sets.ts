/** StatefulSets and DaemonSets. */
import { numberAt, numberOf, textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";

const waitsForDelete = ({ resource }: Context): boolean =>
  textAt(resource.after, "spec.updateStrategy.type") === "OnDelete";

/** Members restart one after the other without an extra one: the restart of a single member is an outage. */
function members(context: Context): Outcome {
  const { resource, row } = context;
  if (waitsForDelete(context)) return safe("the strategy is OnDelete: no member restarts until it is deleted by hand");
  const replicas = numberAt(resource.after, "spec.replicas") ?? 1;
  const partition = numberAt(resource.after, "spec.updateStrategy.rollingUpdate.partition") ?? 0;
  if (replicas === 0) return safe("it has no member");
  if (partition >= replicas) return safe(`the partition ${partition} keeps all ${replicas} members as they are`);
  return replicas === 1 ? downtime(`its only member restarts: ${row.when}`) : degrades(row.when);
}

/** A new template of a DaemonSet. */
function daemons(context: Context): Outcome {
  const { resource, row } = context;
  if (waitsForDelete(context)) return safe("the strategy is OnDelete: no pod restarts until it is deleted by hand");
  const away = valueAt(resource.after, "spec.updateStrategy.rollingUpdate.maxUnavailable");
  return away === "100%"
    ? downtime(`maxUnavailable takes the pods of all nodes at once: ${row.when}`)
    : degrades(row.when);
}

/** Fewer members of a set with a quorum. */
function quorum({ before, after, row }: Context): Outcome {
  const [old, next] = [numberOf(before), numberOf(after)];
  if (old === undefined || next === undefined) return unknown(row.when);
  if (next === 0) return downtime(`none is left: ${row.when}`);
  return next <= old / 2 ? downtime(`${next} of ${old} is no majority: ${row.when}`) : degrades(row.when);
}

/** Conditions about StatefulSets and DaemonSets. */
export const statefulSets: Conditions = {
  members,
  daemons,
  quorum,
};

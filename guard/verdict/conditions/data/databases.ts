/** Databases: restarts, failovers, storage, logins. */
import type { Resource } from "../../plans/change";
import { textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe } from "../core/condition";
import { named, othersOf } from "../core/related";

/** The time of a restart: at once, or in the maintenance window. */
function restartTime({ after }: Resource): string {
  if (valueAt(after, "applyImmediately") === true) return "at once";
  const window = textAt(after, "maintenanceWindow") ?? textAt(after, "preferredMaintenanceWindow");
  return `later, in the maintenance window${window === undefined ? "" : ` (${window})`}, without an operator present`;
}

/** A change that restarts an instance, or switches to its standby. */
function restart({ resource, row }: Context): Outcome {
  if (valueAt(resource.after, "blueGreenUpdate.enabled") === true)
    return degrades(`a blue/green switch: all connections are dropped once, under a minute as a rule; ${row.when}`);
  const standby =
    valueAt(resource.after, "multiAz") === true
      ? "failover to the standby: connections are refused for a minute or two"
      : "restart: no connections until it is back";
  return downtime(`${standby}, ${restartTime(resource)}. ${row.when}`);
}

/** Whether the member is the writer or a reader, as far as the state shows. */
function member(context: Context): Outcome {
  const { resource, row } = context;
  const isWriter = valueAt(resource.before, "writer");
  if (isWriter === false) return degrades(`a reader: ${row.when}`);
  const cluster = textAt(resource.before, "clusterIdentifier");
  const others = othersOf(context, ({ before, after }) => textAt(before ?? after, "clusterIdentifier") === cluster);
  const who = isWriter === true ? "the writer" : "the writer, as far as this plan shows";
  return downtime(
    `${who}${others.length > 0 ? ", a failover to another member" : ", and no other member is in this plan"}: ${row.when}`,
  );
}

function indexFilled({ resource, row }: Context): Outcome {
  return valueAt(resource.after, "billingMode") === "PAY_PER_REQUEST"
    ? safe("the table has on-demand capacity and stays available while the index is filled")
    : degrades(row.when);
}

/** Another storage type of a database. */
function storageMoves({ before, after, row }: Context): Outcome {
  return [before, after].includes("standard")
    ? downtime(`to or from magnetic storage with an interruption: ${row.when}`)
    : degrades(row.when);
}

/** Logins with IAM tokens. */
function tokenLogins({ index, row }: Context): Outcome {
  const using = index.plan.resources.filter(
    ({ type, operation, after }) =>
      type.startsWith("aws:iam/") && operation !== "delete" && JSON.stringify(after ?? {}).includes("rds-db:connect"),
  );
  return using.length > 0 ? downtime(`${named(using)} allows such logins: ${row.when}`) : degrades(row.when);
}

/** Conditions about databases. */
export const databases: Conditions = {
  restart,
  member,
  storageMoves,
  tokenLogins,
  indexFilled,
};

/** Databases, caches, buckets, queues: restarts, windows, and what is lost. */
import type { Resource } from "../plans/change";
import { isAbsent, isMap, isUnknown, listAt, listOf, numberOf, textAt, valueAt } from "../plans/values";
import { named, othersOf } from "./common";
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

/** When a change of a database that restarts it happens. */
function momentOf({ after }: Resource): string {
  if (valueAt(after, "applyImmediately") === true) return "at once";
  const window = textAt(after, "maintenanceWindow") ?? textAt(after, "preferredMaintenanceWindow");
  return `later, in the maintenance window${window === undefined ? "" : ` (${window})`}, when nobody is looking`;
}

/** A change that restarts an instance, or switches to its standby. */
function restart({ resource, row }: Context): Outcome {
  if (valueAt(resource.after, "blueGreenUpdate.enabled") === true)
    return degrades(`a blue/green switch: all connections are dropped once, under a minute as a rule; ${row.when}`);
  const standby =
    valueAt(resource.after, "multiAz") === true
      ? "failover to the standby: connections are refused for a minute or two"
      : "restart: no connections until it is back";
  return downtime(`${standby}, ${momentOf(resource)}. ${row.when}`);
}

/** Which member of a cluster it is, as far as the state says. */
function member(context: Context): Outcome {
  const { resource, row } = context;
  const isWriter = valueAt(resource.before, "writer");
  if (isWriter === false) return degrades(`a reader: ${row.when}`);
  const cluster = textAt(resource.before, "clusterIdentifier");
  const others = othersOf(context, ({ before, after }) => textAt(before ?? after, "clusterIdentifier") === cluster);
  const who = isWriter === true ? "the writer" : "the writer, as far as this plan says";
  return downtime(
    `${who}${others.length > 0 ? ", a failover to another member" : ", and no other member is in this plan"}: ${row.when}`,
  );
}

const isStatic = ({ resource }: Pick<Context, "resource">): boolean => {
  const old = listAt(resource.before, "parameters").map((item) => JSON.stringify(item));
  const changed = listAt(resource.after, "parameters").filter((item) => !old.includes(JSON.stringify(item)));
  return (
    changed.length > 0 && changed.every((item) => isMap(item) && valueAt(item, "applyMethod") === "pending-reboot")
  );
};

/** Versions as numbers, left to right. */
function isOlder(before: unknown, after: unknown): boolean {
  const parts = (value: unknown): number[] => String(value).split(/[._-]/).map(Number).filter(Number.isFinite);
  const [old, next] = [parts(before), parts(after)];
  const at = old.findIndex((part, index) => part !== next[index]);
  return at >= 0 && (next[at] ?? 0) < (old[at] ?? 0);
}

/** A queue, table or bucket that goes with what is in it; only the guard differs. */
function bucketDeleted({ resource, row }: Context): Outcome {
  const force = valueAt(resource.before, "forceDestroy") === true;
  return downtime(force ? `forceDestroy is on, so the objects go with it: ${row.when}` : row.when);
}

function indexFilled({ resource, row }: Context): Outcome {
  return valueAt(resource.after, "billingMode") === "PAY_PER_REQUEST"
    ? safe("the table has on-demand capacity and stays available while the index is filled")
    : degrades(row.when);
}

const ids = (items: readonly unknown[]): readonly string[] =>
  items.map((item) => (isMap(item) ? String(item["name"]) : String(item)));

/** Records of a name that take its traffic after the run. */
function restOfSet({ index, resource }: Context): readonly Resource[] {
  const [name, type] = [textAt(resource.after, "name"), textAt(resource.after, "type")];
  return index
    .ofType(resource.type)
    .filter(
      (other) =>
        other.address !== resource.address &&
        other.operation !== "delete" &&
        textAt(other.after, "name") === name &&
        textAt(other.after, "type") === type,
    );
}

function weightTo0(context: Context): Outcome {
  const carrying = restOfSet(context).filter(
    ({ after }) => (numberOf(valueAt(after, "weightedRoutingPolicies.weight")) ?? 0) > 0,
  );
  return carrying.length > 0
    ? safe(`${named(carrying)} carries the name; clients leave by TTL`)
    : degrades(context.row.when);
}

/** The old target of a name must live for the TTL. */
function recordMoves({ index, resource, row }: Context): Outcome {
  const going = index
    .usedBy(resource.address)
    .filter(({ operation }) => operation === "delete" || operation === "replace");
  const ttl = numberOf(valueAt(resource.before, "ttl"));
  const cached = ttl === undefined ? "" : ` Answers are cached for up to ${ttl} s (TTL).`;
  if (going.length > 0)
    return downtime(
      `${named(going)}, to which the name leads, is ${going[0]?.operation}d in the same run.${cached} ${row.when}`,
    );
  return degrades(`${row.when}.${cached}`);
}

function aliasMoves({ index, resource, row }: Context): Outcome {
  const keys = index.usedBy(resource.address, "targetKeyId");
  const going = keys.filter(({ operation }) => operation === "delete" || operation === "replace");
  return going.length > 0 ? downtime(`${row.when} (${named(going)} goes)`) : unknown(row.when);
}

function claimChanges({ path, before, after, row }: Context): Outcome {
  if (!/storage/.test(path?.segments.at(-1) ?? "")) return unknown(row.when);
  const size = (value: unknown): number => Number.parseFloat(String(value));
  return size(after) < size(before)
    ? degrades(`the run fails: a claim cannot shrink. ${row.when}`)
    : degrades(`a larger claim, in place where the class allows it: ${row.when}`);
}

/** Conditions about data. */
export const data: Conditions = {
  volumeChanges: ({ before, after, row }) =>
    isUnknown(after)
      ? unknown(row.when)
      : (numberOf(after) ?? 0) < (numberOf(before) ?? 0)
        ? degrades(`less than before: a volume cannot shrink, and fewer operations are slower. ${row.when}`)
        : safe(row.when),
  imagesGo: ({ resource, row }) =>
    valueAt(resource.before, "forceDelete") === true
      ? downtime(`forceDelete is on, so the images go with it: ${row.when}`)
      : degrades(row.when),
  restart,
  member,
  bucketDeleted,
  indexFilled,
  weightTo0,
  recordMoves,
  aliasMoves,
  claimChanges,
  overwrites: ({ resource, row }) =>
    valueAt(resource.after, "allowOverwrite") === true
      ? unknown(row.when)
      : safe("a new name, or one more record of a set"),
  zoneIsPrivate: ({ index, resource, row }) => {
    const networks = index.usedBy(resource.address).filter(({ type }) => type === "aws:ec2/vpc:Vpc");
    return networks.length > 0 && networks.every(({ operation }) => operation === "create")
      ? safe("its network is new")
      : unknown(row.when);
  },
  alarmGoes: ({ resource, row }) => {
    const actions = ["alarmActions", "okActions", "insufficientDataActions"].flatMap((name) =>
      listAt(resource.before, name),
    );
    return actions.some(
      (action) => /:(scalingPolicy|autoscaling|automate|lambda|ssm):?/i.test(String(action)) || isUnknown(action),
    )
      ? degrades(row.when)
      : safe("only people hear of it");
  },
  checkGoes: ({ index, resource, row }) => {
    const records = index.usersOf(resource.address).filter(({ operation }) => operation === "none");
    return records.length > 0
      ? degrades(`${row.when} (${named(records)} names it)`)
      : index.plan.hasUnchanged
        ? safe("no record of this plan names it any more")
        : unknown(row.when);
  },
};

/** Which changes rows about data mean. */
export const dataPredicates: Predicates = {
  guardOff: ({ path, after }) =>
    /skip/i.test(path?.segments[0] ?? "") ? after === true : after === false || isAbsent(after),
  guardOn: ({ path, after }) => (/skip/i.test(path?.segments[0] ?? "") ? after !== true : after === true),
  backupsOnOrOff: ({ before, after }) => (numberOf(before) ?? 0) === 0 || (numberOf(after) ?? 0) === 0,
  backupsStayOn: ({ before, after }) => (numberOf(before) ?? 0) > 0 && (numberOf(after) ?? 0) > 0,
  isStatic,
  isDynamic: (context) => !isStatic(context),
  fewZones: ({ after }) => listOf(after).length < "abc".length,
  isOlder: ({ before, after }) => !isUnknown(after) && isOlder(before, after),
  isNewer: ({ before, after }) => !isUnknown(after) && !isOlder(before, after),
  isEngine: ({ path }) => path?.segments[0] === "engine",
  tlsRequired: ({ path, after }) => (/mode/i.test(path?.segments[0] ?? "") ? after === "required" : after === true),
  tlsNotRequired: ({ path, after }) => (/mode/i.test(path?.segments[0] ?? "") ? after !== "required" : after !== true),
  indexGone: ({ resource }) => {
    const next = listAt(resource.after, "globalSecondaryIndexes");
    const kept = (old: unknown): boolean =>
      next.some(
        (item) =>
          isMap(item) &&
          isMap(old) &&
          item["name"] === old["name"] &&
          ["hashKey", "hash_key", "rangeKey", "range_key"].every((key) => (item[key] ?? "") === (old[key] ?? "")),
      );
    return listAt(resource.before, "globalSecondaryIndexes").some((old) => !kept(old));
  },
  indexAdded: ({ resource }) => {
    const old = ids(listAt(resource.before, "globalSecondaryIndexes"));
    return ids(listAt(resource.after, "globalSecondaryIndexes")).some((name) => !old.includes(name));
  },
  replicaGone: ({ resource }) => listAt(resource.after, "replicas").length < listAt(resource.before, "replicas").length,
  /** Pulumi writes an empty block, Terraform a list of one. */
  blocksByDefault: ({ resource }) => {
    const action = valueAt(resource.after, "defaultAction");
    return !isAbsent(valueAt(resource.after, "defaultAction.block")) || (isMap(action) && "block" in action);
  },
  replicaAdded: ({ resource }) =>
    listAt(resource.after, "replicas").length >= listAt(resource.before, "replicas").length,
  toOnDemand: ({ after }) => after === "PAY_PER_REQUEST",
  ttlOff: ({ resource }) => valueAt(resource.after, "ttl.enabled") !== true,
  tlsOnly: ({ after }) => after === "TLS",
  aliasGone: ({ before, after }) => {
    const next = listOf(after);
    return !isUnknown(after) && listOf(before).some((name) => !next.includes(name));
  },
  aliasOnlyAdded: ({ before, after }) =>
    !isUnknown(after) && listOf(before).every((name) => listOf(after).includes(name)),
  isReplicaPromoted: ({ before, after }) => !isAbsent(before) && isAbsent(after),
};

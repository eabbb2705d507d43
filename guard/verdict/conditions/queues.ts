/** Queues, streams, caches and searches: times that belong together, and members that are alone. */
import type { Resource } from "../plans/change";
import { isAbsent, isUnknown, listOf, numberAt, numberOf, textAt, type Values, valueAt } from "../plans/values";
import { inBlock, named, usersOf } from "./common";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown, worstOf } from "./condition";

const QUEUE = "aws:sqs/queue:Queue";
const FUNCTION = "aws:lambda/function:Function";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

/** Functions and queues that a mapping of the plan connects with the resource. */
function connected({ index, resource }: Context, type: string): readonly Resource[] {
  const mappings = index.usersOf(resource.address, MAPPING).filter(({ operation }) => operation !== "delete");
  return mappings.flatMap(({ address }) => index.usedBy(address)).filter((one) => one.type === type);
}

/** AWS's advice: a function gets six times its own time before a message comes again. */
const TIMES = 6;
/** Of Lambda, where a function says nothing. */
const FUNCTION_SECONDS = 3;
/** Of SQS, where a queue says nothing. */
const QUEUE_SECONDS = 30;

/** A message comes again while somebody still works on it. */
function visibilityFalls(context: Context): Outcome {
  const { after, row } = context;
  const functions = connected(context, FUNCTION);
  const visible = numberOf(after);
  if (functions.length === 0 || visible === undefined) return degrades(row.when);
  const longest = Math.max(...functions.map((one) => numberAt(one.after, "timeout") ?? FUNCTION_SECONDS));
  if (visible < longest)
    return degrades(
      `${named(functions)} may take ${longest} s, so AWS refuses the mapping, and messages are handled twice: ${row.when}`,
    );
  return visible >= longest * TIMES
    ? safe(`${visible} s is six times the ${longest} s of ${named(functions)}`)
    : degrades(row.when);
}

/** A function that may take longer than its queue waits. */
function functionTimeGrows(context: Context): Outcome {
  const { after, row } = context;
  const seconds = numberOf(after);
  if (seconds === undefined) return unknown(row.when);
  const short = connected(context, QUEUE).filter(
    (queue) => (numberAt(queue.after, "visibilityTimeoutSeconds") ?? QUEUE_SECONDS) < seconds,
  );
  return short.length > 0
    ? degrades(`${named(short)} gives a message again before ${seconds} s have passed: it is handled twice`)
    : safe("calls have more time");
}

/** Messages that wait are deleted: in a queue of failures all of them wait. */
function retentionFalls({ index, resource, row }: Context): Outcome {
  const arn = resource.before?.["arn"];
  const failing = index
    .ofType(QUEUE)
    .filter(
      ({ after }) =>
        typeof arn === "string" &&
        JSON.stringify(after?.["redrivePolicy"] ?? after?.["redrive_policy"] ?? "").includes(arn),
    );
  return failing.length > 0
    ? downtime(`it holds what ${named(failing)} could not handle, and the older part of it is deleted: ${row.when}`)
    : degrades(row.when);
}

/** A stream that ends, for whoever reads it. */
function streamEnds(context: Context): Outcome {
  const { resource, row } = context;
  const stream = textAt(resource.before, "streamArn");
  const users = usersOf(context);
  const readers = context.index
    .ofType(MAPPING)
    .filter(
      (mapping) =>
        mapping.operation !== "delete" &&
        (users.includes(mapping) || (stream !== undefined && valueAt(mapping.after, "eventSourceArn") === stream)),
    );
  if (valueAt(resource.after, "streamEnabled") === true)
    return valueAt(resource.before, "streamEnabled") === true
      ? unknown(`the stream is made anew with other records: ${row.when}`)
      : safe("a stream comes, which nobody reads yet");
  if (readers.length > 0) return downtime(`${named(readers)} reads it: ${row.when}`);
  return unknown(row.when);
}

/** Whether another node takes over by itself; undefined where the plan does not say. With shards AWS asks for it; nodes of Memcached have no primary. */
function failoverOf(values: Values | undefined): boolean | undefined {
  const isSharded = (numberAt(values, "numNodeGroups") ?? 1) > 1 || textAt(values, "clusterMode") === "enabled";
  if (isSharded || numberAt(values, "numCacheNodes") !== undefined) return true;
  const flag = valueAt(values, "automaticFailoverEnabled");
  return isAbsent(flag) || isUnknown(flag) ? undefined : String(flag) === "true";
}

/** A cache of one node, or of one primary that nothing follows, is away while it changes. */
function cacheMembers({ resource, row }: Context): Outcome {
  const replicas = numberAt(resource.after, "replicasPerNodeGroup");
  const nodes = numberAt(resource.after, "numCacheClusters") ?? numberAt(resource.after, "numCacheNodes");
  const count = replicas === undefined ? nodes : replicas + 1;
  // AWS makes one node where none is stated.
  if ((count ?? 1) <= 1) return downtime(`it has one node: ${row.when}`);
  const failsOver = failoverOf(resource.after);
  if (failsOver === undefined)
    return unknown(`whether a replica takes over by itself (automatic failover), the plan does not say: ${row.when}`);
  return failsOver
    ? degrades(row.when)
    : downtime(`automatic failover is off, so nothing is written until the primary is back: ${row.when}`);
}

const windows = /window|apply_?immediately|minor_?version/i;

/** Properties of a cache that wait, and those that stop a node. */
function cacheNode(context: Context): Outcome {
  return windows.test(context.path?.segments[0] ?? "") ? degrades(context.row.when) : cacheMembers(context);
}

/** A domain's endpoint: under which name, and whether without TLS. */
function searchEndpoint({ resource, row }: Context): Outcome {
  const at = inBlock(resource, "domainEndpointOptions");
  const own = at("before", "customEndpoint");
  const renamed =
    !isAbsent(own) && own !== at("after", "customEndpoint") ? [downtime(`${String(own)} no longer leads there`)] : [];
  const secure =
    at("before", "enforceHttps") !== true && at("after", "enforceHttps") === true
      ? [unknown("who calls without TLS is refused from now on")]
      : [];
  return worstOf([...renamed, ...secure, degrades(row.when)]);
}

/** Logins to a cache. */
function cacheLogins(context: Context): Outcome {
  const [old, next] = [listOf(context.before), listOf(context.after)];
  if (old.length === 0) return unknown(`who does not log in is refused from now on: ${context.row.when}`);
  return isUnknown(context.after) || old.some((group) => !next.includes(group))
    ? unknown(context.row.when)
    : safe("only more may log in");
}

/** Disks of a database that move to another kind. */
function storageMoves({ before, after, row }: Context): Outcome {
  return [before, after].includes("standard")
    ? downtime(`to or from magnetic storage with an interruption: ${row.when}`)
    : degrades(row.when);
}

/** Logins by tokens of IAM. */
function tokenLogins({ index, row }: Context): Outcome {
  const using = index.plan.resources.filter(
    ({ type, operation, after }) =>
      type.startsWith("aws:iam/") && operation !== "delete" && JSON.stringify(after ?? {}).includes("rds-db:connect"),
  );
  return using.length > 0 ? downtime(`${named(using)} lets programs log in so: ${row.when}`) : degrades(row.when);
}

/** Whether anybody reads from everywhere. */
function publicReaders({ index, resource, row }: Context): Outcome {
  const bucket = valueAt(resource.before ?? resource.after, "bucket");
  const open = index.plan.resources.filter(
    ({ type, operation, after }) =>
      operation !== "delete" &&
      valueAt(after, "bucket") === bucket &&
      ((type === "aws:s3/bucketPolicy:BucketPolicy" && isPublic(valueAt(after, "policy"))) ||
        (/^aws:s3\/bucketAcl(V2)?:/.test(type) && /^public/.test(textAt(after, "acl") ?? "")) ||
        /^aws:s3\/bucketWebsiteConfiguration/.test(type)),
  );
  return open.length > 0 ? downtime(`${named(open)} serves everybody: ${row.when}`) : degrades(row.when);
}

/** Whether a policy lets everybody in. */
function isPublic(policy: unknown): boolean {
  const text = typeof policy === "string" ? policy : JSON.stringify(policy ?? "");
  return (
    /"Principal"\s*:\s*("\*"|\{\s*"AWS"\s*:\s*(\[\s*)?"\*")/.test(text) && !/aws:Source|aws:PrincipalOrgID/i.test(text)
  );
}

/** Conditions about queues, streams, caches. */
export const queues: Conditions = {
  visibilityFalls,
  functionTimeGrows,
  retentionFalls,
  streamEnds,
  cacheMembers,
  cacheNode,
  searchEndpoint,
  cacheLogins,
  storageMoves,
  tokenLogins,
  publicReaders,
};

/** Queues, streams and topics. */
import type { Resource } from "../../plans/change";
import { isUnknown, numberAt, numberOf, textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named, usersOf } from "../core/related";

/** Protocols whose owner must confirm before the first message comes. */
const CONFIRMED = /^(email|https?)/;

/** A subscription that replaces the old one. */
function subscriptionMoves({ resource, row }: Context): Outcome {
  const { after } = resource;
  const protocol = valueAt(after, "protocol");
  if (typeof protocol !== "string" || isUnknown(protocol))
    return unknown(`${row.when} (the plan does not state the protocol)`);
  return CONFIRMED.test(protocol) && valueAt(after, "endpointAutoConfirms") !== true
    ? downtime(`the owner of the endpoint must confirm it first (${protocol}), and until then receives nothing`)
    : degrades(row.when);
}

const QUEUE = "aws:sqs/queue:Queue";

const FUNCTION = "aws:lambda/function:Function";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

/** Functions and queues that a mapping of the plan connects with the resource. */
function connected({ index, resource }: Context, type: string): readonly Resource[] {
  const mappings = index.usersOf(resource.address, MAPPING).filter(({ operation }) => operation !== "delete");
  return mappings.flatMap(({ address }) => index.usedBy(address)).filter((one) => one.type === type);
}

/** AWS's advice: the visibility time-out is six times the time-out of the function. */
const VISIBILITY_FACTOR = 6;

/** Lambda's default time-out of a function. */
const FUNCTION_SECONDS = 3;

/** SQS's default visibility time-out. */
const QUEUE_SECONDS = 30;

/** A message is delivered again while it is still processed. */
function visibilityFalls(context: Context): Outcome {
  const { after, row } = context;
  const functions = connected(context, FUNCTION);
  const visible = numberOf(after);
  if (functions.length === 0 || visible === undefined) return degrades(row.when);
  const longest = Math.max(...functions.map((one) => numberAt(one.after, "timeout") ?? FUNCTION_SECONDS));
  if (visible < longest)
    return degrades(
      `${named(functions)} may take ${longest} s, so AWS refuses the mapping, and messages are processed twice: ${row.when}`,
    );
  return visible >= longest * VISIBILITY_FACTOR
    ? safe(`${visible} s is six times the ${longest} s of ${named(functions)}`)
    : degrades(row.when);
}

/** A function whose time-out is longer than the visibility time-out of its queue. */
function functionTimeGrows(context: Context): Outcome {
  const { after, row } = context;
  const seconds = numberOf(after);
  if (seconds === undefined) return unknown(row.when);
  const short = connected(context, QUEUE).filter(
    (queue) => (numberAt(queue.after, "visibilityTimeoutSeconds") ?? QUEUE_SECONDS) < seconds,
  );
  return short.length > 0
    ? degrades(`${named(short)} delivers a message again before ${seconds} s have passed: it is processed twice`)
    : safe("calls may take longer");
}

/** Messages past the retention are deleted: in a dead-letter queue all of them wait. */
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
    ? downtime(`it is the dead-letter queue of ${named(failing)}, and its older messages are deleted: ${row.when}`)
    : degrades(row.when);
}

/** A stream that ends, and its readers. */
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
      ? unknown(`the stream is replaced, with other records: ${row.when}`)
      : safe("a stream is added, which has no readers yet");
  if (readers.length > 0) return downtime(`${named(readers)} reads it: ${row.when}`);
  return unknown(row.when);
}

/** Conditions about queues. */
export const queues: Conditions = {
  visibilityFalls,
  functionTimeGrows,
  retentionFalls,
  streamEnds,
  subscriptionMoves,
};

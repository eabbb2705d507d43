/** Queues, streams and topics. */
import type { Resource } from "../../plans/change";
import { isUnknown, numberAt, numberOf, textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named, usersOf } from "../core/related";

/** Protocols whose owner must confirm before the first message comes. */
const CONFIRMED = /^(email|https?)/;

/** Another subscription in place of the old one. */
function subscriptionMoves({ resource, row }: Context): Outcome {
  const { after } = resource;
  const protocol = valueAt(after, "protocol");
  if (typeof protocol !== "string" || isUnknown(protocol))
    return unknown(`${row.when} (the plan does not say by which protocol)`);
  return CONFIRMED.test(protocol) && valueAt(after, "endpointAutoConfirms") !== true
    ? downtime(`the owner of the endpoint must confirm it first (${protocol}), and until then gets nothing`)
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

/** AWS's advice: a function gets six times its own time before a message comes again. */
const VISIBILITY_FACTOR = 6;

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
  return visible >= longest * VISIBILITY_FACTOR
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

/** Conditions about queues. */
export const queues: Conditions = {
  visibilityFalls,
  functionTimeGrows,
  retentionFalls,
  streamEnds,
  subscriptionMoves,
};

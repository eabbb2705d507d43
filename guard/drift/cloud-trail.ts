/** Reads what `aws cloudtrail lookup-events` writes: who called what for which resource, the newest first. */
import { objectOf } from "../verdict/plans/objects";
import { PlanError } from "../verdict/plans/plan-error";
import { isMap, type Values } from "../verdict/plans/values";
import type { Found, Trail, Writer } from "./drift";

interface Event extends Writer {
  readonly names: ReadonlySet<string>;
}

const NAMES = ["arn", "name", "id", "bucket", "roleName", "clusterName", "nodeGroupName"];

function namesOf({ id, was }: Found): readonly string[] {
  return [id, ...NAMES.map((key) => was[key])].filter(
    (name): name is string => typeof name === "string" && name !== "",
  );
}

/** Times are ISO texts of version 2 of the command, or seconds of version 1. */
function timeOf(value: unknown): string {
  return typeof value === "number" ? new Date(value * 1000).toISOString() : String(value ?? "");
}

function eventOf(row: Values): readonly Event[] {
  const { EventName: event, Username: who, EventTime: at, Resources: resources } = row;
  if (typeof event !== "string" || !Array.isArray(resources)) return [];
  const names = resources.map((one) => objectOf(one)?.["ResourceName"]).filter((name) => typeof name === "string");
  return [{ event, who: typeof who === "string" ? who : "somebody", at: timeOf(at), names: new Set(names) }];
}

/** The trail in a text. @throws PlanError where it is none. */
export function cloudTrail(text: string): Trail {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new PlanError("the trail is not JSON: write it with `aws cloudtrail lookup-events --output json`.");
  }
  const rows = objectOf(document)?.["Events"];
  if (!Array.isArray(rows))
    throw new PlanError("the trail has no Events: write it with `aws cloudtrail lookup-events --output json`.");
  const events = rows
    .filter(isMap)
    .flatMap(eventOf)
    .sort((left, right) => (left.at < right.at ? 1 : -1));
  return (found) => {
    const own = namesOf(found);
    return events.find(({ names }) => own.some((name) => names.has(name)));
  };
}

/** EC2 instances. */
import { isAbsent, isUnknown, numberOf, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { inBlock } from "../core/lists";
import { usersOf } from "../core/related";

/** An instance that is created before the old one is deleted. */
function machineFirst(context: Context): Outcome {
  const { resource, row } = context;
  const registered = usersOf(context).filter(
    ({ type }) =>
      type === "aws:lb/targetGroupAttachment:TargetGroupAttachment" || type === "aws:elb/attachment:Attachment",
  );
  if (!isAbsent(valueAt(resource.after, "privateIp")) && !isUnknown(valueAt(resource.after, "privateIp")))
    return degrades(`the run fails half way: ${row.when}`);
  if (registered.length === 0) return unknown(`${row.when} (no load balancer of this plan uses it)`);
  return registered.every(({ order }) => order === "create-first")
    ? safe("the new instance is registered before the old one is deleted")
    : degrades(row.when);
}

/** Requests of programs on an instance to its metadata service. */
function metadataRequests({ resource, row }: Context): Outcome {
  const at = inBlock(resource, "metadataOptions");
  if (at("after", "httpTokens") === undefined) return degrades(row.when);
  if (at("after", "httpEndpoint") === "disabled" && at("before", "httpEndpoint") !== "disabled")
    return downtime(`the service is off: programs get no credentials of the instance's role. ${row.when}`);
  const hops = (side: "before" | "after"): number => numberOf(at(side, "httpPutResponseHopLimit")) ?? 1;
  if (hops("after") < hops("before")) return unknown(`responses no longer reach containers: ${row.when}`);
  const isOff = (name: string): boolean => at("before", name) === "enabled" && at("after", name) !== "enabled";
  if (["instanceMetadataTags", "httpProtocolIpv6"].some(isOff) || isUnknown(at("after", "httpTokens")))
    return unknown(row.when);
  return at("after", "httpTokens") === "required" && at("before", "httpTokens") !== "required"
    ? degrades(row.when)
    : safe("requests that were answered still are");
}

/** The role of an instance: a first role only adds permissions, another one changes them. */
function profileMoves({ before, after, row }: Context): Outcome {
  return isAbsent(before) && !isAbsent(after)
    ? safe("it had no role before: it only gains permissions")
    : unknown(row.when);
}

/** Conditions about instances. */
export const instances: Conditions = {
  machineFirst,
  stoppedForIt: ({ resource, row }) => (resource.operation === "update" ? downtime(row.when) : unknown(row.when)),
  metadataRequests,
  profileMoves,
};

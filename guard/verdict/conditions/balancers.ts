/** Balancers and their targets: zones, registrations, protocols. */
import { isUnknown, numberOf, textAt, valueAt, type Values } from "../plans/values";
import { named, othersOf } from "./common";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "./condition";
import { GROUP } from "./traffic";

/** Whether it balances connections, not requests. */
export const isNetwork = (values: Values | undefined): boolean =>
  ["network", "gateway"].includes(textAt(values, "loadBalancerType") ?? "application");

function zoneAdded({ index, resource, row }: Context): Outcome {
  if (isNetwork(resource.after) && valueAt(resource.after, "enableCrossZoneLoadBalancing") !== true)
    return degrades(row.when);
  const fresh = index.usedBy(resource.address, "subnets").filter(({ operation }) => operation === "create");
  if (fresh.length === 0) return degrades(`${row.when} (the routes of the new subnet are not in this plan)`);
  const waits = index
    .usedBy(resource.address)
    .some(({ type, operation }) => type.includes("routeTableAssociation") && operation === "create");
  return waits
    ? safe("the new subnet has its route before the load balancer enters it")
    : degrades(`${row.when} (nothing says that ${named(fresh)} has its route by then)`);
}

/** A target taken out: whether another is left. */
function lastTarget(context: Context): Outcome {
  const { resource, row } = context;
  const group = textAt(resource.before, "targetGroupArn");
  const others = othersOf(
    context,
    ({ after }) => textAt(after, "targetGroupArn") === group || isUnknown(valueAt(after, "targetGroupArn")),
  );
  const standing = others.filter(({ operation }) => operation === "none" || operation === "update");
  if (standing.length > 0) return degrades(row.when);
  return downtime(`${row.when} (no other target of the group stays as it is in this plan)`);
}

function sameRegistration({ resource, row }: Context): Outcome {
  const same = ["targetGroupArn", "targetId", "port"].every(
    (path) =>
      !isUnknown(valueAt(resource.after, path)) &&
      String(valueAt(resource.before, path)) === String(valueAt(resource.after, path)),
  );
  return same ? downtime(row.when) : safe("another target, port or group: both are registered for a time");
}

function widthOf(part: string): number {
  const [low = 0, high = low] = part.split("-").map(Number);
  return high - low + 1;
}

/** Conditions about balancers and targets. */
export const balancers: Conditions = {
  zoneAdded,
  lastTarget,
  sameRegistration,
  http2Off: ({ index, resource, row }) => {
    const grpc = index.ofType(GROUP).filter(({ before }) => textAt(before, "protocolVersion") === "GRPC");
    return grpc.length > 0
      ? downtime(`${row.when} (${named(grpc)} speaks gRPC)`)
      : isNetwork(resource.after)
        ? safe("a network load balancer has no HTTP")
        : degrades(row.when);
  },
  algorithm: ({ before, after, row }) => {
    const gentle = ["round_robin", "weighted_random"];
    return gentle.includes(String(before)) && gentle.includes(String(after))
      ? safe("open requests stay, and new ones are spread by turns")
      : degrades(row.when);
  },
  crossZoneOff: ({ resource, row }) =>
    isNetwork(resource.after)
      ? degrades(row.when)
      : safe("an application load balancer is cross-zone whatever this says"),
  dial: ({ after, row }) => (numberOf(after) === 0 ? downtime(row.when) : degrades(row.when)),
  matcherNarrower: ({ before, after, row }) => {
    const width = (value: unknown): number =>
      typeof value === "string" ? value.split(",").reduce((sum, part) => sum + widthOf(part), 0) : Number.NaN;
    return width(after) > width(before) ? safe("more answers count as healthy") : unknown(row.when);
  },
};

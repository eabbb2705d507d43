/** Load balancers: zones, addresses, protocols. */
import type { Resource } from "../../plans/change";
import { isAbsent, listAt, numberOf, textAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named } from "../core/related";
import { TARGET_GROUP } from "./forwarding";

/** Whether it balances connections and not requests. */
export const isNetworkLoadBalancer = (values: Values | undefined): boolean =>
  ["network", "gateway"].includes(textAt(values, "loadBalancerType") ?? "application");

function zoneAdded({ index, resource, row }: Context): Outcome {
  if (isNetworkLoadBalancer(resource.after) && valueAt(resource.after, "enableCrossZoneLoadBalancing") !== true)
    return degrades(row.when);
  const fresh = index.usedBy(resource.address, "subnets").filter(({ operation }) => operation === "create");
  if (fresh.length === 0) return degrades(`${row.when} (the routes of the new subnet are not in this plan)`);
  const waits = index
    .usedBy(resource.address)
    .some(({ type, operation }) => type.includes("routeTableAssociation") && operation === "create");
  return waits
    ? safe("the new subnet has its route before the load balancer enters it")
    : degrades(`${row.when} (the plan does not state that ${named(fresh)} has its route by then)`);
}

/** IPv6 addresses in every subnet of a load balancer. */
function ipv6Ready({ index, resource, row }: Context): Outcome {
  const subnets = index.usedBy(resource.address, "subnets");
  const groups = index.usedBy(resource.address, "securityGroups");
  const isOpen = ({ after, address }: Resource): boolean =>
    [after, ...index.usersOf(address).map((user) => user.after)].some((values) =>
      JSON.stringify(values ?? {}).includes('"::/0"'),
    );
  return subnets.length > 0 &&
    subnets.every(({ after }) => !isAbsent(valueAt(after, "ipv6CidrBlock"))) &&
    groups.length > 0 &&
    groups.every(isOpen) &&
    subnets.length >= listAt(resource.after, "subnets").length
    ? degrades(`its subnets and groups have IPv6; routes and network ACLs must have it too: ${row.when}`)
    : unknown(row.when);
}

/** Conditions about load balancers. */
export const loadBalancers: Conditions = {
  zoneAdded,
  http2Off: ({ index, resource, row }) => {
    const grpc = index.ofType(TARGET_GROUP).filter(({ before }) => textAt(before, "protocolVersion") === "GRPC");
    return grpc.length > 0
      ? downtime(`${row.when} (${named(grpc)} uses gRPC)`)
      : isNetworkLoadBalancer(resource.after)
        ? safe("a network load balancer has no HTTP")
        : degrades(row.when);
  },
  crossZoneOff: ({ resource, row }) =>
    isNetworkLoadBalancer(resource.after)
      ? degrades(row.when)
      : safe("an application load balancer is always cross-zone"),
  ipv6Ready,
  dial: ({ after, row }) => (numberOf(after) === 0 ? downtime(row.when) : degrades(row.when)),
};

/** Ways through a network: routes, lists, endpoints and associations that are replaced or go. */
import type { Resource } from "../plans/change";
import { isAbsent, isUnknown, listAt, textAt, valueAt } from "../plans/values";
import { covers, goesToo, named, setChange, usersOf } from "./common";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "./condition";
import { DEFAULT_ROUTES, destinationOf } from "./route-tables";

const NAT = "aws:ec2/natGateway:NatGateway";
const WAYS_OUT = [NAT, "aws:ec2/internetGateway:InternetGateway"];

/** A route under another destination: whoever used the old one needs the new one. */
function routeCovers({ resource, row }: Context): Outcome {
  const [old, next] = [destinationOf(resource.before), destinationOf(resource.after)];
  if (isUnknown(valueAt(resource.after, "routeTableId")) || next === "") return unknown(row.when);
  if (old === next)
    return valueAt(resource.before, "routeTableId") === valueAt(resource.after, "routeTableId")
      ? degrades(`the run fails half way: the table has a route to ${old} already. ${row.when}`)
      : unknown(row.when);
  if (covers(next, old)) return safe(`the new destination ${next} holds ${old}`);
  return DEFAULT_ROUTES.includes(old) ? downtime(`${row.when} (it is the way out)`) : unknown(row.when);
}

/** A subnet made beside the old one: two may not share addresses. */
function otherBlock({ resource, row }: Context): Outcome {
  const [old, next] = [textAt(resource.before, "cidrBlock"), textAt(resource.after, "cidrBlock")];
  if (old !== undefined && next !== undefined && (covers(old, next) || covers(next, old)))
    return degrades(`the run fails half way: ${next} overlaps ${old}. ${row.when}`);
  return unknown(row.when);
}

/** A subnet loses its route table at the end of the run, where the association moves elsewhere. */
function associationTwice(context: Context): Outcome {
  const { resource, row } = context;
  const [old, next] = [valueAt(resource.before, "subnetId"), valueAt(resource.after, "subnetId")];
  if (old === next || isUnknown(next)) return unknown(row.when);
  return goesToo(context, "subnetId").length > 0
    ? safe("the old subnet is deleted too; see its own verdict")
    : downtime(`the old subnet falls back to the main table: ${row.when}`);
}

/** What was reached through an endpoint: whether traffic has another way. */
function otherWay(context: Context): Outcome {
  const { index, resource, row } = context;
  if (goesToo(context, "vpcId").length > 0) return safe("its network is deleted too; see its own verdict");
  const bound = index.plan.resources.filter(
    ({ operation, after }) => operation !== "delete" && JSON.stringify(after ?? {}).includes("aws:sourceVpce"),
  );
  if (bound.length > 0) return downtime(`${named(bound)} lets in only who comes through an endpoint: ${row.when}`);
  const network = valueAt(resource.before, "vpcId");
  const ways = index.plan.resources.filter(
    ({ type, operation, before }) =>
      WAYS_OUT.includes(type) &&
      operation !== "delete" &&
      operation !== "create" &&
      (isAbsent(valueAt(before, "vpcId")) || valueAt(before, "vpcId") === network),
  );
  if (ways.some(({ type }) => type === NAT))
    return degrades(`${named(ways)} is another way, through public addresses: ${row.when}`);
  return index.plan.hasUnchanged && ways.length === 0
    ? downtime(`no other way out is in this plan: ${row.when}`)
    : unknown(row.when);
}

/** Private names of a network, which zones and interface endpoints need. */
function hostnamesOff(context: Context): Outcome {
  const needing = usersOf(context).filter(
    ({ type, after, operation }) =>
      operation !== "delete" &&
      (/route53\/(zone|zoneAssociation):/.test(type) || valueAt(after, "privateDnsEnabled") === true),
  );
  if (needing.length > 0) return downtime(`${named(needing)} needs it: ${context.row.when}`);
  return unknown(context.row.when);
}

/** A zone without a subnet of the attachment has no way to the other networks. */
function attachedZones(context: Context): Outcome {
  const change = setChange(context);
  if (change === undefined) return unknown(`${context.row.when} (the new list is known only after the run)`);
  return change.lost > 0 ? downtime(context.row.when) : degrades(context.row.when);
}

/** Addresses for IPv6 in every subnet of a balancer. */
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
    ? degrades(`its subnets and groups know IPv6; routes and network ACLs must too: ${row.when}`)
    : unknown(row.when);
}

/** Conditions about ways. */
export const routes: Conditions = {
  routeCovers,
  otherBlock,
  associationTwice,
  otherWay,
  hostnamesOff,
  attachedZones,
  ipv6Ready,
};

/** Networks: who may reach whom, and by which way. */
import type { Resource } from "../plans/change";
import { isAbsent, isMap, isUnknown, listAt, textAt, valueAt, type Values } from "../plans/values";
import { named, setChange } from "./common";
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
import { lostOpenings, openingsOf, type Opening } from "./openings";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULES = /^aws:(ec2\/securityGroupRule|vpc\/securityGroup(Ingress|Egress)Rule):/;
/** Ports of people who administrate: nobody is served through them. */
const ADMIN_PORTS = new Set([22, 3389]);

function closed(openings: readonly Opening[], row: Context["row"]): Outcome {
  const serving = openings.filter(({ from, to }) => !(from === to && ADMIN_PORTS.has(from)));
  if (serving.length === 0) return degrades(`${row.when} (only administrators use these ports)`);
  return downtime(row.when);
}

/** Rules within a group: what was let through and no longer is. */
function rulesRemoved({ index, resource, path, row }: Context): Outcome {
  const side = /egress/i.test(path?.segments[0] ?? row.property) ? "egress" : "ingress";
  const rules = (values: Values | undefined): readonly Opening[] =>
    listAt(values, side).filter(isMap).flatMap(openingsOf);
  if (isUnknown(valueAt(resource.after, side)))
    return unknown(`${row.when} (the new rules are known only after the run)`);
  const users = index.usersOf(resource.address);
  const left = (beside: readonly Resource[]): readonly Opening[] =>
    lostOpenings(rules(resource.before), [...rules(resource.after), ...apart(beside, side)]);
  const lost = left(users.filter(stands));
  if (lost.length === 0) return safe("whoever was let through still is");
  const later = left(users).length === 0 ? `${MADE_LATER}: ` : "";
  return closed(lost, { ...row, when: `${later}${row.when}` });
}

const stands = ({ operation }: Resource): boolean => operation !== "create";

/** Rules apart need their group, so they are made after it has lost what was written in it. */
const MADE_LATER = "a rule apart that lets the same through is made in this run, and nothing makes it first";

/** Openings of the separate rules of a group that stand after the run. */
function apart(users: readonly Resource[], side: string, without?: string): readonly Opening[] {
  return users
    .filter(({ type, operation, address }) => RULES.test(type) && operation !== "delete" && address !== without)
    .filter(({ type, after }) =>
      type.includes("securityGroupRule:") ? textAt(after, "type") === side : type.toLowerCase().includes(side),
    )
    .flatMap(({ after }) => openingsOf(after ?? {}));
}

const sideOf = ({ type, before, after }: Resource): string =>
  type.includes("securityGroupRule:")
    ? (textAt(before ?? after, "type") ?? "ingress")
    : type.includes("Egress")
      ? "egress"
      : "ingress";

/** A rule of its own that goes. */
function ruleRemoved(context: Context): Outcome {
  const { index, resource, row } = context;
  const groups = index.usedBy(resource.address).filter(({ type }) => type === GROUP);
  if (groups.length > 0 && groups.every(({ operation }) => operation === "delete"))
    return safe(`its group ${named(groups)} is deleted too; see its own verdict`);
  const own = openingsOf(resource.before ?? {});
  const users = groups.flatMap((group) => index.usersOf(group.address));
  const left = (beside: readonly Resource[]): readonly Opening[] =>
    lostOpenings(own, apart(beside, sideOf(resource), resource.address));
  const lost = left(users.filter(stands));
  if (lost.length === 0 && own.length > 0) return safe("another rule of the group lets the same through");
  const later = own.length > 0 && left(users).length === 0 ? `${MADE_LATER}: ` : "";
  return closed(lost.length === 0 ? own : lost, { ...row, when: `${later}${row.when}` });
}

/** A rule changed in place, or made before the old one goes. */
function ruleChanges({ resource, row }: Context): Outcome {
  const next = openingsOf(resource.after ?? {});
  if (next.some(({ source }) => source.startsWith("unknown"))) return unknown(row.when);
  const lost = lostOpenings(openingsOf(resource.before ?? {}), next);
  return lost.length === 0 ? safe("the new rule lets through all that the old one did") : closed(lost, row);
}

function inNewNetwork(property: string): (context: Context) => Outcome {
  return ({ index, resource, row }) =>
    index.isNew(resource, property) ? safe("what it belongs to is new: nobody uses it yet") : unknown(row.when);
}

function endpointTakes({ index, resource, row }: Context): Outcome {
  if (index.isNew(resource, "vpcId")) return safe("its network is new");
  const takes =
    valueAt(resource.after, "privateDnsEnabled") === true || listAt(resource.after, "routeTableIds").length > 0;
  return takes ? unknown(row.when) : safe("no name and no route leads to it yet");
}

/** Conditions about networks. */
export const network: Conditions = {
  rulesRemoved,
  ruleRemoved,
  ruleChanges,
  subnetIsNew: inNewNetwork("subnetId"),
  tableIsNew: inNewNetwork("routeTableId"),
  networkIsNew: inNewNetwork("vpcId"),
  instanceIsNew: inNewNetwork("instanceId"),
  groupIsNew: inNewNetwork("autoscalingGroupName"),
  guardedIsNew: inNewNetwork("resourceArn"),
  scaledIsNew: inNewNetwork("resourceId"),
  bucketIsNew: inNewNetwork("bucket"),
  domainIsNew: inNewNetwork("domainName"),
  attachmentIsNew: inNewNetwork("transitGatewayAttachmentId"),
  transitTableIsNew: inNewNetwork("transitGatewayRouteTableId"),
  defaultTableIsNew: inNewNetwork("defaultRouteTableId"),
  endpointTakes,
  denies: ({ index, resource, row }) => {
    if (index.isNew(resource, "networkAclId")) return safe("its list is new");
    return String(valueAt(resource.after, "ruleAction")).toLowerCase() === "allow"
      ? degrades(`it lets more through, also from whom a later number refuses: ${row.when}`)
      : unknown(row.when);
  },
};

/** Which changes rows about networks mean. */
export const networkPredicates: Predicates = {
  inlineBesideRules: ({ index, resource }) => {
    const rules = index
      .usersOf(resource.address)
      .filter(({ type, operation }) => RULES.test(type) && operation !== "delete");
    return (
      rules.length > 0 && isAbsent(valueAt(resource.before, "ingress")) && !isAbsent(valueAt(resource.after, "ingress"))
    );
  },
  subnetLost: (context) => (setChange(context)?.lost ?? 0) > 0,
  subnetOnlyWon: (context) => (setChange(context)?.lost ?? 0) === 0,
  roleTagLost: ({ path, before, after }) =>
    /^(kubernetes\.io\/role\/|karpenter\.sh\/discovery)/.test(path?.segments.at(-1) ?? "") &&
    !isAbsent(before) &&
    before !== after,
  vpcOnlyWon: (context) => (setChange(context)?.lost ?? 1) === 0,
  hasVpc: ({ resource }) => !isAbsent(valueAt(resource.after, "vpcs")),
  vpcLost: (context) => (setChange(context)?.lost ?? 1) > 0,
};

/** Networks: who may reach whom, and by which way. */
import type { Resource } from "../plans/change";
import { isAbsent, isMap, isUnknown, listAt, numberOf, textAt, valueAt, type Values } from "../plans/values";
import { covers, named, setChange } from "./common";
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

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULES = /^aws:(ec2\/securityGroupRule|vpc\/securityGroup(Ingress|Egress)Rule):/;
/** Ports of people who administrate: nobody is served through them. */
const ADMIN_PORTS = new Set([22, 3389]);

/** What one rule lets through: one source, one range of ports. */
interface Opening {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly source: string;
}

const SOURCES = [
  "cidrBlocks",
  "ipv6CidrBlocks",
  "prefixListIds",
  "securityGroups",
  "cidrIpv4",
  "cidrIpv6",
  "prefixListId",
  "referencedSecurityGroupId",
  "sourceSecurityGroupId",
];

function openingsOf(rule: Values): readonly Opening[] {
  const protocol = String(valueAt(rule, "protocol") ?? valueAt(rule, "ipProtocol") ?? "-1");
  const [from, to] = [numberOf(valueAt(rule, "fromPort")) ?? -1, numberOf(valueAt(rule, "toPort")) ?? -1];
  const sources = SOURCES.flatMap((name) =>
    listAt(rule, name).map((source) => (isUnknown(source) ? `unknown ${name}` : String(source))),
  );
  const self = valueAt(rule, "self") === true ? ["self"] : [];
  return [...sources, ...self].map((source) => ({ protocol, from, to, source }));
}

function coversSource(wide: string, narrow: string): boolean {
  return wide === narrow ? !wide.startsWith("unknown") : covers(wide, narrow);
}

function coversOpening(wide: Opening, narrow: Opening): boolean {
  const anyPort = wide.protocol === "-1";
  const protocol = anyPort || wide.protocol === narrow.protocol;
  const ports = anyPort || (wide.from <= narrow.from && narrow.to <= wide.to);
  return protocol && ports && coversSource(wide.source, narrow.source);
}

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
  const next = [...rules(resource.after), ...apart(index.usersOf(resource.address), side)];
  const lost = rules(resource.before).filter((old) => !next.some((wide) => coversOpening(wide, old)));
  return lost.length === 0 ? safe("whoever was let through still is") : closed(lost, row);
}

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
    return safe(`its group ${named(groups)} goes too; what that means is said there`);
  const others = groups.flatMap((group) => apart(index.usersOf(group.address), sideOf(resource), resource.address));
  const lost = openingsOf(resource.before ?? {}).filter((old) => !others.some((wide) => coversOpening(wide, old)));
  return lost.length === 0 && groups.length > 0
    ? safe("another rule of the group lets the same through")
    : closed(lost.length === 0 ? openingsOf(resource.before ?? {}) : lost, row);
}

/** A rule changed in place, or made before the old one goes. */
function ruleChanges({ resource, row }: Context): Outcome {
  const next = openingsOf(resource.after ?? {});
  if (next.some(({ source }) => source.startsWith("unknown"))) return unknown(row.when);
  const lost = openingsOf(resource.before ?? {}).filter((old) => !next.some((wide) => coversOpening(wide, old)));
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
  bucketIsNew: inNewNetwork("bucket"),
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

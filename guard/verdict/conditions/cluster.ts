/** EKS: versions, endpoints, nodes, add-ons, who may log in. */
import type { Resource } from "../plans/change";
import { changes } from "../plans/plan-index";
import { isAbsent, isMap, isUnknown, listAt, numberAt, numberOf, textAt, valueAt } from "../plans/values";
import { named, setChange, usersOf } from "./common";
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

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const INTERNET = ["0.0.0.0/0", "::/0"];

/** Minors between two versions, such as 1 from 1.31 to 1.32; undefined where one is not known. */
function minorsUp({ before, after }: Pick<Context, "before" | "after">): number | undefined {
  const minor = (value: unknown): number | undefined =>
    typeof value === "string" ? numberOf(/^v?\d+\.(\d+)/.exec(value)?.[1]) : undefined;
  const [old, next] = [minor(before), minor(after)];
  return old === undefined || next === undefined ? undefined : next - old;
}

function publicEndpointOff({ resource, row }: Context): Outcome {
  const isPrivate = valueAt(resource.after, "vpcConfig.endpointPrivateAccess") === true;
  return isPrivate
    ? degrades(`the public endpoint of the API goes: ${row.when}`)
    : downtime(`the public endpoint goes and the private one is off: ${row.when}`);
}

function privateEndpointOff({ resource, row }: Context): Outcome {
  const open = listAt(resource.after, "vpcConfig.publicAccessCidrs");
  return open.length === 0 || open.some((cidr) => INTERNET.includes(String(cidr)))
    ? degrades(`nodes now use the public endpoint, which the internet may reach: ${row.when}`)
    : unknown(row.when);
}

function accessNarrower(context: Context): Outcome {
  const change = setChange(context);
  if (change === undefined) return unknown(context.row.when);
  if (change.lost === 0) return safe("only more networks may reach the API");
  const isPrivate = valueAt(context.resource.after, "vpcConfig.endpointPrivateAccess") === true;
  return isPrivate ? degrades(context.row.when) : unknown(context.row.when);
}

/** What a node has that pods may select by. */
function marksOf(group: Resource | undefined): readonly string[] {
  const values = group?.before ?? group?.after;
  const labels = Object.entries((valueAt(values, "labels") as object | undefined) ?? {}).map(
    ([key, value]) => `${key}=${String(value)}`,
  );
  const taints = listAt(values, "taints").map((taint) => JSON.stringify(taint));
  return [...labels, ...taints];
}

function nodesGo(context: Context): Outcome {
  const { index, resource, row } = context;
  const cluster = textAt(resource.before, "clusterName");
  const clusterGoes = index
    .usedBy(resource.address)
    .some(({ type, operation }) => type === "aws:eks/cluster:Cluster" && operation === "delete");
  if (clusterGoes) return downtime(`${row.when} (its cluster goes too)`);
  const left = index
    .ofType(NODE_GROUP)
    .filter(
      (other) =>
        other.address !== resource.address &&
        other.operation !== "delete" &&
        textAt(other.before ?? other.after, "clusterName") === cluster,
    );
  const marks = new Set(left.flatMap(marksOf));
  const own = marksOf(resource).filter((mark) => !marks.has(mark));
  if (own.length > 0) return downtime(`${row.when} (no other group of this plan has its labels and taints)`);
  if (left.length === 0 && index.plan.hasUnchanged)
    return downtime(`${row.when} (no other group of the cluster is in this plan)`);
  return degrades(row.when);
}

function ceilingBelowDesired({ resource, row, after }: Context): Outcome {
  const desired =
    numberAt(resource.before, "scalingConfig.desiredSize") ?? numberAt(resource.before, "desiredCapacity");
  const most = numberOf(after);
  if (most === undefined) return unknown(row.when);
  if (desired !== undefined && most >= desired) return safe(`the ceiling stays above the ${desired} that are desired`);
  return desired === undefined
    ? unknown(`${row.when} (how many run is not in this plan)`)
    : degrades(`${row.when} (${desired} are desired)`);
}

const NODES_ROLL = ["version", "releaseVersion", "launchTemplate"];

/** More at once is nothing by itself, and something in a run that rolls the nodes. */
function nextRoll({ resource, row }: Context): Outcome {
  const rolls = resource.paths.some(
    ({ segments }) =>
      NODES_ROLL.includes(segments[0] ?? "") || ["release_version", "launch_template"].includes(segments[0] ?? ""),
  );
  return rolls ? degrades(`${row.when}; this run rolls the nodes`) : safe(`nothing until the next roll: ${row.when}`);
}

function templateVersion(context: Context): Outcome {
  const users = usersOf(context);
  const staying = users.filter((user) => !changes(user));
  const latest = staying.filter((user) =>
    /latest|default/i.test(String(valueAt(user.after, "launchTemplate.version") ?? "$Default")),
  );
  if (latest.length > 0)
    return degrades(`${context.row.when} (${named(latest)} takes it at its next start of a machine)`);
  if (users.length === 0) return degrades(`${context.row.when} (which group uses it is not in this plan)`);
  return safe("it is a new version of the template; what the groups make of it is their own step");
}

function templateDeleted(context: Context): Outcome {
  const users = usersOf(context);
  const kept = context.index.keepersOf(context.resource.address);
  return users.length > 0 && kept.length === 0
    ? safe(`${named(users)} goes too or lets it go in this run`)
    : degrades(context.row.when);
}

const addonName = (resource: Resource): string | undefined => textAt(resource.after ?? resource.before, "addonName");

function kubeProxySkew({ index, resource, after, row }: Context): Outcome {
  const cluster = index
    .ofType("aws:eks/cluster:Cluster")
    .find((one) => textAt(one.after, "name") === textAt(resource.after, "clusterName"));
  const gap = minorsUp({ before: textAt(cluster?.after, "version"), after });
  if (gap === undefined) return unknown(row.when);
  return gap > 0
    ? downtime(`${row.when} (it is newer than its cluster)`)
    : gap < -1
      ? unknown(row.when)
      : degrades(`node by node; ${row.when}`);
}

const isNodeEntry = (resource: Resource): boolean =>
  !["STANDARD", "standard", undefined].includes(textAt(resource.before ?? resource.after, "type"));

/** Effects of labels, of both spellings of taints. */
function taintsWon({ resource }: Context): readonly string[] {
  const key = (taint: unknown): string =>
    isMap(taint)
      ? `${String(taint["key"])} ${String(taint["effect"]).toUpperCase().replaceAll("_", "")}`
      : String(taint);
  const old = listAt(resource.before, "taints").map(key);
  return listAt(resource.after, "taints")
    .map(key)
    .filter((taint) => !old.includes(taint));
}

function labelsLost({ before, after }: Pick<Context, "before" | "after">): boolean {
  return !isUnknown(after) && !isAbsent(before);
}

/** Conditions about clusters and their nodes. */
export const cluster: Conditions = {
  publicEndpointOff,
  privateEndpointOff,
  accessNarrower,
  nodesGo,
  ceilingBelowDesired,
  nextRoll,
  templateVersion,
  templateDeleted,
  kubeProxySkew,
  entryReplaced: ({ resource, row }) => (isNodeEntry(resource) ? downtime(row.when) : degrades(row.when)),
  addonLeaves: ({ resource, row }) =>
    valueAt(resource.before, "preserve") === true ? degrades(row.when) : downtime(row.when),
};

/** Which changes rows about clusters mean. */
export const clusterPredicates: Predicates = {
  minorUp: (context) => minorsUp(context) === 1 || minorsUp(context) === 0,
  minorsUp: (context) => (minorsUp(context) ?? 0) > 1,
  minorDown: (context) => minorsUp(context) === -1,
  minorsDown: (context) => (minorsUp(context) ?? 0) < -1,
  minorUnknown: (context) => minorsUp(context) === undefined,
  encryptionRemoved: ({ before, after }) => !isAbsent(before) && isAbsent(after),
  encryptionAdded: ({ before, after }) => isAbsent(before) && !isAbsent(after),
  labelLost: labelsLost,
  labelAdded: ({ before }) => isAbsent(before),
  taintsExecute: (context) => taintsWon(context).some((taint) => taint.includes("NOEXECUTE")),
  taintsSchedule: (context) => taintsWon(context).some((taint) => !taint.includes("NOEXECUTE")),
  taintsOnlyGo: (context) => taintsWon(context).length === 0,
  isKubeProxy: ({ resource }) => addonName(resource) === "kube-proxy",
  isCoredns: ({ resource }) => addonName(resource) === "coredns",
  isVpcCni: ({ resource }) => addonName(resource) === "vpc-cni",
  isEbsDriver: ({ resource }) => addonName(resource) === "aws-ebs-csi-driver",
  isOtherAddon: ({ resource }) =>
    !["kube-proxy", "coredns", "vpc-cni", "aws-ebs-csi-driver"].includes(addonName(resource) ?? ""),
  isPreserved: ({ resource }) => valueAt(resource.before, "preserve") === true,
  isNotPreserved: ({ resource }) => valueAt(resource.before, "preserve") !== true,
  isNodeEntry: ({ resource }) => isNodeEntry(resource),
  isPersonEntry: ({ resource }) => !isNodeEntry(resource),
  minimalStrategy: ({ after }) => after === "MINIMAL",
  keepsByHand: ({ after }) => after !== "OVERWRITE",
};

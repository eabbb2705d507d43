/** Managed node groups and Fargate profiles. */
import type { Resource } from "../../plans/change";
import { listAt, numberAt, numberOf, textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named, othersOf } from "../core/related";

/** Labels and taints of a node group, which pods may select by. */
function labelsAndTaintsOf(group: Resource | undefined): readonly string[] {
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
  if (clusterGoes) return downtime(`${row.when} (its cluster is deleted too)`);
  const left = othersOf(context, ({ before, after }) => textAt(before ?? after, "clusterName") === cluster);
  const remaining = new Set(left.flatMap(labelsAndTaintsOf));
  const own = labelsAndTaintsOf(resource).filter((mark) => !remaining.has(mark));
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

/** A higher maximum of unavailable nodes matters only in a run that rolls the nodes. */
function nextRoll({ resource, row }: Context): Outcome {
  const rolls = resource.paths.some(
    ({ segments }) =>
      NODES_ROLL.includes(segments[0] ?? "") || ["release_version", "launch_template"].includes(segments[0] ?? ""),
  );
  return rolls ? degrades(`${row.when}; this run rolls the nodes`) : safe(`no effect until the next roll: ${row.when}`);
}

/** A Fargate profile: its pods are deleted with it. */
function profileBeside(context: Context): Outcome {
  const { resource, row } = context;
  const key = JSON.stringify(valueAt(resource.before, "selectors") ?? null);
  const others = othersOf(
    context,
    ({ operation, after }) => operation === "none" && JSON.stringify(valueAt(after, "selectors") ?? null) === key,
  );
  return others.length > 0
    ? degrades(`${named(others)} selects the same pods: ${row.when}`)
    : downtime(`all its pods end at once: ${row.when}`);
}

/** Conditions about nodes. */
export const nodeGroups: Conditions = {
  nodesGo,
  ceilingBelowDesired,
  nextRoll,
  profileBeside,
};

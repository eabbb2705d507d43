/** Which clusters a global database joins, which of them writes, and what a read makes of it in an outage. */
import type { Known } from "../../../protocol/provider";
import type { PropertyMap, Value } from "../../../property/values";
import type { Account, CloudObject } from "../../account/account";
import type { Caller, ResourceContext } from "./resource-context";

/** Clusters of Aurora. */
export const DATABASE_CLUSTER = "aws:rds/cluster:Cluster";
/** Their instances. */
export const DATABASE_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
/** What joins clusters of several regions. */
const GLOBAL_CLUSTER = "aws:rds/globalCluster:GlobalCluster";

/** The clusters of a global database, in whatever region. */
export function membersOf(account: Account, globalCluster: string): CloudObject[] {
  return account.holding(DATABASE_CLUSTER, "globalClusterIdentifier", globalCluster);
}

/** Whether the cluster copies another one. */
export const isSecondary = ({ outputs }: CloudObject): boolean => (outputs.replicationSourceIdentifier ?? "") !== "";

/** The writer of the global database that this cluster joins; undefined where it is the first, or joins none. */
export function writerBeside(ctx: ResourceContext): CloudObject | undefined {
  const name = ctx.text("globalClusterIdentifier");
  if (name === "") return undefined;
  const others = membersOf(ctx.caller.account, name).filter(({ id, scope }) => id !== ctx.id || scope !== ctx.scope);
  return others.find((other) => !isSecondary(other));
}

/**
 * What a cluster copies: the writer of its global database. A cluster that leaves it is promoted and copies nothing more: the
 * provider calls RemoveFromGlobalCluster (rds/cluster.go, resourceClusterUpdate).
 */
export function sourceOf(ctx: ResourceContext): Value {
  const source = ctx.inputs.replicationSourceIdentifier;
  if (source !== undefined) return source;
  if (ctx.text("globalClusterIdentifier") === "") return "";
  return ctx.old === undefined
    ? (writerBeside(ctx)?.outputs.arn ?? "")
    : (ctx.old.outputs.replicationSourceIdentifier ?? "");
}

const without = (map: PropertyMap): PropertyMap =>
  Object.fromEntries(Object.entries(map).filter(([key]) => key !== "globalClusterIdentifier"));

/**
 * What a read gives of an object. Of a cluster whose global database cannot be found, because it is gone or because the region of
 * its writer does not respond, the provider reads no global database at all, and a refresh writes that into the state. Source:
 * hashicorp/terraform-provider-aws internal/service/rds/cluster.go, resourceClusterRead.
 */
export function asRead({ account, facts }: Caller, seen: Known, { type, inputs }: CloudObject): Known {
  const name = inputs.globalClusterIdentifier;
  if (type !== DATABASE_CLUSTER || typeof name !== "string" || name === "") return seen;
  const writer = membersOf(account, name).find((member) => !isSecondary(member));
  const isAnswered = writer === undefined || !facts.deniedRegions.includes(writer.scope);
  if (account.find(GLOBAL_CLUSTER, name, "global") !== undefined && isAnswered) return seen;
  return { ...seen, inputs: without(seen.inputs), outputs: without(seen.outputs) };
}

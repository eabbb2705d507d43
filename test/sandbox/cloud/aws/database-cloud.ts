/** A network, a subnet group and a parameter group for tests of databases, and what a cluster of theirs takes. */
import type { PropertyMap } from "../../../../sandbox/property/values";
import { Cloud, type Thing } from "./cloud";

export const CLUSTER = "aws:rds/cluster:Cluster";
export const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
export const GLOBAL = "aws:rds/globalCluster:GlobalCluster";
const PARAMETERS = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

/** What a cluster stands on. */
export interface DatabaseGround {
  readonly cloud: Cloud;
  readonly subnets: readonly Thing[];
  /** Inputs that are right; each case breaks one. */
  readonly inputs: PropertyMap;
}

/** Makes the ground in a cloud. @param cloud us-east-1 unless given. */
export function databaseGround(cloud = new Cloud()): DatabaseGround {
  const zones = cloud.region === "us-east-1" ? ["use1-az1", "use1-az2"] : ["usw2-az1", "usw2-az2"];
  const { subnets } = cloud.network(...zones);
  const group = cloud.make("aws:rds/subnetGroup:SubnetGroup", "group", {
    name: "shop",
    subnetIds: subnets.map(({ id }) => id),
  });
  const parameters = cloud.make(PARAMETERS, "parameters", { name: "shop-17", family: "aurora-postgresql17" });
  const inputs = {
    clusterIdentifier: "shop",
    engine: "aurora-postgresql",
    engineVersion: "17.5",
    masterUsername: "administrator",
    manageMasterUserPassword: true,
    databaseName: "shop",
    dbSubnetGroupName: group.id,
    dbClusterParameterGroupName: parameters.id,
    finalSnapshotIdentifier: "shop-final",
  };
  return { cloud, subnets, inputs };
}

/** Two regions of one account, joined by a global database whose writer is in us-east-1. */
export function globalPair() {
  const east = databaseGround();
  east.cloud.make(GLOBAL, "global", {
    globalClusterIdentifier: "shop",
    engine: "aurora-postgresql",
    engineVersion: "17.5",
  });
  const own = { manageMasterUserPassword: undefined, masterPassword: "secret", globalClusterIdentifier: "shop" };
  const writer = east.cloud.make(CLUSTER, "db", but(east.inputs, own));
  const west = databaseGround(new Cloud("us-west-2", east.cloud.facts, east.cloud.account));
  const none = { masterPassword: undefined, masterUsername: undefined, databaseName: undefined };
  /** `inputs` of a secondary that are right. */
  return { writer, west: west.cloud, inputs: but(west.inputs, { ...own, ...none }) };
}

/** The inputs with others in their place; `undefined` takes one away. */
export function but(
  inputs: PropertyMap,
  change: Readonly<Record<string, PropertyMap[string] | undefined>>,
): PropertyMap {
  const members = Object.entries({ ...inputs, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members) as PropertyMap;
}

/** What RDS and the provider refuse of databases. */
import { describe, expect, it } from "vitest";
import { Cloud, errorOf } from "../../cloud";
import { but, CLUSTER, databaseGround, GLOBAL, globalPair, INSTANCE } from "../../database-cloud";

type Change = Parameters<typeof but>[1];

function cluster(change: Change): string {
  const { cloud, inputs } = databaseGround();
  return errorOf(() => cloud.make(CLUSTER, "db", but(inputs, change)));
}

function changed(change: Change, before: Change = {}): string {
  const { cloud, inputs } = databaseGround();
  const made = cloud.make(CLUSTER, "db", but(inputs, before));
  return errorOf(() => cloud.change(made, but(inputs, { ...before, ...change })));
}

function instance(change: Change): string {
  const { cloud, inputs } = databaseGround();
  const { id } = cloud.make(CLUSTER, "db", inputs);
  const right = {
    identifier: "shop-1",
    clusterIdentifier: id,
    engine: "aurora-postgresql",
    instanceClass: "db.r6g.large",
  };
  return errorOf(() => cloud.make(INSTANCE, "one", but(right, change)));
}

function joined(change: Change): string {
  const { west, inputs } = globalPair();
  return errorOf(() => west.make(CLUSTER, "copy", but(inputs, change)));
}

function creations(): void {
  const passes = "not refused";
  it.each<[string, () => string, string]>([
    ["nothing that is right", () => cluster({}), passes],
    [
      "a subnet group in one zone",
      () => {
        const { cloud, subnets } = databaseGround();
        const subnetIds = subnets.slice(0, 1).map(({ id }) => id);
        return errorOf(() => cloud.make("aws:rds/subnetGroup:SubnetGroup", "one", { name: "one", subnetIds }));
      },
      "DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: 1. Add subnets to cover at least 2 AZs.",
    ],
    [
      "a static parameter at once",
      () => {
        const parameters = [{ name: "rds.logical_replication", value: "1" }];
        const inputs = { name: "other", family: "aurora-postgresql17", parameters };
        return errorOf(() => new Cloud().make("aws:rds/clusterParameterGroup:ClusterParameterGroup", "p", inputs));
      },
      "InvalidParameterCombination: cannot use immediate apply method for static parameter rds.logical_replication",
    ],
    [
      "parameters of another major version",
      () => cluster({ engineVersion: "16.9" }),
      "InvalidParameterCombination: The Parameter Group shop-17 with DBParameterGroupFamily aurora-postgresql17 cannot be used for this instance. Please use a Parameter Group with DBParameterGroupFamily aurora-postgresql16",
    ],
    [
      "nobody to log in as",
      () => cluster({ masterUsername: undefined }),
      "InvalidParameterValue: The parameter MasterUsername must be provided and must not be blank.",
    ],
    [
      "no password",
      () => cluster({ manageMasterUserPassword: undefined }),
      "InvalidParameterValue: The parameter MasterUserPassword must be provided and must not be blank.",
    ],
    ["a user of a snapshot", () => cluster({ masterUsername: undefined, snapshotIdentifier: "yesterday" }), passes],
    [
      "two passwords",
      () => cluster({ masterPassword: "secret" }),
      "InvalidParameterCombination: You can't specify MasterUserPassword if ManageMasterUserPassword is specified",
    ],
    [
      "backups for no day",
      () => cluster({ backupRetentionPeriod: 0 }),
      "InvalidParameterValue: Invalid backup retention period. Retention period must be between 1 and 35.",
    ],
    [
      "two windows at one time",
      () => cluster({ preferredBackupWindow: "06:00-07:00", preferredMaintenanceWindow: "tue:06:30-tue:08:00" }),
      "InvalidParameterValue: The backup window and maintenance window must not overlap.",
    ],
    [
      "a backup over midnight, into the other window",
      () => cluster({ preferredBackupWindow: "23:45-00:30", preferredMaintenanceWindow: "tue:00:00-tue:00:30" }),
      "InvalidParameterValue: The backup window and maintenance window must not overlap.",
    ],
    [
      "windows one after the other",
      () => cluster({ preferredBackupWindow: "06:00-06:30", preferredMaintenanceWindow: "tue:06:30-tue:08:00" }),
      passes,
    ],
    ["an instance that is right", () => instance({}), passes],
    [
      "a class of EC2",
      () => instance({ instanceClass: "r6g.large" }),
      "InvalidParameterValue: Invalid DB Instance class: r6g.large",
    ],
    [
      "another engine than the cluster's",
      () => instance({ engine: "aurora-mysql" }),
      "InvalidParameterCombination: The engine name requested for your DB instance (aurora-mysql) doesn't match the engine name of your DB cluster (aurora-postgresql).",
    ],
    [
      "a zone without a subnet",
      () => instance({ availabilityZone: "us-east-1d" }),
      "InvalidVPCNetworkStateFault: The availability zone us-east-1d is not covered by the DB subnet group; it covers us-east-1a, us-east-1b",
    ],
  ])("refuses %s", (_, call, message) => {
    expect(call()).toBe(message);
  });
}

function globals(): void {
  it.each<[string, () => string, string]>([
    ["nothing of a secondary that has all from the writer", () => joined({}), "not refused"],
    [
      "a secondary's own user",
      () => joined({ masterUsername: "administrator" }),
      "InvalidParameterCombination: Cannot specify user name for cross region replication cluster",
    ],
    [
      "a secondary's own database",
      () => joined({ databaseName: "shop" }),
      "InvalidParameterCombination: Cannot specify database name for cross region replication cluster",
    ],
    [
      "a password that RDS manages, in a global database",
      () => joined({ manageMasterUserPassword: true }),
      "InvalidParameterCombination: You cannot manage the master user password with Secrets Manager for a DB cluster that is part of an Aurora global database",
    ],
    [
      "a snapshot that joins",
      () => joined({ snapshotIdentifier: "yesterday" }),
      'InvalidParameterCombination: "snapshot_identifier": conflicts with global_cluster_identifier',
    ],
  ])("refuses %s", (_, call, message) => {
    expect(call()).toBe(message);
  });
}

function changes(): void {
  const major = { engineVersion: "18.1", dbClusterParameterGroupName: "default.aurora-postgresql18" };
  it.each<[string, () => string, string]>([
    [
      "a cluster that joins a global database later",
      () => {
        const { cloud, inputs } = databaseGround();
        cloud.make(GLOBAL, "global", { globalClusterIdentifier: "shop", engine: "aurora-postgresql" });
        const own = but(inputs, { manageMasterUserPassword: undefined, masterPassword: "secret" });
        const made = cloud.make(CLUSTER, "db", own);
        return errorOf(() => cloud.change(made, but(own, { globalClusterIdentifier: "shop" })));
      },
      "InvalidParameterValue: existing RDS Clusters cannot be added to an existing RDS Global Cluster",
    ],
    [
      "a move to another global database",
      () => {
        const { cloud, inputs } = databaseGround();
        for (const name of ["shop", "other"])
          cloud.make(GLOBAL, name, { globalClusterIdentifier: name, engine: "aurora-postgresql" });
        const own = { manageMasterUserPassword: undefined, masterPassword: "secret", globalClusterIdentifier: "shop" };
        const made = cloud.make(CLUSTER, "db", but(inputs, own));
        return errorOf(() => cloud.change(made, but(inputs, { ...own, globalClusterIdentifier: "other" })));
      },
      "InvalidParameterValue: existing RDS Clusters cannot be migrated between existing RDS Global Clusters",
    ],
    [
      "a failover by a variable",
      () => changed({ replicationSourceIdentifier: "arn:aws:rds:us-west-2:000000000000:cluster:shop" }),
      "InvalidParameterValue: promoting to standalone is not supported for RDS Cluster (shop)",
    ],
    [
      "a major version by a number",
      () => changed(major),
      "InvalidParameterCombination: The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
    ],
    ["a major version that is allowed", () => changed({ ...major, allowMajorVersionUpgrade: true }), "not refused"],
    [
      "a version back",
      () => changed({ engineVersion: "17.4" }),
      "InvalidParameterCombination: Cannot upgrade aurora-postgresql from 17.5 to 17.4",
    ],
    ["a minor version up", () => changed({ engineVersion: "17.10" }), "not refused"],
  ])("refuses %s", (_, call, message) => {
    expect(call()).toBe(message);
  });
}

/** Registers the tests. */
export function databases(): void {
  describe("a new database", creations);
  describe("a global database", globals);
  describe("a database that changes", changes);
}

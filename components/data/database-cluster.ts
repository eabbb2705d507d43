/** The cluster itself, on its subnets and parameters, and its instances. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { dataLimits } from "../core/limits/data";
import { inSeconds } from "../core/units";
import type { FilledArgs } from "./database-args";
import type { Master } from "./master-password";
import { ENGINE, familyOf, LIFECYCLE, majorOf, parameters } from "./parameters";

/** What a cluster is declared with, besides its arguments. */
export interface ClusterParts {
  readonly key: aws.kms.Key;
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly master: Master;
}

/** Certificate authority of the instances; its certificates run until 2061. Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html */
const CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1";

/** Bytes of the end of the last snapshot's name. */
const SNAPSHOT_BYTES = 4;

function subnetGroup(name: string, args: FilledArgs, parent: pulumi.Resource): aws.rds.SubnetGroup {
  return new aws.rds.SubnetGroup(
    `${name}-subnets`,
    {
      name: args.identifier,
      description: `Subnets of ${args.identifier}`,
      subnetIds: Object.values(args.subnets).map(({ subnetId }) => subnetId),
      tags: { ...args.tags, Name: `${name}-subnets` },
    },
    { parent },
  );
}

/** Named by the major version, in Pulumi and in AWS: the group of the next one stands beside this one while a cluster moves. */
function parameterGroup(name: string, args: FilledArgs, parent: pulumi.Resource): aws.rds.ClusterParameterGroup {
  const major = majorOf(args.engineVersion);
  return new aws.rds.ClusterParameterGroup(
    `${name}-parameters-${major}`,
    {
      name: `${args.identifier}-${major}`,
      description: `Parameters of ${args.identifier}, PostgreSQL ${major}`,
      family: familyOf(args.engineVersion),
      parameters: parameters.map((each) => ({ ...each })),
      tags: { ...args.tags, Name: `${name}-parameters-${major}` },
    },
    { parent },
  );
}

/** A name that no earlier snapshot has: drawn again when the state is new, or the database is another one. */
function lastSnapshot(
  name: string,
  args: FilledArgs,
  key: aws.kms.Key,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const keepers = { identifier: args.identifier, database: args.databaseName, key: key.arn };
  const drawn = new random.RandomId(`${name}-last-snapshot`, { byteLength: SNAPSHOT_BYTES, keepers }, { parent });
  return pulumi.interpolate`${args.identifier}-last-${drawn.hex}`;
}

/**
 * Inputs whose changes are not the program's. A snapshot counts at creation alone: named later it would replace the database. Members
 * of a global database are moved by a failover, and upgraded through it: a line that follows late would promote or refuse.
 */
function ignored({ recovery }: FilledArgs): string[] {
  const global = ["engineVersion", "globalClusterIdentifier", "replicationSourceIdentifier"];
  return ["snapshotIdentifier", ...(recovery === "global" ? global : [])];
}

/** RDS writes here, and would make the group itself, kept for ever and without our key. */
function logGroup(name: string, args: FilledArgs, parent: pulumi.Resource): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    {
      name: `/aws/rds/cluster/${args.identifier}/postgresql`,
      retentionInDays: args.logRetentionDays,
      kmsKeyId: args.logsKeyArn,
      tags: { ...args.tags, Name: `${name}-logs` },
    },
    { parent },
  );
}

/** What keeps the data: where it is written, how long it can be had back, and what its end leaves. */
function kept(name: string, args: FilledArgs, key: aws.kms.Key, parent: pulumi.Resource) {
  return {
    storageEncrypted: true,
    kmsKeyId: key.arn,
    backupRetentionPeriod: args.backupDays,
    preferredBackupWindow: args.backupWindow,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    deletionProtection: args.protect,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: lastSnapshot(name, args, key, parent),
  };
}

/** Declares the cluster with its groups, its log group and the name of its last snapshot. */
export function databaseCluster(
  name: string,
  args: FilledArgs,
  { key, securityGroup, master }: ClusterParts,
  parent: pulumi.Resource,
): aws.rds.Cluster {
  const logs = logGroup(name, args, parent);
  return new aws.rds.Cluster(
    `${name}-cluster`,
    {
      clusterIdentifier: args.identifier,
      engine: ENGINE,
      engineMode: "provisioned",
      engineVersion: args.engineVersion,
      engineLifecycleSupport: LIFECYCLE,
      allowMajorVersionUpgrade: args.majorUpgrade,
      applyImmediately: false,
      ...master.inputs,
      snapshotIdentifier: args.snapshotIdentifier,
      globalClusterIdentifier: args.recovery === "global" ? args.globalClusterIdentifier : undefined,
      dbSubnetGroupName: subnetGroup(name, args, parent).name,
      dbClusterParameterGroupName: parameterGroup(name, args, parent).name,
      vpcSecurityGroupIds: [securityGroup.id],
      port: dataLimits.port.value,
      iamDatabaseAuthenticationEnabled: true,
      preferredMaintenanceWindow: args.maintenanceWindow,
      enabledCloudwatchLogsExports: ["postgresql"],
      ...kept(name, args, key, parent),
      tags: { ...args.tags, Name: `${name}-cluster` },
    },
    { parent, protect: args.protect, ignoreChanges: ignored(args), dependsOn: [logs] },
  );
}

/** Declares an instance in each of the first zones. */
export function databaseInstances(
  name: string,
  args: FilledArgs,
  { cluster, key }: { readonly cluster: aws.rds.Cluster; readonly key: aws.kms.Key },
  parent: pulumi.Resource,
): ReadonlyMap<string, aws.rds.ClusterInstance> {
  const zones = Object.entries(args.subnets).slice(0, args.instances);
  return new Map(
    zones.map(([zoneId, { zoneName }]) => [
      zoneId,
      new aws.rds.ClusterInstance(
        `${name}-${zoneId}`,
        {
          identifier: `${args.identifier}-${zoneId}`,
          clusterIdentifier: cluster.id,
          engine: ENGINE,
          instanceClass: args.instanceClass,
          availabilityZone: zoneName,
          publiclyAccessible: false,
          caCertIdentifier: CERTIFICATE_AUTHORITY,
          autoMinorVersionUpgrade: false,
          applyImmediately: false,
          copyTagsToSnapshot: true,
          preferredMaintenanceWindow: args.maintenanceWindow,
          monitoringInterval: inSeconds(dataLimits.monitoringInterval),
          monitoringRoleArn: args.monitoringRoleArn,
          performanceInsightsEnabled: true,
          performanceInsightsKmsKeyId: key.arn,
          performanceInsightsRetentionPeriod: dataLimits.insightsDays.value,
          tags: { ...args.tags, Name: `${name}-${zoneId}` },
        },
        { parent, protect: args.protect },
      ),
    ]),
  );
}

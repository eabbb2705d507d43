/** What the provider calls in the life of each type of a database and its backups. */
import type { Calls } from "./row";

const arnOf = (type: string): string => `arn:aws:rds:{region}:{account}:${type}`;
const tags = "AddTagsToResource RemoveTagsFromResource";

/** One row per type. Source: the create, update and delete functions of the type in terraform-provider-aws 6. */
export const DATA_CALLS: Readonly<Record<string, Calls>> = {
  "aws:backup/plan:Plan": {
    is: "backupPlan",
    create: "backup:CreateBackupPlan TagResource",
    live: "backup:UpdateBackupPlan DeleteBackupPlan TagResource UntagResource",
  },
  "aws:backup/selection:Selection": {
    is: "backupPlan",
    arn: "arn:aws:backup:{region}:{account}:backup-plan:{planId}",
    live: "backup:CreateBackupSelection DeleteBackupSelection",
  },
  "aws:backup/vault:Vault": {
    is: "backupVault",
    // Source of the calls beside backup's own: https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html
    create: "backup:CreateBackupVault TagResource backup-storage:MountCapsule kms:CreateGrant DescribeKey",
    live: "backup:DeleteBackupVault TagResource UntagResource",
    on: { key: "{kmsKeyArn}" },
  },
  "aws:rds/cluster:Cluster": {
    is: "cluster",
    // RDS makes its grant on the key, and the master's secret, in the caller's name.
    create:
      "rds:CreateDBCluster RestoreDBClusterFromSnapshot AddTagsToResource kms:CreateGrant DescribeKey secretsmanager:CreateSecret",
    live: `rds:ModifyDBCluster DeleteDBCluster ${tags}`,
    on: {
      key: "{kmsKeyId}",
      Secret: "arn:aws:secretsmanager:{region}:{account}:secret:rds!cluster-x",
      "cluster-pg": arnOf("cluster-pg:{dbClusterParameterGroupName}"),
      "cluster-snapshot": arnOf("cluster-snapshot:awsbackup:x"),
      og: arnOf("og:default:aurora-postgresql-17"),
      subgrp: arnOf("subgrp:{dbSubnetGroupName}"),
    },
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    is: "db",
    create: "rds:CreateDBInstance AddTagsToResource",
    live: `rds:ModifyDBInstance RebootDBInstance DeleteDBInstance ${tags}`,
    on: {
      cluster: arnOf("cluster:{clusterIdentifier}"),
      og: arnOf("og:default:aurora-postgresql-17"),
      pg: arnOf("pg:default.aurora-postgresql17"),
    },
  },
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": {
    is: "cluster-pg",
    create: "rds:CreateDBClusterParameterGroup AddTagsToResource",
    live: `rds:ModifyDBClusterParameterGroup ResetDBClusterParameterGroup DeleteDBClusterParameterGroup ${tags}`,
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    is: "subgrp",
    create: "rds:CreateDBSubnetGroup AddTagsToResource",
    live: `rds:ModifyDBSubnetGroup DeleteDBSubnetGroup ${tags}`,
  },
};

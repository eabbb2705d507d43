/** The deploy role's permissions on databases, their secrets and their backups. */
import type { Statement } from "../aws/iam";
import { tagged } from "./deploy-cluster";
import type { DeployScope } from "./deploy-network";

/** What create, update, tag and delete of the provider's `rds` types call. */
const DATABASE_WRITES = [
  "rds:AddTagsToResource",
  "rds:CreateDBCluster",
  "rds:CreateDBClusterParameterGroup",
  "rds:CreateDBClusterSnapshot",
  "rds:CreateDBInstance",
  "rds:CreateDBSubnetGroup",
  "rds:DeleteDBCluster",
  "rds:DeleteDBClusterParameterGroup",
  "rds:DeleteDBInstance",
  "rds:DeleteDBSubnetGroup",
  "rds:ModifyDBCluster",
  "rds:ModifyDBClusterParameterGroup",
  "rds:ModifyDBInstance",
  "rds:ModifyDBSubnetGroup",
  "rds:RebootDBInstance",
  "rds:RemoveFromGlobalCluster",
  "rds:RemoveTagsFromResource",
  "rds:ResetDBClusterParameterGroup",
  "rds:RestoreDBClusterFromSnapshot",
] as const;

/** RDS writes the managed password into a secret in its caller's name. */
const MANAGED_SECRETS = ["secretsmanager:CreateSecret", "secretsmanager:TagResource"] as const;

/** The secret of a global database's master, which the program writes. */
const OWN_SECRETS = [
  ...MANAGED_SECRETS,
  "secretsmanager:DeleteSecret",
  "secretsmanager:GetSecretValue",
  "secretsmanager:PutSecretValue",
  "secretsmanager:RemoveRegionsFromReplication",
  "secretsmanager:ReplicateSecretToRegions",
  "secretsmanager:UntagResource",
  "secretsmanager:UpdateSecret",
] as const;

/** A secret is replicated in its create call, before it has a tag. */
const NEW_SECRETS = ["secretsmanager:CreateSecret", "secretsmanager:ReplicateSecretToRegions"] as const;

/** Secrets of environments: names and copies. Their values are written by people, and neither read nor written here. */
const NAMED_SECRETS = [
  "secretsmanager:DeleteSecret",
  "secretsmanager:RemoveRegionsFromReplication",
  "secretsmanager:TagResource",
  "secretsmanager:UntagResource",
  "secretsmanager:UpdateSecret",
] as const;

/** AWS Backup generates plan ids, so ARNs cannot be limited by name. */
const NEW_PLANS = ["backup:CreateBackupPlan", "backup:TagResource"] as const;

/** A backup selection has no tags. Whether the plan's tag applies to it is not proven. */
const SELECTION_WRITES = ["backup:CreateBackupSelection", "backup:DeleteBackupSelection"] as const;

const PLAN_WRITES = [
  "backup:DeleteBackupPlan",
  "backup:TagResource",
  "backup:UntagResource",
  "backup:UpdateBackupPlan",
] as const;

const VAULT_WRITES = [
  "backup:CreateBackupVault",
  "backup:DeleteBackupVault",
  "backup:TagResource",
  "backup:UntagResource",
] as const;

/**
 * ARNs in whatever region: with each region named, the role would need two documents more from the fourth region on, and IAM
 * attaches ten to a role.
 */
function anywhere(scope: DeployScope, service: string, resources: readonly string[]): string[] {
  return resources.map((resource) => `arn:aws:${service}:*:${scope.account}:${resource}`);
}

/** Databases by name, the groups that they stand on, and the snapshots that they are made from or leave. */
export function dataStatements(scope: DeployScope): Statement[] {
  const named = ["cluster", "cluster-pg", "cluster-snapshot", "db", "subgrp"].map(
    (kind) => `${kind}:${scope.platform}-*`,
  );
  // Copies of AWS Backup have names of its own; an instance names the account's default groups.
  const others = ["cluster-snapshot:awsbackup:*", "og:default:*", "pg:default.*"];
  return [
    {
      Sid: "Databases",
      Effect: "Allow",
      Action: DATABASE_WRITES,
      Resource: [
        ...anywhere(scope, "rds", [...named, ...others]),
        `arn:aws:rds::${scope.account}:global-cluster:${scope.platform}-*`,
      ],
    },
    {
      Sid: "SecretsOfRds",
      Effect: "Allow",
      Action: MANAGED_SECRETS,
      Resource: anywhere(scope, "secretsmanager", ["secret:rds!cluster-*"]),
    },
    {
      Sid: "SecretsOfDatabases",
      Effect: "Allow",
      Action: OWN_SECRETS,
      Resource: anywhere(scope, "secretsmanager", [`secret:${scope.platform}-*/database-master-*`]),
    },
    ...taggedStatements(scope),
  ];
}

/**
 * Plans by the tag of an environment, vaults by name, secrets of environments by both: what somebody made by hand below
 * the same prefix has no such tag. Recovery points in a vault cannot be deleted by this role.
 */
function taggedStatements(scope: DeployScope): Statement[] {
  const plans = anywhere(scope, "backup", ["backup-plan:*"]);
  const secrets = anywhere(scope, "secretsmanager", [`secret:${scope.platform}/*`]);
  return [
    { Sid: "NewSecretsOfPlatform", Effect: "Allow", Action: NEW_SECRETS, Resource: secrets },
    {
      Sid: "NewPlansAndSecrets",
      Effect: "Allow",
      Action: [...NEW_PLANS, "secretsmanager:TagResource"],
      Resource: [...plans, ...secrets],
      Condition: tagged(scope, "RequestTag"),
    },
    {
      Sid: "PlansAndSecretsOfEnvironments",
      Effect: "Allow",
      Action: [...PLAN_WRITES, ...NAMED_SECRETS],
      Resource: [...plans, ...secrets],
      Condition: tagged(scope, "ResourceTag"),
    },
    { Sid: "BackupSelections", Effect: "Allow", Action: SELECTION_WRITES, Resource: plans },
    {
      Sid: "Vaults",
      Effect: "Allow",
      Action: VAULT_WRITES,
      Resource: anywhere(scope, "backup", [`backup-vault:${scope.platform}-*`]),
    },
    // AWS limits it to no resource: the vault has no storage yet.
    { Sid: "StorageOfVaults", Effect: "Allow", Action: ["backup-storage:MountCapsule"], Resource: "*" },
  ];
}

/** Example of BackupPlan: a copy of production's database in another region, every day. */
import type * as aws from "@pulumi/aws";
import { BackupPlan } from "../../../../components/data/backup-plan";
import type { Database } from "../../../../components/data/database";
import type { DatabaseRoles } from "../../../../components/data/database-roles";

export function backupPlan(provider: aws.Provider, database: Database, roles: DatabaseRoles): BackupPlan {
  return new BackupPlan(
    "database-backups",
    {
      planName: "fridayproof-prod",
      clusterArn: database.clusterArn,
      copyVaultArn: "arn:aws:backup:us-west-2:000000000000:backup-vault:fridayproof-prod",
      keyArn: database.nodes.key.arn,
      roleArn: roles.backupsRoleArn,
    },
    { providers: [provider] },
  );
}

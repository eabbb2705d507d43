/** Example of BackupVault: where production's copies lie, in the region that must survive. */
import type * as aws from "@pulumi/aws";
import { BackupVault } from "../../../../components/data/backup-vault";

export function backupVault(west: aws.Provider): BackupVault {
  return new BackupVault(
    "backups-prod",
    {
      vaultName: "fridayproof-prod",
      accountId: "000000000000",
      administratorArn: "arn:aws:iam::000000000000:role/fridayproof-deploy",
      protect: true,
    },
    { providers: [west] },
  );
}

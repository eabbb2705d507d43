/** What of databases must outlive an environment and its region: vaults of copies, and what joins clusters of two regions. */
import { BackupVault, GlobalDatabase } from "@fridayproof/components/data";
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentInput } from "../environments/schema";
import { databaseIdentifier } from "../inputs/conventions";
import { databaseVersion, readLock } from "../inputs/lock";

/** Whose databases, and whether what keeps them is protected. */
interface Owner {
  readonly all: readonly EnvironmentInput[];
  readonly account: string;
  readonly protect: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Declares them. @param administratorArn role that administers the vaults' keys, known once it is there. */
export function databases(
  { all, account, protect, tags }: Owner,
  providers: ReadonlyMap<string, aws.Provider>,
  administratorArn: pulumi.Output<string>,
): void {
  for (const { name, role, region, database } of all) {
    const { recovery, copyRegion = "", version = "" } = database ?? {};
    const identifier = databaseIdentifier(name);
    const copies = providers.get(copyRegion);
    if (recovery === "backups" && copies !== undefined)
      new BackupVault(
        `backups-${name}`,
        { vaultName: identifier, accountId: account, administratorArn, protect, tags },
        { providers: [copies] },
      );
    const home = providers.get(region);
    if (recovery === "global" && role !== "replica" && home !== undefined)
      new GlobalDatabase(
        `database-${name}`,
        {
          globalClusterIdentifier: identifier,
          engineVersion: databaseVersion(readLock(), version),
          protect,
          tags,
        },
        { providers: [home] },
      );
  }
}

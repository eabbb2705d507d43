/** Example of DatabaseRoles: production's, which stand before its database does. */
import type * as aws from "@pulumi/aws";
import { DatabaseRoles } from "../../../../components/data/database-roles";

export function databaseRoles(provider: aws.Provider): DatabaseRoles {
  return new DatabaseRoles(
    "database-roles",
    { identifier: "fridayproof-prod", accountId: "000000000000", backups: true },
    { providers: [provider] },
  );
}

/** Example of GlobalDatabase: both legs of production join it when they are made. */
import type * as aws from "@pulumi/aws";
import { GlobalDatabase } from "../../../../components/data/global-database";

export function globalDatabase(provider: aws.Provider): GlobalDatabase {
  return new GlobalDatabase(
    "global-prod",
    { globalClusterIdentifier: "fridayproof-prod", engineVersion: "17.5", protect: true },
    { providers: [provider] },
  );
}

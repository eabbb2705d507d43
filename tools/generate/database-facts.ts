/** Settings of the rules about an environment's database: its `ignoreChanges`, each path with a reason. */
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { databaseIdentifier } from "../../stacks/inputs/conventions";
import type { PolicyConfig } from "./policy-settings";

/** `ignoreChanges` of a database's component (components/data/database-cluster.ts). */
export function databaseFacts({ database }: EnvironmentInput): PolicyConfig {
  if (database === undefined) return {};
  const moved = ["engineVersion", "globalClusterIdentifier", "replicationSourceIdentifier"];
  const paths = ["snapshotIdentifier", ...(database.recovery === "global" ? moved : [])];
  const reason = "counts when the cluster is made, or is moved by a failover";
  const more = paths.map((path) => ({ type: "aws:rds/cluster:Cluster", path, reason }));
  return { "ignore-changes-allowlist": { more } };
}

/** The one vault of another region that the environment's backups are copied to, where it has one. */
export function copyVaults({ name, database }: EnvironmentInput): { readonly copyVaults?: readonly string[] } {
  const { recovery, copyRegion } = database ?? {};
  return recovery === "backups" && copyRegion !== undefined
    ? { copyVaults: [`${copyRegion}/${databaseIdentifier(name)}`] }
    : {};
}

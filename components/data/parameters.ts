/** What each cluster of Aurora PostgreSQL is set to, by the major version that its parameter group is of. */

/** The engine, as RDS calls it. */
export const ENGINE = "aurora-postgresql";

/**
 * The version stays without a price for extended support: past its end RDS upgrades it instead of billing more. RDS enrols for
 * life whatever is created without it, a global database as well as a cluster.
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/extended-support-creating-db-instance.html
 */
export const LIFECYCLE = "open-source-rds-extended-support-disabled";

/** One parameter, and whether it waits for a restart. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

/** Major version of an engine version, such as `17` of `17.5`. */
export function majorOf(engineVersion: string): string {
  return engineVersion.split(".")[0] ?? engineVersion;
}

/** Family of parameter groups that a version takes; a group of another family is refused. */
export function familyOf(engineVersion: string): string {
  return `${ENGINE}${majorOf(engineVersion)}`;
}

/**
 * Set for every database. Logical replication is static: RDS refuses it at once, and turned on later it takes a restart of the
 * writer. It is on from the start, because a migration to the next major version without an outage begins with it.
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Replication.Logical.html
 */
export const parameters: readonly Parameter[] = [
  { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
  { name: "rds.logical_replication", value: "1", applyMethod: "pending-reboot" },
];

/** Checks that an environment and its database are compatible. */
import { type Problem, under } from "@fridayproof/components/core";
import { databaseDefaults, databaseProblems } from "@fridayproof/components/plan";
import { databaseIdentifier } from "../inputs/conventions";
import type { Environment } from "./schema";

/** Subnet tier of databases. */
export const DATA_TIER = "data";

/** Whether the environment's database is a copy of another region's, without a writer. */
export function isSecondary({ role, database }: Pick<Environment, "role" | "database">): boolean {
  return role === "replica" && database?.recovery === "global";
}

function tierProblems({ tiers }: Environment): Problem[] {
  const tier = tiers?.[DATA_TIER];
  if (tier?.egress === "none") return [];
  const fix = `Add { newBits: 3, netNumber: 6, egress: "none" }, or what the VPC has room for: a database opens no connection.`;
  return [{ path: `tiers.${DATA_TIER}`, got: tier, allowed: "a tier without egress", fix }];
}

function copyProblems({ database, region }: Environment): Problem[] {
  const { recovery, copyRegion } = database ?? {};
  const path = "database.copyRegion";
  if (recovery === "none")
    return copyRegion === undefined
      ? []
      : [{ path, got: copyRegion, allowed: "nothing, because recovery is none", fix: "Leave it out." }];
  if (copyRegion !== undefined && copyRegion !== region) return [];
  return [
    { path, got: copyRegion, allowed: `a region other than ${region}`, fix: "Name the region that must survive." },
  ];
}

/** Everything that is wrong with the environment's database; empty when nothing is, or there is none. */
export function environmentDatabaseProblems(environment: Environment): Problem[] {
  const { database, name, zones } = environment;
  if (database === undefined) return [];
  const plan = {
    ...databaseDefaults,
    ...database,
    identifier: databaseIdentifier(name),
    // The lock file gives the minor version.
    engineVersion: `${database.version}.0`,
    role: isSecondary(environment) ? ("secondary" as const) : ("primary" as const),
    zones,
  };
  return [...under("database", databaseProblems(plan)), ...tierProblems(environment), ...copyProblems(environment)];
}

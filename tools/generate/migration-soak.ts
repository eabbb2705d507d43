/** Whether a backfill or a contract may be released: the phase before it must have served so long that it is not rolled back any more. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { applicationLimits } from "../../components/core/limits/application";
import { textsIn } from "../../apps/sample/migrate/files";
import { type Migration, migrationsOf } from "../../apps/sample/migrate/migration";
import { git } from "./releases";

/** When a migration was committed; undefined while it is not. Seconds since 1970. */
export type CommittedAt = (migration: string) => number | undefined;

const HOUR = 3600;

const hours = (seconds: number): string => `${Math.floor(seconds / HOUR)} h`;

/** What a migration waits for: a backfill for its expand, a contract for the backfills of the same one as well. */
function waitsFor({ phase, of, name }: Migration, migrations: readonly Migration[]): readonly Migration[] {
  if (phase === "expand") return [];
  const expand = migrations.filter((one) => one.name === of);
  const fills = migrations.filter((one) => one.phase === "backfill" && one.of === of && one.name !== name);
  return phase === "contract" ? [...expand, ...fills] : expand;
}

/**
 * The backfills and contracts that come too early: while a version that knows no such column still serves, it writes rows
 * that the backfill has passed. From the commit of what they wait for to their own, or to now while they are not committed:
 * what has been released stays right.
 */
export function soakProblems(
  migrations: readonly Migration[],
  committedAt: CommittedAt,
  now: number,
): readonly string[] {
  const { migrationSoak } = applicationLimits;
  return migrations.flatMap((migration) =>
    waitsFor(migration, migrations).flatMap(({ name: before, phase }) => {
      const { name } = migration;
      const since = committedAt(before);
      const fix = `release ${before} first, and ${name} ${hours(migrationSoak.value)} after it.`;
      if (since === undefined) return [`${name}: its ${phase} ${before} is not committed: ${fix}`];
      const served = (committedAt(name) ?? now) - since;
      if (served >= migrationSoak.value) return [];
      return [
        `${name}: its ${phase} ${before} has served for ${hours(served)} of ${hours(migrationSoak.value)}: ${fix}`,
      ];
    }),
  );
}

/** When git first had the file; undefined while it has not. */
function firstCommit(root: string, file: string): number | undefined {
  const times = git(root, ["log", "--diff-filter=A", "--follow", "--format=%ct", "--", file]);
  const first = times.trim().split("\n").at(-1);
  return first === undefined || first === "" ? undefined : Number(first);
}

/** In a clone without history every file is as old as its newest commit. */
const isShallow = (root: string): boolean => git(root, ["rev-parse", "--is-shallow-repository"]).trim() === "true";

/** @throws Error with every migration of apps/<application>/migrations that comes too early, or whose time git cannot say. */
export function checkMigrationSoak(root: string, application: string, now: number): void {
  const folder = path.join("apps", application, "migrations");
  if (!existsSync(path.join(root, folder))) return;
  const early = soakProblems(
    migrationsOf(textsIn(path.join(root, folder))),
    (migration) => firstCommit(root, `${folder}/${migration}.sql`),
    now,
  );
  if (early.length === 0) return;
  if (isShallow(root))
    throw new Error(
      `${application} cannot be released: a migration waits for another one, and this shallow clone does not show since when ${folder} has them. Fetch the history: git fetch --unshallow`,
    );
  throw new Error(`${application} cannot be released:\n${early.map((line) => `  ${line}`).join("\n")}`);
}

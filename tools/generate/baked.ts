/** Whether a contract may be released: its expand must have served long enough that nobody goes back behind it. */
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

/**
 * The contracts that come too early. From the commit of the expand to that of the contract, or to now while the contract
 * is not committed: a contract that has been released stays right.
 */
export function unbaked(migrations: readonly Migration[], committedAt: CommittedAt, now: number): readonly string[] {
  const { expandBake } = applicationLimits;
  return migrations.flatMap(({ name, phase, of }) => {
    if (phase !== "contract" || of === undefined) return [];
    const expanded = committedAt(of);
    const fix = `release ${of} first, and ${name} ${hours(expandBake.value)} after it.`;
    if (expanded === undefined) return [`${name}: its expand ${of} is not committed: ${fix}`];
    const baked = (committedAt(name) ?? now) - expanded;
    if (baked >= expandBake.value) return [];
    return [`${name}: its expand ${of} has baked for ${hours(baked)} of ${hours(expandBake.value)}: ${fix}`];
  });
}

/** When git first had the file; undefined while it has not. */
function firstCommit(root: string, file: string): number | undefined {
  const times = git(root, ["log", "--diff-filter=A", "--follow", "--format=%ct", "--", file]);
  const first = times.trim().split("\n").at(-1);
  return first === undefined || first === "" ? undefined : Number(first);
}

/** In a clone without history every file is as old as its newest commit. */
const isShallow = (root: string): boolean => git(root, ["rev-parse", "--is-shallow-repository"]).trim() === "true";

/** @throws Error with every contract of apps/<application>/migrations that comes too early, or whose time git cannot say. */
export function checkBaked(root: string, application: string, now: number): void {
  const folder = path.join("apps", application, "migrations");
  if (!existsSync(path.join(root, folder))) return;
  const early = unbaked(
    migrationsOf(textsIn(path.join(root, folder))),
    (migration) => firstCommit(root, `${folder}/${migration}.sql`),
    now,
  );
  if (early.length === 0) return;
  if (isShallow(root))
    throw new Error(
      `${application} cannot be released: a contract waits for its expand, and this shallow clone does not say since when ${folder} has them. Fetch the history: git fetch --unshallow`,
    );
  throw new Error(`${application} cannot be released:\n${early.map((line) => `  ${line}`).join("\n")}`);
}

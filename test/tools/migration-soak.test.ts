/** A contract waits for its expand: what is not committed, or only since today, is refused by `release plan`. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { migrationsOf } from "../../apps/sample/migrate/migration";
import { checkMigrationSoak, soakProblems } from "../../tools/generate/migration-soak";

const DAY = 86_400;
const EXPAND = "-- phase: expand\nalter table t add column b text;\n";
const CONTRACT = "-- phase: contract\n-- of: 0001_b\nalter table t drop column a;\n";
const migrations = migrationsOf({ "0001_b.sql": EXPAND, "0002_a.sql": CONTRACT });
const at = (times: Readonly<Record<string, number>>, now: number) =>
  soakProblems(migrations, (name) => times[name], now);

test("a contract is early until its expand has been there for a day", () => {
  expect(at({}, DAY)).toEqual([
    "0002_a: its expand 0001_b is not committed: release 0001_b first, and 0002_a 24 h after it.",
  ]);
  expect(at({ "0001_b": 100 }, 100 + DAY - 1)).toEqual([
    "0002_a: its expand 0001_b has served for 23 h of 24 h: release 0001_b first, and 0002_a 24 h after it.",
  ]);
  expect(at({ "0001_b": 100 }, 100 + DAY)).toEqual([]);
});

test("a contract that was committed in time stays right, one that came with its expand stays early", () => {
  expect(at({ "0001_b": 100, "0002_a": 100 + DAY }, 1e9)).toEqual([]);
  expect(at({ "0001_b": 100, "0002_a": 100 }, 1e9)).toHaveLength(1);
});

test("a backfill waits for its expand, and the contract for the backfill as well", () => {
  const FILL = "-- phase: backfill\n-- of: 0001_b\nupdate t set b = a where id in (select id from t limit 9);\n";
  const three = migrationsOf({ "0001_b.sql": EXPAND, "0002_fill.sql": FILL, "0003_a.sql": CONTRACT });
  const early = (times: Readonly<Record<string, number>>, now: number) =>
    soakProblems(three, (name) => times[name], now);
  const [fill, contract] = ["0002_fill: its expand 0001_b has served", "0003_a: its backfill 0002_fill has served"];
  expect(early({ "0001_b": 1, "0002_fill": 1, "0003_a": 1 + DAY }, 1e9)).toEqual([
    `${fill} for 0 h of 24 h: release 0001_b first, and 0002_fill 24 h after it.`,
  ]);
  expect(early({ "0001_b": 1, "0002_fill": 1 + DAY, "0003_a": 2 * DAY }, 1e9)).toEqual([
    `${contract} for 23 h of 24 h: release 0002_fill first, and 0003_a 24 h after it.`,
  ]);
  expect(early({ "0001_b": 1, "0002_fill": 1 + DAY }, 1 + 2 * DAY)).toEqual([]);
  expect(early({ "0001_b": 1, "0003_a": 1 + DAY }, 1 + 3 * DAY)).toEqual([
    "0003_a: its backfill 0002_fill is not committed: release 0002_fill first, and 0003_a 24 h after it.",
  ]);
});

test("the times are git's, from the commit that brought the file", () => {
  const root = mkdtempSync(path.join(tmpdir(), "soak-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = path.join(root, "apps/shop/migrations");
  mkdirSync(folder, { recursive: true });
  const git = (seconds: number, ...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      cwd: root,
      env: { ...process.env, GIT_COMMITTER_DATE: `@${seconds} +0000`, GIT_AUTHOR_DATE: `@${seconds} +0000` },
    });
  git(0, "init", "-q");
  writeFileSync(path.join(folder, "0001_b.sql"), EXPAND);
  git(1_000_000, "add", ".");
  git(1_000_000, "commit", "-qm", "expand");
  writeFileSync(path.join(folder, "0002_a.sql"), CONTRACT);
  expect(() => checkMigrationSoak(root, "shop", 1_000_000 + 60)).toThrow(
    "shop cannot be released:\n  0002_a: its expand 0001_b has served for 0 h of 24 h: release 0001_b first",
  );
  expect(() => checkMigrationSoak(root, "shop", 1_000_000 + DAY)).not.toThrow();
  expect(() => checkMigrationSoak(root, "other", 0)).not.toThrow();
});

test("a shallow clone is no proof of anything, and says so", () => {
  const root = mkdtempSync(path.join(tmpdir(), "soak-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const git = (cwd: string, ...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd, stdio: "pipe" });
  const [whole, shallow] = [path.join(root, "whole"), path.join(root, "shallow")];
  const folder = path.join(whole, "apps/shop/migrations");
  mkdirSync(folder, { recursive: true });
  git(whole, "init", "-q");
  for (const [name, text] of [["0001_b", EXPAND] as const, ["0002_a", CONTRACT] as const]) {
    writeFileSync(path.join(folder, `${name}.sql`), text);
    git(whole, "add", ".");
    git(whole, "commit", "-qm", name);
  }
  git(root, "clone", "-q", "--depth", "1", `file://${whole}`, shallow);
  expect(() => checkMigrationSoak(shallow, "shop", 0)).toThrow(
    new Error(
      "shop cannot be released: a migration waits for another one, and this shallow clone does not show since when apps/shop/migrations has them. Fetch the history: git fetch --unshallow",
    ),
  );
  expect(() => checkMigrationSoak(whole, "shop", 0)).toThrow("0002_a: its expand 0001_b has served for 0 h of 24 h");
});

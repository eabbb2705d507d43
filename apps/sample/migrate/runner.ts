/** Runs the migrations that have not run, so that no user waits behind one for longer than the lock's time-out. */
import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { sampleLimits } from "../limits/sample";
import { takeLock } from "./lock";
import { concurrent, indexOf, type Migration } from "./migration";

/** SQLSTATE of a statement that did not get its lock in time. */
const LOCK_NOT_AVAILABLE = "55P03";

/** Patience with locks; tests shorten it. */
export interface Patience {
  readonly timeoutMs: number;
  readonly pauseMs: number;
  readonly attempts: number;
}

const usual: Patience = {
  timeoutMs: sampleLimits.lockTimeout.value,
  pauseMs: sampleLimits.lockPause.value,
  attempts: sampleLimits.lockAttempts.value,
};

/** What is written down as it goes. */
export type Log = (line: string) => void;

const isLockTimeout = (error: unknown): boolean => (error as { code?: unknown }).code === LOCK_NOT_AVAILABLE;

async function inTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query("begin");
  try {
    await work();
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

/** Again while another session holds the table; between two attempts those who queued up behind it go first. */
async function patiently(client: Client, patience: Patience, log: Log, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(client, async () => {
        await client.query(`set local lock_timeout = '${patience.timeoutMs}ms'`);
        await work();
      });
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      if (attempt === patience.attempts)
        throw new Error(
          `no lock within ${patience.timeoutMs} ms, ${attempt} times: a reader or writer holds the table`,
        );
      log(`  attempt ${attempt} found the table in use`);
      await pause(patience.pauseMs);
    }
  }
}

const record = async (client: Client, { name, checksum }: Migration): Promise<void> => {
  await client.query("insert into schema_migrations (name, checksum) values ($1, $2)", [name, checksum]);
};

async function validity(client: Client, index: string): Promise<boolean | undefined> {
  const { rows } = await client.query<{ valid: boolean }>(
    "select indisvalid as valid from pg_index where indexrelid = to_regclass($1)",
    [index],
  );
  return rows[0]?.valid;
}

/**
 * Without a lock_timeout: with one, an open writer leaves an invalid index behind. One from an earlier attempt goes first:
 * `if not exists` would take it for the index.
 */
async function runConcurrently(client: Client, migration: Migration, log: Log): Promise<void> {
  const index = indexOf(migration);
  await client.query("set lock_timeout = 0");
  if (index !== undefined && (await validity(client, index)) === false) {
    log(`  ${index} is invalid, from an earlier attempt: it is dropped first`);
    await client.query(`drop index concurrently ${index}`);
  }
  for (const statement of migration.statements) await client.query(statement);
  if (index !== undefined && (await validity(client, index)) !== true)
    throw new Error(`${migration.name}: the index ${index} is not valid after it was built`);
  await record(client, migration);
}

/**
 * Fills in batches until one changes nothing. While a version without the column still writes there is always a new row, so a
 * backfill also ends after some batches that are smaller than the largest: what stood when it began is filled.
 */
async function fill(client: Client, { name, statements }: Migration, patience: Patience, log: Log): Promise<void> {
  for (const statement of statements) {
    let [changed, largest, smaller] = [-1, 0, 0];
    while (changed !== 0 && smaller < sampleLimits.backfillTail.value) {
      await patiently(client, patience, log, async () => {
        changed = (await client.query(statement)).rowCount ?? 0;
      });
      largest = Math.max(largest, changed);
      if (changed < largest) smaller++;
    }
    if (changed !== 0) log(`  ${name} ends while rows without it are still written; its contract fills them first`);
  }
}

async function run(
  client: Client,
  migration: Migration,
  all: readonly Migration[],
  patience: Patience,
  log: Log,
): Promise<void> {
  if (concurrent(migration)) return runConcurrently(client, migration, log);
  if (migration.phase === "backfill") {
    await fill(client, migration, patience, log);
    return record(client, migration);
  }
  // What the old version has written since: nobody fills it once the old column is gone.
  if (migration.phase === "contract")
    for (const one of all.filter(({ phase, of }) => phase === "backfill" && of === migration.of))
      await fill(client, one, patience, log);
  return patiently(client, patience, log, async () => {
    for (const statement of migration.statements) await client.query(statement);
    await record(client, migration);
  });
}

const TABLE = `create table if not exists schema_migrations (
  name text primary key, checksum text not null, applied_at timestamptz not null default now())`;

async function applied(client: Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    "select name, checksum from schema_migrations",
  );
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

/**
 * Runs what has not run, in order, and stops at the first that fails: those before it stay, the running version goes on.
 * @param client connected, and nobody else's: the lock belongs to its connection.
 * @returns the names of those that ran.
 */
export async function migrate(
  client: Client,
  migrations: readonly Migration[],
  lockKey: string,
  log: Log,
  patience: Patience = usual,
): Promise<readonly string[]> {
  await takeLock(client, lockKey);
  try {
    await client.query(TABLE);
    const before = await applied(client);
    const changed = migrations.find(({ name, checksum }) => (before.get(name) ?? checksum) !== checksum);
    if (changed !== undefined) throw new Error(`${changed.name}.sql has run and was changed since: write a new one`);
    const due = migrations.filter(({ name }) => !before.has(name));
    for (const migration of due) {
      log(`${migration.name}: ${migration.phase}`);
      await run(client, migration, migrations, patience, log);
    }
    return due.map(({ name }) => name);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [lockKey]);
  }
}

/** One migrator at a time: an advisory lock, tried again and again. */
import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { sampleLimits } from "../limits/sample";

/**
 * Takes the lock on the client that migrates, which must be the client's own: through a pool the lock would stay with
 * another connection. Never `pg_advisory_lock`: whoever waits in it holds a snapshot, and an index that is built
 * concurrently waits for that, which is a deadlock (40P01).
 * @throws Error when another migrator holds it for longer than `waitMs`.
 */
export async function takeLock(client: Client, key: string, waitMs = sampleLimits.migratorWait.value): Promise<void> {
  const until = Date.now() + waitMs;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [key]);
    if (rows[0]?.taken === true) return;
    if (Date.now() >= until) throw new Error(`another migrator holds the lock ${key} for more than ${waitMs} ms`);
    await pause(sampleLimits.lockPause.value);
  }
}

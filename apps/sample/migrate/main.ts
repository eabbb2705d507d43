/** The command of the migration Job: runs the folder's migrations against DATABASE_URL, and fails if one does. */
import * as path from "node:path";
import { Client } from "pg";
import { sampleLimits } from "../limits/sample";
import { textsIn } from "./files";
import { migrationsOf } from "./migration";
import { migrate } from "./runner";

async function main(): Promise<void> {
  const { DATABASE_URL: url, MIGRATION_LOCK_KEY: key, MIGRATIONS = path.join(__dirname, "migrations") } = process.env;
  if (url === undefined || key === undefined)
    throw new Error("DATABASE_URL and MIGRATION_LOCK_KEY are needed: where to, and which lock (a whole number)");
  const migrations = migrationsOf(textsIn(MIGRATIONS));
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: sampleLimits.queryTimeout.value,
    application_name: "sample migration",
  });
  await client.connect();
  try {
    const ran = await migrate(client, migrations, key, (line) => void process.stdout.write(`${line}\n`));
    process.stdout.write(ran.length === 0 ? "nothing to migrate\n" : `${ran.length} migrated\n`);
  } finally {
    await client.end();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`migrate: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

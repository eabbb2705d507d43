/** A PostgreSQL of our own: data in a folder that goes with it, 127.0.0.1 only, never as root. */
import { execFile } from "node:child_process";
import { chownSync, mkdirSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { programPath } from "../../setup/debian-tools.cjs";
import { Program } from "./program";
import { freePort, until } from "./wait";

const run = promisify(execFile);

/** A running server. */
export interface Postgres {
  readonly program: Program;
  /** Of the server's first database, as its owner. */
  readonly url: string;
  /** Of a new database, copied from another one. */
  createDatabase(name: string, template?: string): Promise<string>;
}

/** The user that it runs as: the package's own, because PostgreSQL refuses to run as root. */
async function owner(): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string): Promise<number> => Number((await run("id", [flag, "postgres"])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Starts one. Without fsync: what is measured is who waits for whom, not the disk. */
export async function startPostgres(folder: string): Promise<Postgres> {
  const user = await owner();
  const data = path.join(folder, "postgres");
  mkdirSync(data, { recursive: true });
  if (user !== undefined) chownSync(data, user.uid, user.gid);
  const initdb = path.join(path.dirname(programPath("postgres")), "initdb");
  await run(initdb, ["-D", data, "-U", "sample", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"], {
    cwd: data,
    ...user,
  });
  const port = await freePort();
  const settings = {
    fsync: "off",
    listen_addresses: "127.0.0.1",
    unix_socket_directories: data,
    max_connections: "200",
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const program = new Program({
    program: programPath("postgres"),
    args: ["-D", data, "-p", String(port), ...options],
    cwd: data,
    signal: "QUIT",
    ...(user === undefined ? {} : { user }),
  });
  const urlOf = (name: string): string => `postgres://sample@127.0.0.1:${port}/${name}`;
  const url = urlOf("postgres");
  await until(
    "PostgreSQL responds",
    () => answers(url),
    () => program.output,
  );
  return {
    program,
    url,
    createDatabase: async (name, template = "template1") => {
      await execute(url, `create database ${name} template ${template}`);
      return urlOf(name);
    },
  };
}

/** Instances of the sample, bundled once for a run. */
import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { Program } from "./program";
import { freePort, until } from "./wait";

const run = promisify(execFile);
const ROOT = path.resolve(__dirname, "../../..");

/** What an instance needs beside a port; names and meanings are those of apps/sample/config.ts. */
export type Variables = Readonly<Record<string, string>>;

/** A running instance. */
export interface Instance {
  readonly program: Program;
  readonly port: number;
  readonly url: string;
}

/** Bundles the sample into a folder. @returns the folder of the bundle. */
export async function bundleSample(folder: string): Promise<string> {
  const target = path.join(folder, "sample");
  await run(process.execPath, [path.join(ROOT, "apps/sample/build.mjs"), target], { cwd: ROOT });
  return target;
}

/** Runs the bundle's migrations. @returns what it printed. @throws Error with what it said when it fails. */
export async function migrateSample(bundle: string, databaseUrl: string, more: Variables = {}): Promise<string> {
  const env = { DATABASE_URL: databaseUrl, MIGRATION_LOCK_KEY: "7001", ...more };
  return (await run(process.execPath, [path.join(bundle, "migrate.cjs")], { env })).stdout;
}

/** The status of an answer; 0 without one. */
export async function statusOf(url: string): Promise<number> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000), headers: { Connection: "close" } });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** Starts an instance; it may not be ready yet. @param port another than a free one, to come back at the same place. */
export async function startInstance(bundle: string, variables: Variables, port?: number): Promise<Instance> {
  const own = port ?? (await freePort());
  const env = { HOST: "127.0.0.1", SESSION_KEYS: "only for rehearsals", ...variables, PORT: String(own) };
  const program = new Program({ program: process.execPath, args: ["main.cjs"], cwd: bundle, env });
  const url = `http://127.0.0.1:${own}`;
  await until(
    "the sample responds",
    async () => {
      if (!program.runs) throw new Error(`the sample ended:\n${program.output}`);
      return (await statusOf(`${url}/live`)) !== 0;
    },
    () => program.output,
  );
  return { program, port: own, url };
}

/** Whether it is ready. */
export async function isReady({ url }: Instance): Promise<boolean> {
  return (await statusOf(`${url}/ready`)) === 200;
}

/** Waits until it is ready. */
export async function ready(instance: Instance): Promise<Instance> {
  await until(
    "the sample is ready",
    () => isReady(instance),
    () => instance.program.output,
  );
  return instance;
}

/** The cookie of a session that a login gives; undefined where it gives none. */
export async function logIn(url: string, user: string, headers: Variables = {}): Promise<string | undefined> {
  const answer = await fetch(`${url}/login?user=${user}`, { method: "POST", headers });
  await answer.arrayBuffer();
  return answer.headers.getSetCookie()[0]?.split(";")[0];
}

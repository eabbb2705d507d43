/** Where the Pulumi CLI is, and how it is started: the one on PATH, else the one that the npm package `pulumi` fetches. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { messageOf, UserError } from "../core/errors";

/** How a command of the CLI is started. */
export interface CommandContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** How a command of the CLI ended. */
export interface CommandEnd {
  readonly code: number;
  readonly stdout: string;
}

/** What the npm package `pulumi` exports for its own command: the path of a CLI that it has fetched. */
interface CliPackage {
  readonly resolve: () => Promise<string>;
}

const NAMES = process.platform === "win32" ? ["pulumi.exe", "pulumi.cmd"] : ["pulumi"];

/** As a shell counts a program that a signal ended: 128 and the signal's number; 2 is SIGINT's. */
const EXIT_INTERRUPTED = 130;

/**
 * The CLI to use. The project's own `node_modules/.bin` does not count as PATH: what lies there is the npm package's
 * wrapper, which dies of Ctrl-C before the CLI behind it has ended.
 * @param root folder of package.json.
 * @throws UserError when there is none and none can be fetched.
 */
export async function findCli(root: string): Promise<string> {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const outside = folders.filter((folder) => path.resolve(folder) !== path.join(root, "node_modules", ".bin"));
  const files = outside.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return files.find(isExecutable) ?? (await fetchedCli(root));
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The package fetches the CLI at its first use and keeps it in PULUMI_HOME, `~/.pulumi` unless set. */
async function fetchedCli(root: string): Promise<string> {
  const load = createRequire(path.join(root, "package.json"));
  try {
    return await (load("pulumi/lib/resolve") as CliPackage).resolve();
  } catch (error) {
    throw new UserError(
      `ENGINE=pulumi needs the real Pulumi CLI: there is no \`pulumi\` on PATH, and the npm package \`pulumi\` could not fetch it (${reasonOf(error)}).\n` +
        "Install it as in https://www.pulumi.com/docs/install/, or leave ENGINE out: the embedded engine needs nothing.",
    );
  }
}

/** `fetch failed` alone is no help: its cause names the host. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const first = messageOf(error).split("\n")[0] ?? "";
  return cause === undefined ? first : `${first}: ${messageOf(cause)}`;
}

/**
 * Runs the CLI in front of the user, and returns its exit code.
 * A terminal sends Ctrl-C to the CLI too, which ends what is under way and saves it: until then the providers must live.
 * @param output where its standard output goes; 2 is ours for errors.
 */
export async function runCli(
  cli: string,
  args: readonly string[],
  context: CommandContext,
  output: "inherit" | 2 = "inherit",
): Promise<number> {
  const child = spawn(cli, args, { ...contextFor(cli, context), stdio: ["inherit", output, "inherit"] });
  const ignore = (): void => undefined;
  const pass = (): void => void child.kill("SIGTERM");
  process.on("SIGINT", ignore);
  process.on("SIGTERM", pass);
  try {
    return await ended(child);
  } finally {
    process.off("SIGINT", ignore);
    process.off("SIGTERM", pass);
  }
}

/**
 * Runs a command of the CLI whose output is read.
 * @param input what it reads from standard input, such as a secret, which an argument would show to every process list.
 * @throws UserError when it fails; what it complained of was shown.
 */
export async function callCli(
  cli: string,
  args: readonly string[],
  context: CommandContext,
  input?: string,
): Promise<CommandEnd> {
  const child = spawn(cli, args, { ...contextFor(cli, context), stdio: ["pipe", "pipe", "inherit"] });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  // A command that needs no input may have ended before it is written.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input ?? "");
  return { code: await ended(child), stdout };
}

/** The language hosts lie beside the CLI: one that was fetched is not on PATH. */
function contextFor(cli: string, { cwd, env }: CommandContext): CommandContext {
  return { cwd, env: { ...env, PATH: `${path.dirname(cli)}${path.delimiter}${env.PATH ?? ""}` } };
}

function ended(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? (signal === null ? 1 : EXIT_INTERRUPTED)));
  });
}

/** Runs the command line with ENGINE=pulumi on the fake CLI, and reads how that was called. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach } from "vitest";

/** The root of this repository. */
export const root = path.resolve(__dirname, "../..");
let folder: string;

/** A folder for each test, with a space in its name: home, PATH, work folder and what is recorded. */
export const temporary = (): string => folder;

/** One call of the fake CLI. */
export interface Recorded {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly backend: string;
  readonly passphrase: string;
  /** NODE_OPTIONS of its environment: what every Node process of the CLI would load. */
  readonly nodeOptions?: string;
  readonly attached: Readonly<Record<string, { readonly port: number; readonly version: string }>>;
}

/** How the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Gives each test of the calling file its own folder. A hook at the top of this module would run for one file only: files share modules. */
export function inOwnFolder(): void {
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "real engine-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
}

/** Runs a verb with only the given `pulumi` on PATH. */
export function run(
  verb: readonly string[],
  { withPulumi = true, exit = 0, states = {}, env: more = {} } = {},
): Promise<Ended> {
  const bin = path.join(folder, "bin");
  fs.rmSync(bin, { recursive: true, force: true });
  fs.mkdirSync(bin);
  if (withPulumi) fs.symlinkSync(path.join(root, "test", "support", "fake-pulumi.cjs"), path.join(bin, "pulumi"));
  fs.symlinkSync(process.execPath, path.join(bin, "node"));
  fs.writeFileSync(path.join(folder, "states.json"), JSON.stringify(states));
  // No test may fetch a CLI.
  fs.writeFileSync(path.join(folder, "offline.cjs"), 'globalThis.fetch = async () => { throw new Error("offline"); };');
  const args = [
    "--require",
    path.join(folder, "offline.cjs"),
    path.join(root, "cli", "bin.cjs"),
    ...verb,
    ...(verb[0] === "destroy" && !verb.includes("--yes") ? ["--yes"] : []),
    "--cwd",
    root,
    "--engine",
    "pulumi",
    "--work",
    path.join(folder, "work"),
  ];
  const env = {
    PATH: bin,
    HOME: folder,
    PULUMI_HOME: path.join(folder, "pulumi-home"),
    FAKE_PULUMI_ROOT: root,
    FAKE_PULUMI_RECORD: path.join(folder, "record"),
    FAKE_PULUMI_STATES: path.join(folder, "states.json"),
    FAKE_PULUMI_EXIT: String(exit),
    ...more,
  };
  const child = spawn(process.execPath, args, { cwd: folder, env });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output, errors })));
}

/** Words of an update of foundation without policies. */
export const up = (...more: readonly string[]): string[] => [
  "up",
  "--yes",
  "--stack",
  "foundation",
  "--no-policies",
  ...more,
];

/** The calls so far. */
export function recorded(): Recorded[] {
  const lines = fs.readFileSync(path.join(folder, "record"), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Recorded);
}

/** Whether anything listens on the port. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(socket.destroy() !== undefined));
    socket.once("error", () => resolve(false));
  });
}

/** Everything below the folder, with its text. */
export function filesIn(below: string): readonly (readonly [string, string])[] {
  return fs.readdirSync(below, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(below, entry.name);
    if (entry.isDirectory()) return filesIn(file);
    return entry.isFile() ? [[file, fs.readFileSync(file, "utf8")] as const] : [];
  });
}

/** The work folder. */
export const work = (): string => path.join(folder, "work");
/** The folder of backend and configuration. */
export const workspace = (): string => path.join(work(), "pulumi");
/** The stack's configuration that the CLI is given. */
export const configOf = (stack: string): string => path.join(workspace(), `Pulumi.${stack}.yaml`);

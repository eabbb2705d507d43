/** What the tests of the command line share: the command as a process, and small projects for it to run. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { onTestFinished } from "vitest";

/** The root of this repository. */
export const ROOT = path.resolve(__dirname, "../..");

const BIN = path.join(ROOT, "cli", "bin.cjs");

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What {@link start} can be told. */
export interface StartOptions {
  readonly bin?: string;
  /** Working directory of the process. @default this one's */
  readonly cwd?: string;
  /** Arguments of Node itself. */
  readonly nodeArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Stop reading before anything is written: standard output is a closed pipe for the process. */
  readonly deaf?: boolean;
  /** What the process reads on standard input. */
  readonly input?: string;
  /** Leave `up` and `destroy` without --yes: nobody can be asked then. @default false */
  readonly unapproved?: boolean;
  /** Hears standard output as it grows. */
  readonly onOutput?: (soFar: string, interrupt: () => void) => void;
}

/** Runs the command line to its end. */
export function fridayproof(args: readonly string[], options: StartOptions = {}): Promise<Ended> {
  const { bin = BIN, cwd, nodeArgs = [], env = {}, deaf = false, input, onOutput, unapproved = false } = options;
  const asks = ["up", "destroy"].includes(args[0] ?? "") && !unapproved && !args.includes("--yes");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeArgs, bin, ...args, ...(asks ? ["--yes"] : [])], {
      cwd,
      env: { ...process.env, NO_COLOR: "1", ...env },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      onOutput?.(stdout, () => child.kill("SIGINT"));
    });
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    if (deaf) child.stdout.destroy();
    if (input !== undefined) child.stdin.end(input);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs a verb of the command line on a project of {@link project}, which has no policies. */
export function runIn(folder: string, verb: string, ...args: readonly string[]): Promise<Ended> {
  const policies = ["up", "preview", "destroy"].includes(verb) ? ["--no-policies"] : [];
  return fridayproof([verb, ...args, "--cwd", folder, ...policies]);
}

/** An empty folder with a space in its name, removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "friday proof "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A project with one program, on the sandbox's stack `dev`; returns its folder. */
export function project(program: string, config = "config:\n  lab:size: small\n"): string {
  const folder = temporaryFolder();
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"), "dir");
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: lab\nruntime: nodejs\n");
  writeFileSync(path.join(folder, "package.json"), '{ "main": "index.ts" }\n');
  writeFileSync(path.join(folder, "Pulumi.dev.yaml"), config);
  writeFileSync(path.join(folder, "index.ts"), program);
  return folder;
}

/** The beginning of every program: a provider, a VPC, and what goes on after it. */
export function program(body: string): string {
  return `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
export = () => {
  const provider = new aws.Provider("aws", { region: "us-east-1" });
  const vpc = new aws.ec2.Vpc("net", { cidrBlock: "10.7.0.0/16" }, { provider });
${body}
};
`;
}

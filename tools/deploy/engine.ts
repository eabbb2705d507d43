/** How the pipeline's steps run: on the sandbox, or as the real Pulumi command line on an account that the job may log in to. */
import { spawnSync } from "node:child_process";
import * as path from "node:path";

/** The root of this repository. */
export const ROOT = path.resolve(__dirname, "../..");

/** A plan of a large stack is some MB. */
const OUTPUT_BYTES = 256 * 1024 * 1024;

/** Where it runs. `aws` is the real thing. */
export type Where = "sandbox" | "aws";

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
}

/** The command line, from the root. */
export const CLI = path.join("cli", "bin.cjs");

type Verb = "preview" | "up";

const SANDBOX: Readonly<Record<Verb, readonly string[]>> = {
  preview: [CLI, "preview", "--json"],
  up: [CLI, "up", "--yes"],
};

/** The policies always run: without both flags nothing is checked. */
function onAws(verb: Verb, stack: string): readonly string[] {
  const pack = ["--policy-pack", "policies", "--policy-pack-config", path.join("stacks", "policies", `${stack}.json`)];
  const own = verb === "preview" ? ["--json", "--show-sames"] : ["--yes"];
  return [verb, "--stack", stack, "--non-interactive", ...own, ...pack];
}

/** The command of a verb, without its program's place. */
export function commandOf(where: Where, verb: Verb, stack: string): readonly [program: string, ...args: string[]] {
  return where === "aws" ? ["pulumi", ...onAws(verb, stack)] : [process.execPath, ...SANDBOX[verb], "--stack", stack];
}

/** Runs a command of this repository. @param keep whether its output is an answer and not for people. */
export function run(
  [program, ...args]: readonly [string, ...string[]],
  keep: boolean,
  env: NodeJS.ProcessEnv = process.env,
): Ended {
  const { status, stdout, error } = spawnSync(program, args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: OUTPUT_BYTES,
    stdio: ["inherit", keep ? "pipe" : "inherit", "inherit"],
    env: { ...env, NO_COLOR: "1" },
  });
  if (error !== undefined) throw new Error(`${program} does not run: ${error.message}`);
  return { code: status ?? 1, stdout: stdout ?? "" };
}

/** @throws Error for anything but the two. */
export function whereOf(text: string): Where {
  if (text === "sandbox" || text === "aws") return text;
  throw new Error(`ON: got "${text}"; allowed: sandbox, aws.`);
}

/** @throws Error for what can be no stack's name. */
export function stackOf(text: string): string {
  if (/^[a-z][a-z0-9-]*$/.test(text)) return text;
  throw new Error(`STACK: got "${text}"; allowed: the name of a stack.`);
}

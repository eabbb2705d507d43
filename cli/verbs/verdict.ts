/** `fridayproof verdict`: what a plan would do to whoever is served; any plan of Pulumi or Terraform. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { exitCodeOf, PlanError, readPlan, verdictOn } from "@fridayproof/guard/verdict";
import type { Verb } from "../context/verb";

interface VerdictFlags {
  readonly before?: string;
  readonly json?: boolean;
}

/** Standard input in place of a file. */
const STDIN = "-";

function bytesOf(file: string): Buffer {
  if (file === STDIN) return readFileSync(process.stdin.fd);
  if (!existsSync(file)) throw new PlanError(`${file}: there is no such file.`);
  if (!statSync(file).isFile())
    throw new PlanError(`${file} is a folder, a pipe or a device, not a file. Standard input is read with -.`);
  return readFileSync(file);
}

function show(file: string, { before }: VerdictFlags): void {
  const result = verdictOn(readPlan(bytesOf(file), before === undefined ? undefined : bytesOf(before)));
  const exitCode = exitCodeOf(result.verdict, result.servingPath);
  process.stdout.write(`${JSON.stringify({ ...result, exitCode }, undefined, 2)}\n`);
  process.exitCode = exitCode;
}

/** Options and action. */
export const verb: Verb = (command) => {
  command
    .argument("<plan>", "what `pulumi preview --json` or `terraform show -json` wrote; - reads standard input")
    .option("--before <state>", "what `pulumi stack export` wrote: who is served by what the plan changes")
    .option("--json", "print the verdict as JSON")
    .action(show);
};

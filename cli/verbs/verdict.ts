/** `fridayproof verdict`: what a plan would do to whoever is served; any plan of Pulumi or Terraform. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dayOf } from "@fridayproof/components/core";
import { PlanError, readAcceptances, readPlan, verdictOn } from "@fridayproof/guard/verdict";
import { documentOf, textOf } from "@fridayproof/guard/verdict/report";
import { dayOption } from "../context/options";
import type { Verb } from "../context/verb";

interface VerdictFlags {
  readonly before?: string;
  readonly json?: boolean;
  readonly full?: boolean;
  readonly accept?: string;
  readonly asOf?: string;
}

/** Standard input in place of a file. */
const STDIN = "-";

function bytesOf(file: string): Buffer {
  if (file === STDIN) {
    if (process.stdin.isTTY) throw new PlanError("- reads standard input, and nothing is piped into it.");
    return readFileSync(process.stdin.fd);
  }
  if (!existsSync(file)) throw new PlanError(`${file}: there is no such file.`);
  if (!statSync(file).isFile())
    throw new PlanError(`${file} is a folder, a pipe or a device, not a file. Standard input is read with -.`);
  return readFileSync(file);
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(bytesOf(file).toString("utf8"));
  } catch (error) {
    if (error instanceof PlanError) throw error;
    throw new PlanError(`${file} is not JSON: acceptances are a list of objects.`);
  }
}

/** What is wrong with a plan is told with the file's name. */
function judged(file: string, before: string | undefined): ReturnType<typeof verdictOn> {
  const bytes = bytesOf(file);
  try {
    return verdictOn(readPlan(bytes, before === undefined ? undefined : bytesOf(before)));
  } catch (error) {
    if (error instanceof PlanError) throw new PlanError(`${file}: ${error.message}`);
    throw error;
  }
}

function show(file: string, { before, json, full, accept, asOf }: VerdictFlags): void {
  const acceptances = accept === undefined ? [] : readAcceptances(jsonOf(accept));
  const document = documentOf(judged(file, before), { acceptances, today: asOf ?? dayOf(new Date()) });
  const lines = json === true ? [JSON.stringify(document, undefined, 2)] : textOf(document, full === true);
  process.stdout.write(`${lines.join("\n")}\n`);
  process.exitCode = document.exitCode;
}

/** Options and action. */
export const verb: Verb = (command) => {
  command
    .argument("<plan>", "what `pulumi preview --json` or `terraform show -json` wrote; - reads standard input")
    .option("--before <state>", "what `pulumi stack export` wrote: who is served by what the plan changes")
    .option("--accept <file>", "JSON of what somebody has answered for: it lowers the exit code, never the verdict")
    .option("--as-of <day>", "day that counts as today for acceptances (default: the real one)", dayOption)
    .option("--full", "harmless changes too, one by one")
    .option("--json", "print the verdict as JSON; its schema is in @fridayproof/guard/verdict/verdict.schema.json")
    .action(show);
};

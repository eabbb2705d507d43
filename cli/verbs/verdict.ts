/** `fridayproof verdict`: what a plan would do to whoever is served; any plan of Pulumi or Terraform. */
import { dayOf } from "@fridayproof/components/core";
import { verdictOn } from "@fridayproof/guard/verdict";
import { documentOf, textOf } from "@fridayproof/guard/verdict/report";
import { dayOption } from "../context/options";
import { acceptancesIn, planIn } from "../stack/plan-files";
import type { Verb } from "../context/verb";

interface VerdictFlags {
  readonly before?: string;
  readonly json?: boolean;
  readonly full?: boolean;
  readonly accept?: string;
  readonly asOf?: string;
}

function show(file: string, { before, json, full, accept, asOf }: VerdictFlags): void {
  const acceptances = acceptancesIn(accept);
  const document = documentOf(verdictOn(planIn(file, before)), { acceptances, today: asOf ?? dayOf(new Date()) });
  const lines = json === true ? [JSON.stringify(document, undefined, 2)] : textOf(document, full === true);
  process.stdout.write(`${lines.join("\n")}\n`);
  process.exitCode = document.exitCode;
}

/** Options and action. */
export const verb: Verb = (command) => {
  command
    .argument("<plan>", "what `pulumi preview --json` or `terraform show -json` wrote; - reads standard input")
    .option("--before <state>", "what `pulumi stack export` wrote: who is served by what the plan changes")
    .option("--accept <file>", "JSON of accepted changes: it lowers the exit code, never the verdict")
    .option("--as-of <day>", "day that counts as today for acceptances (default: the real one)", dayOption)
    .option("--full", "harmless changes too, one by one")
    .option("--json", "print the verdict as JSON; its schema is in @fridayproof/guard/verdict/verdict.schema.json")
    .action(show);
};

/** `fridayproof verdict`: what a plan of Pulumi or Terraform would do to traffic and data. */
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
    .argument("<plan>", "output of `pulumi preview --json` or `terraform show -json`; - reads standard input")
    .option(
      "--before <state>",
      "output of `pulumi stack export` before the plan, for traffic and references that the plan does not show",
    )
    .option("--accept <file>", "JSON of accepted changes: they lower the exit code, never the verdict")
    .option("--as-of <day>", "date of the check, for the expiry of acceptances (default: today)", dayOption)
    .option("--full", "list harmless changes too")
    .option("--json", "print the verdict as JSON; its schema is in @fridayproof/guard/verdict/verdict.schema.json")
    .action(show);
};

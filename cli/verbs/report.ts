/** `fridayproof report`: reports the plans of a pull request as one comment, a page, JSON or SARIF. */
import * as path from "node:path";
import { dayOf } from "@fridayproof/components/core";
import { htmlOf, markdownOf, type Pair, type ReportedPlan, reportOf, sarifOf } from "@fridayproof/guard/report";
import { planTimeOf } from "@fridayproof/guard/timeline";
import { PlanError, verdictOn } from "@fridayproof/guard/verdict";
import { documentOf } from "@fridayproof/guard/verdict/report";
import { EXIT_USAGE, UserError } from "@fridayproof/sandbox/errors";
import { InvalidArgumentError } from "commander";
import { replaceFiles } from "../context/files";
import { dayOption } from "../context/options";
import { acceptancesIn, bytesOf, planFrom } from "../stack/plan-files";
import type { Verb } from "../context/verb";

interface ReportFlags {
  readonly before?: readonly NamedFile[];
  readonly replica?: readonly Pair[];
  readonly accept?: string;
  readonly asOf?: string;
  readonly json?: boolean;
  readonly markdown?: string;
  readonly html?: string;
  readonly sarif?: string;
}

/** A file of an environment. */
interface NamedFile {
  readonly environment: string;
  readonly file: string;
}

/** `prod=plans/prod.json`; of a file alone, its name is the environment. */
function namedFile(text: string): NamedFile {
  const at = text.indexOf("=");
  const [environment, file] =
    at < 0 ? [path.basename(text).replace(/(\.plan)?\.json$/, ""), text] : [text.slice(0, at), text.slice(at + 1)];
  if (environment === "" || file === "") throw new InvalidArgumentError("Write it as environment=file.");
  return { environment, file };
}

const plan = (text: string, previous: readonly NamedFile[] = []): readonly NamedFile[] => [
  ...previous,
  namedFile(text),
];

function state(text: string, previous: readonly NamedFile[] = []): readonly NamedFile[] {
  if (!text.includes("=")) throw new InvalidArgumentError("Write it as environment=file.");
  return plan(text, previous);
}

function checkNames(plans: readonly NamedFile[], states: readonly NamedFile[]): void {
  const names = plans.map(({ environment }) => environment);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new UserError(`two plans are called ${twice}: write environment=file for each.`, EXIT_USAGE);
  const unknown = states.find(({ environment }) => !names.includes(environment));
  if (unknown !== undefined)
    throw new UserError(
      `--before ${unknown.environment}: there is no plan of it; plans: ${names.join(", ")}.`,
      EXIT_USAGE,
    );
}

const pairForm = "Write it as replica=primary, both names of plans.";

function replica(text: string, previous: readonly Pair[] = []): readonly Pair[] {
  const [name = "", primary = "", ...rest] = text.split("=");
  if (name === "" || primary === "" || name === primary || rest.length > 0) throw new InvalidArgumentError(pairForm);
  return [...previous, { primary, replica: name }];
}

function checkPairs(plans: readonly NamedFile[], pairs: readonly Pair[]): void {
  const names = plans.map(({ environment }) => environment);
  const unknown = pairs.flatMap((pair) => [pair.primary, pair.replica]).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UserError(`--replica ${unknown}: there is no plan of it; plans: ${names.join(", ")}.`, EXIT_USAGE);
}

function show(plans: readonly NamedFile[], flags: ReportFlags): void {
  const { before = [], replica: pairs = [], accept, asOf, json, markdown, html, sarif } = flags;
  checkNames(plans, before);
  checkPairs(plans, pairs);
  const options = { acceptances: acceptancesIn(accept), today: asOf ?? dayOf(new Date()) };
  const reported = plans.map(({ environment, file }): ReportedPlan => {
    try {
      const bytes = bytesOf(file);
      const read = planFrom(file, bytes, before.find((each) => each.environment === environment)?.file);
      const time = read.steps === undefined ? undefined : planTimeOf(read.steps);
      return { environment, plan: read, document: documentOf(verdictOn(read), options), time };
    } catch (error) {
      if (error instanceof PlanError) return { environment, problem: error.message };
      throw error;
    }
  });
  const report = reportOf(reported, { pairs, today: options.today });
  const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
  replaceFiles([
    ...(markdown === undefined ? [] : [{ file: markdown, text: markdownOf(report) }]),
    ...(html === undefined ? [] : [{ file: html, text: htmlOf(report) }]),
    ...(sarif === undefined ? [] : [{ file: sarif, text: jsonText(sarifOf(report)) }]),
  ]);
  if (json === true) process.stdout.write(jsonText(report));
  else if (markdown === undefined) process.stdout.write(markdownOf(report));
  process.exitCode = report.exitCode;
}

/** Options and action. */
export const verb: Verb = (command) => {
  command
    .argument(
      "<plan...>",
      "plans as for `verdict`, as environment=file; of a file alone, its name is the environment",
      plan,
    )
    .option("--before <environment=state>", "output of `pulumi stack export` before the plan; may be repeated", state)
    .option("--replica <replica=primary>", "compare the planned states of both; may be repeated", replica)
    .option("--accept <file>", "JSON of accepted changes: they lower the exit code, never the verdict")
    .option("--as-of <day>", "date of the check, for the expiry of acceptances (default: today)", dayOption)
    .option("--json", "print the report as JSON")
    .option("--markdown <file>", "write the comment to a file instead of standard output")
    .option("--html <file>", "write one page: the tree of changes by verdict, usable offline")
    .option("--sarif <file>", "write SARIF 2.1.0: each finding at the line that declares its resource")
    .action(show);
};

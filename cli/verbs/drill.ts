/** `fridayproof drill`: rehearses an outage of a region on the sandbox, from the preflight to the failback. */
import { didYouMean, dayOf } from "@fridayproof/components/core";
import {
  drillMarkdown,
  drillPicture,
  drillReport,
  drillText,
  type Scenario,
  scenarios,
} from "@fridayproof/guard/drill";
import { EXIT_USAGE, UserError } from "@fridayproof/sandbox/errors";
import { replaceFile } from "../context/files";
import { addFolderOptions } from "../context/options";
import { findProject, type Folders } from "../context/project";
import type { Verb } from "../context/verb";
import { exercised } from "../drill/exercise";
import { scratchOf } from "../drill/scratch";

interface DrillFlags extends Folders {
  readonly scenario: string;
  readonly list?: boolean;
  readonly json?: boolean;
  readonly markdown?: string;
  readonly svg?: string;
}

/** Time-out of calls without a response; short, because the sandbox never responds late. Seconds. */
const CALL_TIMEOUT = 0.2;
const EXITS = "\nExit: 0 passed, 3 failed, or a step is over its budget, 1 error, 2 wrong use";

function scenarioNamed(name: string): Scenario {
  const names = scenarios.map((scenario) => scenario.name);
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  throw new UserError(`--scenario ${name}: allowed: ${names.join(", ")}.${didYouMean(name, names)}`, EXIT_USAGE);
}

function list(): void {
  for (const { name, title, expects, incident } of scenarios)
    process.stdout.write(`${name.padEnd(14)} ${title}: ${expects}\n${" ".repeat(15)}${incident}\n`);
}

async function drill({ scenario: name, list: isList, json, markdown, svg, ...folders }: DrillFlags): Promise<void> {
  if (isList === true) return list();
  const scenario = scenarioNamed(name);
  const scratch = scratchOf(findProject(folders));
  try {
    const { steps, results, preflight, stores } = await exercised({
      ...{ scratch, scenario, callTimeout: CALL_TIMEOUT },
      onStep: ({ title }, { passed }) => process.stderr.write(`${passed ? "ok    " : "FAILED"} ${title}\n`),
    });
    const report = drillReport(scenario, steps, results, {
      day: dayOf(new Date()),
      preflight,
      stores,
      recoveries: scratch.pair.recoveries,
    });
    if (markdown !== undefined) replaceFile(markdown, drillMarkdown(report));
    if (svg !== undefined) replaceFile(svg, drillPicture(report));
    const lines = json === true ? [JSON.stringify(report, undefined, 2)] : drillText(report);
    process.stdout.write(`${lines.join("\n")}\n`);
    process.exitCode = report.outcome !== "failed" && report.inBudget ? 0 : 3;
  } finally {
    scratch.remove();
  }
}

/** Options and action. */
export const verb: Verb = (command) => {
  addFolderOptions(
    command
      .option("--scenario <name>", "the outage; --list shows all", "region-lost")
      .option("--list", "list every scenario, its expected outcome, and the incident that it follows")
      .option("--json", "print the report as JSON")
      .option("--markdown <file>", "also write the report to a file as Markdown")
      .option("--svg <file>", "also write its times to a file as a picture"),
  )
    .addHelpText("after", EXITS)
    .action(drill);
};

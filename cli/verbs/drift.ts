/** `fridayproof drift`: what changed outside of Pulumi since the last update, by whom, and what the next `up` reverts. */
import { readFileSync } from "node:fs";
import { cloudTrail, type DriftReport, driftReport, driftText, foundIn, type Trail } from "@fridayproof/guard/drift";
import { asUtf8, PlanError } from "@fridayproof/guard/verdict";
import { hasStateFile } from "@fridayproof/sandbox/stacks";
import { lastChangeByHand } from "@fridayproof/sandbox/account";
import { EXIT_NO_STACK, messageOf, UserError } from "@fridayproof/sandbox/errors";
import { addEmbeddedEngine, addStackOptions, type StackOptions } from "../context/options";
import { addOutageOptions, outagesOf, type OutageFlags } from "../context/outage-options";
import { requireStack } from "../context/prerequisites";
import { findProject } from "../context/project";
import type { Verb } from "../context/verb";

interface DriftFlags extends StackOptions, OutageFlags {
  readonly json?: boolean;
  readonly full?: boolean;
  readonly from?: string;
  readonly trail?: string;
}

function textOf(file: string): string {
  try {
    return asUtf8(readFileSync(file)).toString("utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

/** Reads a file; errors become a UserError about it. */
function asUserError<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof PlanError) throw new UserError(`${file}: ${error.message}`);
    throw error;
  }
}

function trailIn(file: string | undefined, otherwise: Trail): Trail {
  return file === undefined ? otherwise : asUserError(file, () => cloudTrail(textOf(file)));
}

/** Drift from a document of the real CLI. */
function fromFile({ stack, from = "", trail }: DriftFlags): DriftReport {
  const found = asUserError(from, () => foundIn(textOf(from)));
  return driftReport({ stack, found, trail: trailIn(trail, () => "unreadable") });
}

/** Drift of the simulated account: a refresh that saves nothing, and a plan on top of it. */
async function fromAccount({ trail, ...flags }: DriftFlags): Promise<DriftReport> {
  const { stack } = flags;
  const project = findProject(flags);
  requireStack(project, stack);
  if (!hasStateFile(project, stack))
    throw new UserError(
      `${stack} does not stand, so nothing can have drifted. \`npx fridayproof up -s ${stack}\` brings it up.`,
      EXIT_NO_STACK,
    );
  const { runEngine } = require("../stack/run") as typeof import("../stack/run");
  const request = { operation: "preview", refresh: true, brief: true, toStderr: true } as const;
  const { exitCode, drifts, changes } = await runEngine({ ...flags, policies: false }, request);
  if (exitCode !== 0 && outagesOf(flags) !== undefined)
    throw new UserError(`resources of ${stack} in the outage could not be read, so drift is not reported.`);
  const byHand = lastChangeByHand(project.work);
  const planned = changes.map(({ urn, op, now }) => ({ urn, op, now: now?.inputs }));
  return driftReport({
    stack,
    found: drifts,
    ...(exitCode === 0 ? { planned } : {}),
    trail: trailIn(trail, ({ urn }) => byHand(urn)),
  });
}

async function show(stack: string | undefined, options: DriftFlags): Promise<void> {
  const flags = { ...options, stack: stack ?? options.stack };
  const report = flags.from === undefined ? await fromAccount(flags) : fromFile(flags);
  const text = flags.json === true ? JSON.stringify(report, undefined, 2) : driftText(report, flags.full).join("\n");
  process.stdout.write(`${text}\n`);
  // A failed plan keeps its own code, because the report may be incomplete.
  if (process.exitCode === undefined || process.exitCode === 0) process.exitCode = report.exitCode;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addOutageOptions(addEmbeddedEngine(addStackOptions(command.argument("[stack]", "the environment, like --stack"))))
    .option("--json", "the report as JSON")
    .option("--full", "include expected changes by controllers, each with its reason")
    .option("--from <file>", "output of `pulumi refresh --preview-only --json`, instead of the simulated account")
    .option("--trail <file>", "output of `aws cloudtrail lookup-events --output json`: who changed it last")
    .action(show);
};

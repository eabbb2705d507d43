/** `fridayproof status`: what runs in a stack, on one screen. */
import { nameOf } from "@fridayproof/components/core";
import { monthOf, type PlannedResource } from "@fridayproof/guard/costs";
import { stackStatus } from "@fridayproof/guard/status";
import { readObjects } from "@fridayproof/sandbox/account";
import { embeddedStates, hasStateFile } from "@fridayproof/sandbox/stacks";
import { terminalOn } from "@fridayproof/sandbox/terminal";
import { addEmbeddedEngine, addStackOptions, type StackOptions } from "../context/options";
import { requireStack } from "../context/prerequisites";
import { findProject } from "../context/project";
import { freezeAt } from "../status/freezes";
import { statusLines } from "../status/screen";
import type { Verb } from "../context/verb";

interface StatusFlags extends StackOptions {
  readonly refresh?: boolean;
  readonly json?: boolean;
}

/** Names of what others changed, by a look at the account that saves nothing. @returns undefined where that failed. */
async function look(flags: StackOptions): Promise<readonly string[] | undefined> {
  const { runEngine } = require("../stack/run") as typeof import("../stack/run");
  const request = { operation: "refresh", previewOnly: true, brief: true, toStderr: true } as const;
  const { exitCode, drifts } = await runEngine({ ...flags, policies: false }, request);
  return exitCode === 0 ? [...new Set(drifts.map(({ urn }) => nameOf(urn)))] : undefined;
}

async function show({ refresh = false, json = false, ...flags }: StatusFlags): Promise<void> {
  const { stack } = flags;
  const project = findProject(flags);
  if (!hasStateFile(project, stack)) requireStack(project, stack);
  const terminal = terminalOn(process.stdout, process.env);
  const resources = await embeddedStates(project).resources(stack);
  if (resources.length === 0) {
    if (json) process.stdout.write(`${JSON.stringify({ stack, resources: 0 }, undefined, 2)}\n`);
    else terminal.write(`${stack} does not stand.\nNext   npx fridayproof up -s ${stack}\n`);
    return;
  }
  const standing = new Set(readObjects(project.work).map(({ urn }) => urn));
  const status = stackStatus(resources, (urn) => standing.has(urn));
  const drifted = refresh ? await look(flags) : undefined;
  const now = new Date();
  const freeze = freezeAt(status.windows, now);
  // A state's rows are those of a plan as far as prices go; a secret is no quantity.
  const cost = monthOf(stack, resources as unknown as readonly PlannedResource[]);
  if (json) process.stdout.write(`${JSON.stringify({ stack, ...status, freeze, drifted, cost }, undefined, 2)}\n`);
  else terminal.write(`${statusLines({ stack, now, status, freeze, drifted, cost }, terminal).join("\n")}\n`);
}

/** Options and action. */
export const verb: Verb = (command) => {
  addEmbeddedEngine(addStackOptions(command))
    .option("--refresh", "look for what others changed; nothing is saved")
    .option("--json", "the same facts as JSON")
    .action(show);
};

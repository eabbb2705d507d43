/** `fridayproof status`: what runs in a stack, on one screen. */
import { nameOf } from "@fridayproof/components/core";
import { monthOf, type PlannedResource } from "@fridayproof/guard/costs";
import { stackStatus } from "@fridayproof/guard/status";
import { plannedApplications, readObjects } from "@fridayproof/sandbox/account";
import { embeddedStates, hasStateFile } from "@fridayproof/sandbox/stacks";
import { terminalOn } from "@fridayproof/sandbox/terminal";
import { Option } from "commander";
import { addEmbeddedEngine, addStackOptions, momentOption, type StackOptions } from "../context/options";
import { requireStack } from "../context/prerequisites";
import { findProject } from "../context/project";
import { freezeAt } from "../status/freezes";
import { type StatusFacts, statusLines } from "../status/screen";
import { windowsAt } from "../status/sync-windows";
import { watch } from "../status/watch";
import type { Verb } from "../context/verb";

interface StatusFlags extends StackOptions {
  readonly refresh?: boolean;
  readonly json?: boolean;
  readonly watch?: boolean;
  readonly asOf?: Date;
}

/** Names of drifted resources, by a refresh that saves nothing. @returns undefined where that failed. */
async function driftLines(flags: StackOptions): Promise<readonly string[] | undefined> {
  const { runEngine } = require("../stack/run") as typeof import("../stack/run");
  const request = { operation: "refresh", previewOnly: true, brief: true, toStderr: true } as const;
  const { exitCode, drifts } = await runEngine({ ...flags, policies: false }, request);
  return exitCode === 0 ? [...new Set(drifts.map(({ urn }) => nameOf(urn)))] : undefined;
}

/** The facts from state and account; undefined where the stack has no resources. */
async function factsOf(flags: StackOptions, now = new Date()): Promise<StatusFacts | undefined> {
  const { stack } = flags;
  const project = findProject(flags);
  const resources = await embeddedStates(project).resources(stack);
  if (resources.length === 0) return undefined;
  const standing = new Set(readObjects(project.work).map(({ urn }) => urn));
  const status = stackStatus(resources, (urn) => standing.has(urn));
  // For prices, resources of a state are as good as those of a plan; no quantity is a secret.
  const cost = monthOf(stack, resources as unknown as readonly PlannedResource[]);
  const synced = plannedApplications(project.work, { stack, root: project.root, windows: windowsAt(now) });
  return { stack, now, status, synced, freeze: freezeAt(status.windows, now), cost };
}

const emptyLines = (stack: string): readonly string[] => [
  `${stack} does not stand.`,
  `Next   npx fridayproof up -s ${stack}`,
];

async function show({
  refresh = false,
  json = false,
  watch: isWatched = false,
  asOf,
  ...flags
}: StatusFlags): Promise<void> {
  const { stack } = flags;
  const project = findProject(flags);
  if (!hasStateFile(project, stack)) requireStack(project, stack);
  const terminal = terminalOn(process.stdout, process.env);
  const linesOf = (facts: StatusFacts | undefined): readonly string[] =>
    facts === undefined ? emptyLines(stack) : statusLines(facts, terminal);
  if (isWatched) return watch(terminal, async () => linesOf(await factsOf(flags)));
  const facts = await factsOf(flags, asOf);
  const drifted = refresh && facts !== undefined ? await driftLines(flags) : undefined;
  if (json) process.stdout.write(`${JSON.stringify(documentOf(stack, facts, drifted), undefined, 2)}\n`);
  else terminal.write(`${linesOf(facts && { ...facts, drifted }).join("\n")}\n`);
}

function documentOf(
  stack: string,
  facts: StatusFacts | undefined,
  drifted: readonly string[] | undefined,
): Readonly<Record<string, unknown>> {
  if (facts === undefined) return { stack, resources: 0 };
  const { status, synced, freeze, cost } = facts;
  return { stack, ...status, argoCd: synced, freeze, drifted, cost };
}

/** Options and action. */
export const verb: Verb = (command) => {
  addEmbeddedEngine(addStackOptions(command))
    .option("--refresh", "check for drift; nothing is saved")
    .addOption(new Option("--watch", "again every 2 s, until Ctrl-C").conflicts(["json", "refresh", "asOf"]))
    .option("--as-of <moment>", "moment of the check, for freezes (default: now)", momentOption)
    .option("--json", "the same facts as JSON")
    .action(show);
};

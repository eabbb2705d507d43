/** What stacks a project has and what is in them, whichever engine keeps their states; and who works on them. */
import { readdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { accountPath } from "./cloud/account/account-file";
import { UserError } from "./core/errors";
import type { ProjectPaths } from "./project/project-paths";
import { stackPassphrase } from "./state/secrets";
import { StateFile, statePath } from "./state/state-file";
import {
  hasState,
  isUnfinished,
  readDeployment,
  readOutputs,
  resourcesOf,
  type StackStates,
} from "./state/state-reader";
import { readIfThere, writing } from "./storage/journaled-file";
import { isHeld, lockPath, readOwner } from "./storage/lock";

export { openedSecrets } from "./state/opened-secrets";
export { readManifestConfig, readPolicyConfig } from "./analyzer/policy-config";
export type { ProjectPaths } from "./project/project-paths";
export { isDefaultProvider } from "./property/urn";
export { readLayout } from "./project/layout";
export { isConfigured, knownStacks, noSuchStack } from "./project/stack-config";
export type { StackStates, StateResource } from "./state/state-reader";

/** The states of the embedded engine. */
export function embeddedStates(project: ProjectPaths): StackStates {
  const { work } = project;
  return {
    names: async () => stackFiles(work).filter((name) => hasState(work, name)),
    resources: async (stack) => (hasState(work, stack) ? resourcesOf(readDeployment(work, stack)) : []),
    outputs: async (stack) => {
      rejectUnfinished(project, stack);
      return readOutputs(readDeployment(work, stack));
    },
  };
}

/** The states of the real CLI, which keeps them in a backend of its own. Starts the CLI for each question. */
export function realEngineStates(project: ProjectPaths): StackStates {
  const states = async (): Promise<StackStates> => (await import("./pulumi-cli/states")).backendStates(project);
  return {
    names: async () => (await states()).names(),
    resources: async (stack) => (await states()).resources(stack),
    outputs: async (stack) => (await states()).outputs(stack),
  };
}

/**
 * The deployment of a stack whose last run came to its end, as `pulumi stack export` would write it, secrets closed.
 * @throws UserError when there is none, it cannot be read, or a run goes on or was cut short.
 */
export function endedDeployment(project: ProjectPaths, stack: string): unknown {
  rejectUnfinished(project, stack);
  return readDeployment(project.work, stack);
}

/** @throws UserError when its last run was cut short: what it would print is not what is there. */
function rejectUnfinished({ work }: ProjectPaths, stack: string): void {
  if (isUnfinished(work, stack))
    throw new UserError(
      `the last run of ${stack} did not end, or goes on: \`fridayproof up --stack ${stack}\` finishes it.`,
    );
}

function stackFiles(work: string): string[] {
  try {
    return readdirSync(path.join(work, "stacks")).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
  } catch {
    return [];
  }
}

/** Whether the embedded engine has a state file of the stack, be it one without resources. */
export function hasStateFile({ work }: ProjectPaths, stack: string): boolean {
  return readIfThere(statePath(work, stack)) !== undefined;
}

/** Whether the stack's last run came to its end with outputs: one that failed or was killed left none, or a journal. */
export function isComplete({ work }: ProjectPaths, stack: string): boolean {
  if (isUnfinished(work, stack) || !hasState(work, stack)) return false;
  return Object.keys(readOutputs(readDeployment(work, stack))).length > 0;
}

/** URNs that the state file names, in its order; none where there is no such file. */
export function resourceUrns({ work }: ProjectPaths, stack: string): readonly string[] {
  const text = readIfThere(statePath(work, stack)) ?? "";
  return [...text.matchAll(/^\s*"urn": "(urn:pulumi:[^"]+)"/gm)].map(([, urn = ""]) => urn);
}

/** How many resources the state file names, for a display: a file that cannot be read counts as none. */
export function countResources({ work }: ProjectPaths, stack: string): number {
  try {
    return readIfThere(statePath(work, stack))?.match(/^\s*"urn": "urn:pulumi:/gm)?.length ?? 0;
  } catch {
    return 0;
  }
}

/** A resource that a state has. */
export interface StoredResource {
  readonly urn: string;
  /** Whether its deletion is all that is left to do. */
  readonly pendingDelete: boolean;
}

/**
 * Every resource of a stack, with what the journal of a run that was killed adds.
 * @throws StateError when it cannot be read.
 */
export async function storedResources(work: string, stack: string): Promise<readonly StoredResource[]> {
  const { snapshot } = await StateFile.open(work, stack, stackPassphrase());
  return snapshot.list().map(({ urn, delete: pendingDelete }) => ({ urn, pendingDelete: pendingDelete === true }));
}

const locksOf = ({ work }: ProjectPaths, stack: string): string[] =>
  [statePath(work, stack), accountPath(work)].map(lockPath);

/** Whether a process that may be alive works on the stack or on the account. */
export function isBusy(project: ProjectPaths, stack: string): boolean {
  return locksOf(project, stack).some(isHeld);
}

/** Removes the locks of the stack and the account; returns one line for each that there was. */
export function breakLocks(project: ProjectPaths, stack: string): readonly string[] {
  return locksOf(project, stack).flatMap((file) => {
    const owner = readOwner(file);
    if (owner === undefined) return [];
    writing(file, () => rmSync(file, { force: true }));
    return [`Removed ${file}: process ${owner.pid} on ${owner.host}, since ${owner.since} (${owner.command}).`];
  });
}

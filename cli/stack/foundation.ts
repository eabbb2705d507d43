/** The foundation of the simulated account: brought up before the first environment that needs it. */
import { existsSync } from "node:fs";
import { stackConfigFile } from "../../sandbox/project/stack-config";
import { statePath } from "../../sandbox/state/state-file";
import { journalPath } from "../../sandbox/storage/journaled-file";
import { runVerb } from "./engine";
import type { EngineFlags } from "../context/options";
import { findProject, type Project } from "../context/project";
import { checkRows, requireStack } from "../context/rows";
import { readObjects } from "./sandbox-account";
import { hasState, readDeployment, readOutputs } from "./state";

const FOUNDATION = "foundation";

function isNeeded(flags: EngineFlags): boolean {
  const { root, work } = findProject(flags);
  if (flags.stack === FOUNDATION) return false;
  if (!existsSync(stackConfigFile(root, FOUNDATION))) return false;
  // The real CLI keeps its states elsewhere: there the account alone can tell.
  if (flags.engine === "pulumi")
    return readObjects(work).every(({ urn }) => !urn.startsWith(`urn:pulumi:${FOUNDATION}::`));
  return !isComplete(findProject(flags));
}

/** A run that failed or was killed registered no outputs, or left a journal: the next one goes on with it. */
function isComplete(project: Project): boolean {
  const file = statePath(project.work, FOUNDATION);
  if (existsSync(journalPath(file)) || !hasState(project, FOUNDATION)) return false;
  return Object.keys(readOutputs(readDeployment(project, FOUNDATION))).length > 0;
}

/**
 * Brings the foundation up where the account has nothing of it, and says so.
 * @param toStderr whether standard output is for the plan alone.
 * @returns false when it did not come up: then no environment can.
 */
export async function foundationFirst(flags: EngineFlags, toStderr = false): Promise<boolean> {
  requireStack(findProject(flags), flags.stack);
  if (!isNeeded(flags)) return true;
  // Else two hundred objects are made before the environment turns out to lack something.
  checkRows(findProject(flags), flags.stack);
  const text = `The account has no foundation (roles, certificates, images, states): ${FOUNDATION} comes up first.\n`;
  (toStderr ? process.stderr : process.stdout).write(text);
  const { cwd, work, parallel, policies, engine, quotas } = flags;
  const foundation = { cwd, work, parallel, policies, engine, quotas, stack: FOUNDATION };
  return (await runVerb(foundation, { operation: "update", toStderr: toStderr })) === 0;
}

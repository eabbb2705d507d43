/** The foundation of the simulated account: brought up before the first environment that needs it. */
import { readObjects } from "../../sandbox/account";
import { isComplete, isConfigured } from "../../sandbox/stacks";
import { runVerb } from "./engine";
import type { EngineFlags } from "../context/options";
import { findProject } from "../context/project";
import { checkRows, requireStack } from "../context/rows";

const FOUNDATION = "foundation";

function isNeeded(flags: EngineFlags): boolean {
  const project = findProject(flags);
  if (flags.stack === FOUNDATION || !isConfigured(project.root, FOUNDATION)) return false;
  // The real CLI keeps its states elsewhere: there the account alone can tell.
  if (flags.engine === "pulumi")
    return readObjects(project.work).every(({ urn }) => !urn.startsWith(`urn:pulumi:${FOUNDATION}::`));
  return !isComplete(project, FOUNDATION);
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

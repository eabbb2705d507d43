/** The picture of a stack, from its state or from a plan. */
import { drawGraph, type Level } from "./display/graph/draw";
import { fromPlan, fromState, type GraphResource } from "./display/graph/source";
import { UserError } from "./core/errors";
import type { Plan } from "./events/events";
import type { ProjectPaths } from "./project/project-paths";
import { hasState, readDeployment } from "./state/state-reader";
import { readIfThere, writeAtomically } from "./storage/journaled-file";

export type { Level } from "./display/graph/draw";
export { fromPlan, type GraphResource } from "./display/graph/source";

/** The resources in the stack's state; undefined where it has none. */
export function resourcesOfState({ work }: ProjectPaths, stack: string): readonly GraphResource[] | undefined {
  return hasState(work, stack) ? fromState(readDeployment(work, stack)) : undefined;
}

/** The resources of a plan file: what `preview --json` printed, here or by the real command line. @throws UserError */
export function resourcesOfPlanFile(file: string): readonly GraphResource[] {
  return fromPlan(readPlan(file));
}

/** A picture gets the process's umask: unlike a state it has no secrets. */
const EVERYBODY = 0o666;

/** Draws the resources into an SVG file. @param title heads the picture. */
export async function saveGraph(
  file: string,
  resources: readonly GraphResource[],
  title: string,
  level: Level,
): Promise<void> {
  writeAtomically(file, await drawGraph(resources, title, level), EVERYBODY);
}

/** @throws UserError when there is no plan in the file. */
function readPlan(file: string): Plan {
  const text = readIfThere(file);
  if (text === undefined) throw new UserError(`there is no file ${file}: \`preview --json > ${file}\` makes one.`);
  try {
    const plan = JSON.parse(text) as Partial<Plan> | null;
    if (Array.isArray(plan?.steps)) return plan as Plan;
  } catch (error) {
    throw new UserError(`${file} is not JSON: ${(error as Error).message}.`);
  }
  throw new UserError(`${file} is no plan: it has no "steps". \`preview --json\` prints one.`);
}

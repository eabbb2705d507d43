/** Whether everything is there that a stack needs outside of its program: checked before anything is run. */
import { didYouMean, ProblemsError } from "@fridayproof/components/core";
import { UserError } from "@fridayproof/sandbox/errors";
import { isConfigured, knownStacks, noSuchStack, type ProjectPaths } from "@fridayproof/sandbox/stacks";
import { hooksOf } from "./hooks";

/**
 * Asks the project what the stack lacks.
 * @throws UserError that names all that is missing, each with the file to change.
 */
export function checkPrerequisites(project: ProjectPaths, stack: string): void {
  const problems = hooksOf(project.root).problems?.(stack, project) ?? [];
  if (problems.length > 0)
    throw new UserError(new ProblemsError(`what environment "${stack}" needs`, problems).message);
}

/** The same at once where the stack has no configuration on the sandbox: nothing that comes later would name the rest. */
export function checkPrerequisitesFirst(project: ProjectPaths, stack: string): void {
  if (project.configFile === undefined && !isConfigured(project.root, stack)) checkPrerequisites(project, stack);
}

/**
 * Refuses a stack that the sandbox has no configuration of, before anything is built for it.
 * @throws UserError naming the nearest one, and what a new one needs.
 */
export function requireStack(project: ProjectPaths, stack: string): void {
  const { root, configFile } = project;
  if (configFile !== undefined || isConfigured(root, stack)) return;
  const hint = didYouMean(stack, knownStacks(root));
  // No slip of a known name: a new environment, and all that it lacks is reported at once.
  if (hint === "") checkPrerequisites(project, stack);
  throw noSuchStack(root, stack, hint);
}

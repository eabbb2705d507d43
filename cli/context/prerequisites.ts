/** Checks the prerequisites of a stack outside of its program, before anything is run. */
import { didYouMean, ProblemsError } from "@fridayproof/components/core";
import { UserError } from "@fridayproof/sandbox/errors";
import { isConfigured, knownStacks, noSuchStack, type ProjectPaths } from "@fridayproof/sandbox/stacks";
import { hooksOf } from "./hooks";

/** Calls the project's hook for the prerequisites of the stack. @throws UserError with all that are missing. */
export function checkPrerequisites(project: ProjectPaths, stack: string): void {
  const problems = hooksOf(project.root).problems?.(stack, project) ?? [];
  if (problems.length > 0)
    throw new UserError(new ProblemsError(`what environment "${stack}" needs`, problems).message);
}

/** The same where the stack has no configuration on the sandbox: no later check would report the other prerequisites. */
export function checkPrerequisitesFirst(project: ProjectPaths, stack: string): void {
  if (project.configFile === undefined && !isConfigured(project.root, stack)) checkPrerequisites(project, stack);
}

/**
 * Checks that the sandbox has a configuration of the stack, before anything is compiled for it.
 * @throws UserError naming the nearest one, and what a new one needs.
 */
export function requireStack(project: ProjectPaths, stack: string): void {
  const { root, configFile } = project;
  if (configFile !== undefined || isConfigured(root, stack)) return;
  const hint = didYouMean(stack, knownStacks(root));
  // Not a typing error of a known name but a new environment: everything that it lacks is reported at once.
  if (hint === "") checkPrerequisites(project, stack);
  throw noSuchStack(root, stack, hint);
}

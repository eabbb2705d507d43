/** Whether everything is there that an environment needs outside of its own file: asked before anything is run. */
import * as path from "node:path";
import { ProblemsError } from "../../components/core/checks";
import { didYouMean } from "../../components/core/did-you-mean";
import { UserError } from "../../sandbox/errors";
import { isConfigured, knownStacks, noSuchStack, type ProjectPaths } from "../../sandbox/stacks";

/**
 * Looks for every row and file of the stack's environment.
 * @throws UserError that names all that is missing, each with the file to change.
 */
export function checkRows({ root, work }: ProjectPaths, stack: string): void {
  // Another project's environments are not these.
  if (root !== path.resolve(__dirname, "../..")) return;
  // Loads the environments, which the program loads anyway: not before the policies' process has been started.
  const { environmentRowProblems } =
    require("../../tools/checks/environment-rows") as typeof import("../../tools/checks/environment-rows");
  const problems = environmentRowProblems(stack, root, work);
  if (problems.length > 0)
    throw new UserError(new ProblemsError(`what environment "${stack}" needs`, problems).message);
}

/** The same at once where the stack has no configuration on the sandbox: nothing that comes later would name the rest. */
export function checkRowsFirst(project: ProjectPaths, stack: string): void {
  if (!isConfigured(project.root, stack)) checkRows(project, stack);
}

/**
 * Refuses a stack that the sandbox has no configuration of, before anything is built for it.
 * @throws UserError naming the nearest one, and what a new one needs.
 */
export function requireStack(project: ProjectPaths, stack: string): void {
  const { root } = project;
  if (isConfigured(root, stack)) return;
  const hint = didYouMean(stack, knownStacks(root));
  // No slip of a known name: a new environment, and all that it lacks is told at once.
  if (hint === "") checkRows(project, stack);
  throw noSuchStack(root, stack, hint);
}

/** Where the project and its work folder are. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { didYouMean } from "../components/core/did-you-mean";
import { UserError } from "../sandbox/errors";
import { checkRows } from "./rows";
import { knownStacks, noSuchStack, stackConfigFile } from "../sandbox/program/stack-config";

/** The two folders that every verb needs. */
export interface Project {
  /** Folder of Pulumi.yaml. */
  readonly root: string;
  /** The git-ignored folder with states, account and locks. */
  readonly work: string;
}

/** Options that say where things are. */
export interface Places {
  /** Folder of Pulumi.yaml; the one around this command line unless given. */
  readonly cwd?: string;
  /** `.fridayproof` in the project unless given. */
  readonly work?: string;
}

/**
 * Refuses a stack that the sandbox has no configuration of, before anything is built for it.
 * @throws UserError naming the nearest one, and what a new one needs.
 */
export function requireStack(project: Project, stack: string): void {
  const { root } = project;
  if (existsSync(stackConfigFile(root, stack))) return;
  const hint = didYouMean(stack, knownStacks(root));
  // No slip of a known name: a new environment, and all that it lacks is told at once.
  if (hint === "") checkRows(project, stack);
  throw noSuchStack(root, stack, hint);
}

/** Finds project and work folder. @throws UserError when there is no Pulumi.yaml. */
export function findProject({ cwd, work }: Places): Project {
  const root = path.resolve(cwd ?? path.dirname(__dirname));
  if (!existsSync(path.join(root, "Pulumi.yaml"))) throw new UserError(`there is no Pulumi.yaml in ${root}.`);
  return { root, work: path.resolve(work ?? path.join(root, ".fridayproof")) };
}

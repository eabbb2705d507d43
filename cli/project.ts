/** Where the project and its work folder are. */
import { existsSync } from "node:fs";
import * as path from "node:path";

/** The two folders that every verb needs. */
export interface Project {
  /** Folder of Pulumi.yaml. */
  readonly root: string;
  /** The git-ignored folder with states, account and locks. */
  readonly work: string;
}

/** The project around this command line; `work` is `.fridayproof` in it unless given. */
export function findProject(work: string | undefined): Project {
  const root = path.dirname(__dirname);
  if (!existsSync(path.join(root, "Pulumi.yaml")))
    throw new Error(`${root} has no Pulumi.yaml: the project is incomplete`);
  return { root, work: path.resolve(work ?? path.join(root, ".fridayproof")) };
}

/** A file of a stack in the work folder. */
export function stateFile(project: Project, stack: string): string {
  return path.join(project.work, "stacks", `${stack}.json`);
}

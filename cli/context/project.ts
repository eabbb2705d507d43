/** Where the project and its work folder are. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { UserError } from "../../sandbox/core/errors";

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

/** Finds project and work folder. @throws UserError when there is no Pulumi.yaml. */
export function findProject({ cwd, work }: Places): Project {
  const root = path.resolve(cwd ?? path.resolve(__dirname, "../.."));
  if (!existsSync(path.join(root, "Pulumi.yaml"))) throw new UserError(`there is no Pulumi.yaml in ${root}.`);
  return { root, work: path.resolve(work ?? path.join(root, ".fridayproof")) };
}

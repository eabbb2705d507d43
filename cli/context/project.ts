/** Finds the project and its work folder. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { UserError } from "@fridayproof/sandbox/errors";
import type { ProjectPaths } from "@fridayproof/sandbox/stacks";

/** Options that say where things are. */
export interface Folders {
  /** Folder of Pulumi.yaml. @default the nearest one, from the working directory upwards */
  readonly cwd?: string;
  /** `.fridayproof` in the project unless given. */
  readonly work?: string;
  readonly configFile?: string;
  readonly policyPack?: string;
  readonly policyPackConfig?: string;
}

/** The nearest folder with a Pulumi.yaml, from a folder upwards; undefined when there is none. */
function nearestProject(folder: string): string | undefined {
  if (existsSync(path.join(folder, "Pulumi.yaml"))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : nearestProject(parent);
}

/** Folder of the project, for verbs that also run outside of one; undefined where there is none. */
export function projectRoot({ cwd }: Folders): string | undefined {
  return nearestProject(path.resolve(cwd ?? "."));
}

/** Finds project and work folder. Paths in flags are relative to the working directory. @throws UserError when there is no Pulumi.yaml. */
export function findProject({ cwd, work, ...files }: Folders): ProjectPaths {
  const start = path.resolve(cwd ?? ".");
  const root = cwd === undefined ? nearestProject(start) : start;
  if (root === undefined || !existsSync(path.join(root, "Pulumi.yaml"))) {
    const where = cwd === undefined ? `${start} or any folder above it` : start;
    throw new UserError(`there is no Pulumi.yaml in ${where}.`);
  }
  const { configFile, policyPack, policyPackConfig } = files;
  return {
    root,
    work: path.resolve(work ?? path.join(root, ".fridayproof")),
    configFile: configFile && path.resolve(configFile),
    policyPack: policyPack && path.resolve(policyPack),
    policyPackConfig: policyPackConfig && path.resolve(policyPackConfig),
  };
}

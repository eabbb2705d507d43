/** What a project has the command line do before each run: the module that its package.json names as `fridayproof.hooks`. */
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Problem } from "@fridayproof/components/core";
import { UserError } from "@fridayproof/sandbox/errors";
import { type ProjectPaths, readLayout } from "@fridayproof/sandbox/stacks";

/** What a person asks a new environment to be. */
export interface NewEnvironmentRequest {
  readonly name: string;
  readonly like: string;
  readonly region?: string;
  readonly zones?: readonly string[];
  readonly cidr?: string;
  readonly domain?: string;
}

/** A new environment as a project plans it: nothing is written yet. */
export interface NewEnvironment {
  /** What it is, in a line. */
  readonly summary: string;
  /** Every file that is made or changed, from the root. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  /** What to run next, each with its purpose. */
  readonly next: readonly (readonly [command: string, purpose: string])[];
}

/** The members of such a module; each may be absent. */
export interface ProjectHooks {
  /** Before a run that asks the policies: compiles those that changed, for instance. */
  readonly prepare?: (root: string) => void;
  /** Before a run of the program: what the stack lacks; nothing is run while it lacks anything. */
  readonly problems?: (stack: string, project: ProjectPaths) => readonly Problem[];
  /** For `new environment`. @throws ProblemsError with everything that is wrong with what was asked for. */
  readonly newEnvironment?: (request: NewEnvironmentRequest, project: ProjectPaths) => Promise<NewEnvironment>;
  /** After a run: what this project has to say to its errors, one line each. */
  readonly hints?: (errors: readonly string[], stack: string) => readonly string[];
}

/** The project's hooks; none where it names no module. @throws UserError when the module cannot be loaded. */
export function hooksOf(root: string): ProjectHooks {
  const { hooks } = readLayout(root);
  if (hooks === undefined) return {};
  try {
    return createRequire(path.join(root, "package.json"))(path.resolve(root, hooks)) as ProjectHooks;
  } catch (error) {
    throw new UserError(
      `${path.join(root, "package.json")}: fridayproof.hooks: got "${hooks}"; allowed: a module that loads. ${(error as Error).message}`,
    );
  }
}

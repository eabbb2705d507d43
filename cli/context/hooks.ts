/** What a project has the command line do before each run: the module that its package.json names as `fridayproof.hooks`. */
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Problem } from "@fridayproof/components/core";
import { UserError } from "@fridayproof/sandbox/errors";
import { type ProjectPaths, readLayout } from "@fridayproof/sandbox/stacks";
import type {
  LegPair,
  NewApplicationRequest,
  NewEnvironmentRequest,
  PlannedFiles,
  ReleasePlan,
  RenderedApplications,
  ScaleRequest,
  ScaleStep,
  ShiftPlan,
  ShiftRequest,
  UndoPlan,
  UndoRequest,
} from "./hook-types";

/** The members of such a module; each may be absent. */
export interface ProjectHooks {
  /** Before a run with policies: compiles those that changed, for instance. */
  readonly prepare?: (root: string) => void;
  /** Before a run of the program: what the stack lacks; nothing is run while it lacks anything. */
  readonly problems?: (stack: string, project: ProjectPaths) => readonly Problem[];
  /** For `new environment`. @throws ProblemsError with everything that is wrong with the request. */
  readonly newEnvironment?: (request: NewEnvironmentRequest, project: ProjectPaths) => Promise<PlannedFiles>;
  /** For `new application`. @throws ProblemsError with everything that is wrong with the request. */
  readonly newApplication?: (request: NewApplicationRequest, project: ProjectPaths) => PlannedFiles;
  /** For `render`: the files below gitops/, and those there that nothing gives any more. @throws Error with what is wrong. */
  readonly render?: (project: ProjectPaths) => RenderedApplications;
  /** For `undo`. @throws Error where there is nothing to go back to, or it cannot be committed. */
  readonly undo?: (request: UndoRequest, project: ProjectPaths) => UndoPlan;
  /** For `shift`. @throws Error where the stack's weights are written nowhere. */
  readonly shift?: (request: ShiftRequest, project: ProjectPaths) => ShiftPlan;
  /** For `drill`. @throws Error where no environment has a replica. */
  readonly legPair?: (project: ProjectPaths) => LegPair;
  /** For `replica scale`: the updates, one after the other; none where it is there. @throws Error with what is wrong. */
  readonly replicaScale?: (request: ScaleRequest, project: ProjectPaths) => readonly ScaleStep[];
  /** For `release plan`. @throws Error where there is no such application. */
  readonly releasePlan?: (application: string, project: ProjectPaths) => ReleasePlan;
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

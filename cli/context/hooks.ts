/** The hooks of a project: the module that its package.json names as `fridayproof.hooks`. */
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

/** The exports of such a module, all optional. */
export interface ProjectHooks {
  /** Before a run with policies: compiles those that changed, for instance. */
  readonly prepare?: (root: string) => void;
  /** Before a run of the program: the prerequisites that the stack lacks; while there are any, nothing runs. */
  readonly problems?: (stack: string, project: ProjectPaths) => readonly Problem[];
  /** After a plan that passes the policies: settings of theirs that are stale against the project; while there are any, no update runs. */
  readonly policyProblems?: (stack: string, project: ProjectPaths) => readonly Problem[];
  /** For `new environment`. @throws ProblemsError with everything that is wrong with the request. */
  readonly newEnvironment?: (request: NewEnvironmentRequest, project: ProjectPaths) => Promise<PlannedFiles>;
  /** For `new application`. @throws ProblemsError with everything that is wrong with the request. */
  readonly newApplication?: (request: NewApplicationRequest, project: ProjectPaths) => PlannedFiles;
  /** For `render`: the files below gitops/, and those that no spec renders any more. @throws Error with what is wrong. */
  readonly render?: (project: ProjectPaths) => RenderedApplications;
  /** For `undo`. @throws Error where there is nothing to go back to, or it cannot be committed. */
  readonly undo?: (request: UndoRequest, project: ProjectPaths) => UndoPlan;
  /** For `shift`. @throws Error where no file of the project has the stack's weights. */
  readonly shift?: (request: ShiftRequest, project: ProjectPaths) => ShiftPlan;
  /** For `drill`. @throws Error where no environment has a replica. */
  readonly legPair?: (project: ProjectPaths) => LegPair;
  /** For `replica scale`: the updates in order; empty where the replica has that size already. @throws Error with what is wrong. */
  readonly replicaScale?: (request: ScaleRequest, project: ProjectPaths) => readonly ScaleStep[];
  /** For `release plan`. @throws Error where there is no such application. */
  readonly releasePlan?: (application: string, project: ProjectPaths) => ReleasePlan;
  /** After a run: hints of the project about its errors, one line each. */
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

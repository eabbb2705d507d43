/** What a project has the command line do before each run: the module that its package.json names as `fridayproof.hooks`. */
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Problem } from "@fridayproof/components/core";
import type { Detection, Outcome, Timetable } from "@fridayproof/components/plan";
import { UserError } from "@fridayproof/sandbox/errors";
import { type ProjectPaths, readLayout } from "@fridayproof/sandbox/stacks";

/** What a new environment is to be. */
export interface NewEnvironmentRequest {
  readonly name: string;
  readonly like: string;
  readonly region?: string;
  readonly zones?: readonly string[];
  readonly cidr?: string;
  readonly domain?: string;
}

/** What a new application is to be. */
export interface NewApplicationRequest {
  readonly name: string;
  readonly image: string;
  readonly port: number;
  readonly ready: string;
  readonly live: string;
  readonly environment: string;
  readonly curlImage?: string;
}

/** What the applications' specs give: nothing is written yet. */
export interface RenderedApplications {
  /** From the root. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  /** Files that nothing gives any more, from the root. */
  readonly stale: readonly string[];
}

/** What is to be taken back. */
export interface UndoRequest {
  readonly application: string;
  /** Digest to go back to. @default that of the release before the one that serves */
  readonly to?: string;
}

/** The undo of a release: nothing is written yet. */
export interface UndoPlan extends RenderedApplications {
  /** What it is, in a line. */
  readonly summary: string;
  /** Text of the commit. */
  readonly message: string;
  /** What will be slower or different than expected, as sentences. */
  readonly notes: readonly string[];
}

/** Where traffic is to go. */
export interface ShiftRequest {
  readonly stack: string;
  /** Percent by slot, of every slot that stands. */
  readonly weights: Readonly<Record<string, number>>;
  /** Why the step is larger than usual. */
  readonly reason?: string;
}

/** A shift of traffic: nothing is written yet. */
export interface ShiftPlan {
  /** From the root. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  /** Logical names of what carries the weights: nothing else is updated. */
  readonly targets: readonly string[];
}

/** One leg of a pair. */
export interface LegFacts {
  readonly stack: string;
  readonly region: string;
  /** Id of its last zone. */
  readonly zone: string;
}

/** Production and its replica. */
export interface LegPair {
  readonly primary: LegFacts;
  readonly replica: LegFacts;
  /** Files from the root that put the legs into a state: nothing is written yet. */
  readonly files: (states: {
    readonly primary: "serves" | "fenced";
    readonly replica: "standby" | "scaled" | "open";
  }) => readonly { readonly file: string; readonly text: string }[];
}

/** What a person asks a replica to be. */
export interface ScaleRequest {
  readonly stack: string;
  /** `standby`, or the primary whose size it gets. */
  readonly to: string;
  /** Whether it answers its health check with 200 at the end. */
  readonly open: boolean;
}

/** One update on the way there: nothing is written yet. */
export interface ScaleStep {
  readonly from: string;
  readonly to: string;
  /** From the root. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  /** Logical names of what changes: nothing else is updated. */
  readonly targets: readonly string[];
  /** What changes, in words. */
  readonly changes: readonly string[];
}

/** A release as a project plans it. */
export interface ReleasePlan {
  readonly timetable: Timetable;
  /** Where it leads when something goes wrong, and how long that takes. */
  readonly outcomes: readonly Outcome[];
  /** Of each weight, how soon a bug is seen and how often a good version is sent back. */
  readonly detections: readonly Detection[];
  readonly warnings: readonly string[];
}

/** What a project makes of a request: nothing is written yet. */
export interface PlannedFiles {
  /** What it is, in a line. */
  readonly summary: string;
  /** Every file that is made or changed, from the root. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  /** What to run next, each with its purpose. */
  readonly next: readonly (readonly [command: string, purpose: string])[];
}

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

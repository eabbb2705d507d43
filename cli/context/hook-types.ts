/** Parameters and results of a project's hooks: plain data, shared by the command line and the project's module. */
import type { Detection, Outcome, Recovery, RecoveryName, Timetable } from "@fridayproof/components/plan";

/** A file of the project, from its root: nothing is written yet. */
export interface PlannedFile {
  readonly file: string;
  readonly text: string;
}

/** Parameters of `new environment`. */
export interface NewEnvironmentRequest {
  readonly name: string;
  readonly like: string;
  readonly region?: string;
  readonly zones?: readonly string[];
  readonly cidr?: string;
  readonly domain?: string;
}

/** Parameters of `new application`. */
export interface NewApplicationRequest {
  readonly name: string;
  readonly image: string;
  readonly port: number;
  readonly ready: string;
  readonly live: string;
  readonly environment: string;
  readonly curlImage?: string;
}

/** The files rendered from the applications' specs, planned and not yet written. */
export interface RenderedApplications {
  /** From the root. */
  readonly files: readonly PlannedFile[];
  /** Files that no spec renders any more, from the root. */
  readonly stale: readonly string[];
}

/** Parameters of `undo`. */
export interface UndoRequest {
  readonly application: string;
  /** Digest to go back to. @default that of the release before the one that serves */
  readonly to?: string;
}

/** The undo of a release, planned and not yet written. */
export interface UndoPlan extends RenderedApplications {
  /** Summary in one line. */
  readonly summary: string;
  /** Commit message. */
  readonly message: string;
  /** What may surprise: slower or different than expected, as sentences. */
  readonly notes: readonly string[];
}

/** Parameters of `shift`. */
export interface ShiftRequest {
  readonly stack: string;
  /** Percent by slot, for every slot of the environment. */
  readonly weights: Readonly<Record<string, number>>;
  /** Why the step is larger than usual. */
  readonly reason?: string;
}

/** A shift of traffic, planned and not yet written. */
export interface ShiftPlan {
  /** From the root. */
  readonly files: readonly PlannedFile[];
  /** Logical names of the resources that hold the weights: the targets of the update. */
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
  /** Beginning of the names of the secrets that both legs read. */
  readonly secretsPrefix: string;
  /** RTO and RPO of each method of recovery. */
  readonly recoveries: Readonly<Record<RecoveryName, Recovery>>;
  /** Files from the root that put the legs into a state, planned and not yet written. */
  readonly files: (states: {
    readonly primary: "serves" | "fenced";
    readonly replica: "standby" | "scaled" | "open";
  }) => readonly PlannedFile[];
}

/** Parameters of `replica scale`. */
export interface ScaleRequest {
  readonly stack: string;
  /** `standby`, or the name of the primary whose size the replica gets. */
  readonly to: string;
  /** Whether the health check of the replica returns 200 at the end. */
  readonly open: boolean;
}

/** One update of the scaling, planned and not yet written. */
export interface ScaleStep {
  readonly from: string;
  readonly to: string;
  /** From the root. */
  readonly files: readonly PlannedFile[];
  /** Logical names of the resources that change: the targets of the update. */
  readonly targets: readonly string[];
  /** Type tokens: whatever of them stands when the step is made is a target too. */
  readonly targetTypes: readonly string[];
  /** The changes, a line each. */
  readonly changes: readonly string[];
}

/** Result of `release plan`. */
export interface ReleasePlan {
  readonly timetable: Timetable;
  /** Failures: when each is found, and what happens then. */
  readonly outcomes: readonly Outcome[];
  /** By weight: how soon a bug is detected, and how often a good version is rolled back. */
  readonly detections: readonly Detection[];
  readonly warnings: readonly string[];
}

/** Result of `new`, planned and not yet written. */
export interface PlannedFiles {
  /** Summary in one line. */
  readonly summary: string;
  /** Every file that is created or changed, from the root. */
  readonly files: readonly PlannedFile[];
  /** What to run next, each with its purpose. */
  readonly next: readonly (readonly [command: string, purpose: string])[];
}

/** What a project's hooks take and give: plain data, the same for the command line and for the project's module. */
import type { Detection, Outcome, Recovery, RecoveryName, Timetable } from "@fridayproof/components/plan";

/** A file of the project, from its root: nothing is written yet. */
export interface PlannedFile {
  readonly file: string;
  readonly text: string;
}

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
  readonly files: readonly PlannedFile[];
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
  readonly files: readonly PlannedFile[];
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
  /** What is promised of each way in which data comes back. */
  readonly recoveries: Readonly<Record<RecoveryName, Recovery>>;
  /** Files from the root that put the legs into a state: nothing is written yet. */
  readonly files: (states: {
    readonly primary: "serves" | "fenced";
    readonly replica: "standby" | "scaled" | "open";
  }) => readonly PlannedFile[];
}

/** What a replica is to be. */
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
  readonly files: readonly PlannedFile[];
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
  readonly files: readonly PlannedFile[];
  /** What to run next, each with its purpose. */
  readonly next: readonly (readonly [command: string, purpose: string])[];
}

/** The events of an engine run while it goes on and when it ends: the display, the tests and the guard read these. */
import type { Drift, ResourceChange } from "./changes";
import type { Op } from "./op";
import type { PropertyMap, Value } from "../property/values";

export type { Op } from "./op";

/** The real CLI's exit code when something changed, or would, though nothing was expected to. */
export const EXIT_CHANGES = 7;

/** What is run. */
export type Operation = "preview" | "update" | "destroy" | "refresh";

/** One policy violation, remediation, or rule that could not run. */
export interface PolicyFinding {
  readonly policy: string;
  readonly pack: string;
  readonly packVersion: string;
  /** `remediate` with `remediated: true`: the input was changed. */
  readonly level: "advisory" | "mandatory" | "remediate";
  readonly urn: string;
  /** As the policy states it; `low` is what could not be decided yet. Absent where the policy states none. */
  readonly severity?: "low" | "medium" | "high" | "critical";
  /** The rule's description, then a line break, then the violation: as the policy SDK sends it. */
  readonly message: string;
  readonly remediated: boolean;
}

/** A message for a person, on a resource or on the run as a whole. */
export interface Diagnostic {
  readonly urn?: string;
  readonly severity: "info" | "info#err" | "warning" | "error";
  readonly message: string;
}

/** One row of the plan: the shape of `pulumi preview --json`'s steps, old and new states included. */
export interface PlanStep {
  readonly op: Op;
  readonly urn: string;
  readonly provider?: string;
  readonly oldState?: PropertyMap;
  readonly newState?: PropertyMap;
  readonly diffReasons?: readonly string[];
  readonly replaceReasons?: readonly string[];
  readonly detailedDiff: Readonly<Record<string, { readonly kind: string; readonly inputDiff: boolean }>> | null;
}

/** `pulumi preview --json`. */
export interface Plan {
  readonly config?: Readonly<Record<string, string>>;
  readonly steps: readonly PlanStep[];
  readonly diagnostics?: readonly Diagnostic[];
  /** Nanoseconds. */
  readonly duration: number;
  readonly changeSummary: Readonly<Partial<Record<Op, number>>>;
}

/** A step as it begins, ends or fails. */
export interface StepEvent {
  readonly kind: "step";
  readonly phase: "begin" | "end" | "failed";
  readonly op: Op;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Top-level properties that differ. */
  readonly diffs: readonly string[];
  /** Whether it is displayed: default providers and pure bookkeeping are not. */
  readonly hidden: boolean;
  readonly error?: string;
}

/** Every event while the run goes on. */
export type EngineEvent =
  | StepEvent
  | { readonly kind: "diagnostic"; readonly diagnostic: Diagnostic }
  | { readonly kind: "policy"; readonly finding: PolicyFinding };

/** Listens to events in order. */
export type Listener = (event: EngineEvent) => void;

/** A resource as far as its names are concerned. */
export interface KnownResource {
  readonly urn: string;
  readonly custom: boolean;
  readonly parent?: string;
  readonly id?: string;
  readonly outputs?: PropertyMap;
}

/** How a run ended. */
export interface RunResult {
  /** 0 ok, 1 any error, 2 an option that names nothing, 6 stack not found, 7 changes though none were expected: as the real CLI. */
  readonly exitCode: number;
  readonly plan: Plan;
  readonly findings: readonly PolicyFinding[];
  readonly diagnostics: readonly Diagnostic[];
  /** Stack outputs after the run, secrets wrapped. */
  readonly outputs: Readonly<Record<string, Value>>;
  /** How many resources each operation touched: what the summary prints. */
  readonly changeSummary: Readonly<Partial<Record<Op, number>>>;
  readonly seconds: number;
  /** How many rules checked how many resources; absent where policies were skipped. */
  readonly checked?: { readonly rules: number; readonly resources: number };
  /** Whether the stack's state is as it was before, byte for byte. */
  readonly leavesState: boolean;
  /** Whether anything was carried out: false for a preview, and for a plan that was not approved or changes nothing. */
  readonly applied: boolean;
  /** Every resource that the run reached, with both sides; secrets are wrapped, so this is for comparison and never printed whole. */
  readonly changes: readonly ResourceChange[];
  /** What was changed by others since the last run, where the run looked. */
  readonly drifts: readonly Drift[];
  /** When the newest change was made that the state has, in ISO 8601; absent where it has none. */
  readonly lastUpdate?: string;
  /** Resources before the run, then those after it: by their ids and ARNs a plan calls them by name. */
  readonly known: readonly KnownResource[];
}

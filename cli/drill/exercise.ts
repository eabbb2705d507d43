/** Runs the steps of a drill on the sandbox, in a copy of the project and an account of its own. */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import {
  type Action,
  type DrillStep,
  type Loses,
  losesOf,
  type PreflightRow,
  type Scenario,
  type StepResult,
  stepsOf,
  type Store,
  storesOf,
} from "@fridayproof/guard/drill";
import { UserError } from "@fridayproof/sandbox/errors";
import { leakCheck, legReady, objectsOf, preflightRows } from "./account-checks";
import type { Scratch } from "./scratch";
import { runVerbProcess, type VerbResult } from "./verb-process";

/** Parameters of a drill. */
export interface Exercise {
  readonly scratch: Scratch;
  readonly scenario: Scenario;
  /** Time-out of a call without a response. Seconds. */
  readonly callTimeout: number;
  /** Called at the end of each step. */
  readonly onStep: (step: DrillStep, result: StepResult) => void;
}

/** The action with this `does`. */
type Does<Sort extends Action["does"]> = Extract<Action, { readonly does: Sort }>;

/** Result of a drill. */
export interface Exercised {
  readonly steps: readonly DrillStep[];
  /** The primary's data stores, as they were before the outage. */
  readonly stores: readonly Store[];
  readonly results: readonly StepResult[];
  readonly preflight: readonly PreflightRow[];
}

const STANDING = { primary: "serves", replica: "standby" } as const;

/** Hash of every state and of the account. */
function fingerprint(work: string): string {
  const files = readdirSync(work, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(file).update(readFileSync(path.join(work, file)));
  return hash.digest("hex");
}

function outageArguments({ denyRegion = [], denyZone = [], denyService = [] }: Loses, callTimeout: number): string[] {
  const regions = denyRegion.flatMap((region) => ["--deny-region", region]);
  const zones = denyZone.flatMap((zone) => ["--deny-zone", zone]);
  const services = denyService.flatMap((service) => ["--deny-service", service]);
  return [...regions, ...zones, ...services, "--call-timeout", String(callTimeout)];
}

/** A running drill. */
class Run {
  preflight: readonly PreflightRow[] = [];
  private before = "";
  /** Configuration that a step has set, by stack. */
  private readonly config = new Map<string, readonly string[]>();

  constructor(private readonly exercise: Exercise) {}

  private get folders(): string[] {
    const { root, work } = this.exercise.scratch;
    return ["-C", root, "--work", work];
  }

  /** Runs a verb with the folders of the drill. */
  private verb(...shown: readonly string[]): Promise<VerbResult> {
    return runVerbProcess(shown, ["--no-policies", ...this.folders]);
  }

  private configOf(stack: string): string[] {
    return (this.config.get(stack) ?? []).flatMap((entry) => ["--config", entry]);
  }

  private up(stack: string, more: readonly string[] = []): Promise<VerbResult> {
    return this.verb("up", "-s", stack, "--yes", "--both-legs", "a drill", ...this.configOf(stack), ...more);
  }

  /** Brings up the foundation and both legs. @throws UserError where an update fails. */
  async stand(): Promise<void> {
    const { scratch, scenario } = this.exercise;
    const { primary, replica } = scratch.pair;
    scratch.setLegs(STANDING);
    for (const { stack } of scenario.cold === true ? [primary] : [primary, replica]) {
      const { code, said } = await this.up(stack);
      if (code !== 0) throw new UserError(`${stack} does not come up before the drill: ${said}`);
    }
    this.before = fingerprint(scratch.work);
  }

  private async upStep(id: string, action: Does<"up">): Promise<StepResult> {
    const { scratch } = this.exercise;
    scratch.setLegs(action.legs);
    if (action.config !== undefined) this.config.set(scratch.pair[action.leg].stack, action.config);
    const lost = action.during ? this.lost : [];
    const { code, refused, said, command } = await this.up(scratch.pair[action.leg].stack, lost);
    // The file of the other leg must not contradict the state of the lost one.
    if (action.refused === true) scratch.setLegs({ ...action.legs, primary: "serves" });
    return { id, passed: action.refused === true ? refused : code === 0, ran: "MEASURED", saw: said, command };
  }

  private async parity(id: string, action: Does<"parity">): Promise<StepResult> {
    this.exercise.scratch.setLegs(action.legs);
    const { primary, replica } = this.exercise.scratch.pair;
    const { code, stdout, command } = await runVerbProcess(["parity", primary.stack, replica.stack], this.folders);
    const saw = stdout.split("\n")[0] ?? "";
    return { id, passed: code === 0 && saw.includes(`: ${action.verdict}, `), ran: "MEASURED", saw, command };
  }

  private get lost(): string[] {
    const { scratch, scenario, callTimeout } = this.exercise;
    const { primary, replica } = scratch.pair;
    const names = { primary: primary.region, replica: replica.region, zone: primary.zone, replicaZone: replica.zone };
    return outageArguments(losesOf(scenario, names), callTimeout);
  }

  /** A preview of the replica during the outage: it must succeed, and change nothing. */
  private checkStep(id: string): Promise<StepResult> {
    const { stack } = this.exercise.scratch.pair.replica;
    return this.succeeds(id, ["preview", "-s", stack, ...this.lost]);
  }

  private destroy(id: string): Promise<StepResult> {
    const { stack } = this.exercise.scratch.pair.replica;
    return this.succeeds(id, ["destroy", "-s", stack, "--yes", ...this.configOf(stack)]);
  }

  private async succeeds(id: string, shown: readonly string[]): Promise<StepResult> {
    const { code, said, command } = await this.verb(...shown);
    return { id, passed: code === 0, ran: "MEASURED", saw: said, command };
  }

  private checkPreflight(id: string): StepResult {
    this.preflight = preflightRows(this.exercise.scratch);
    const failed = this.preflight.filter(({ passed }) => !passed);
    const saw =
      failed.length === 0
        ? "every check that the sandbox can make passed"
        : failed.map(({ saw: what }) => what).join("; ");
    return { id, passed: failed.length === 0, ran: "MEASURED", saw };
  }

  private unchanged(id: string): StepResult {
    const passed = fingerprint(this.exercise.scratch.work) === this.before;
    return { id, passed, ran: "MEASURED", saw: passed ? "the same hash as before" : "the hash differs" };
  }

  /** Runs one step. */
  step(step: DrillStep): Promise<StepResult> | StepResult {
    const { id, action } = step;
    const { scratch } = this.exercise;
    switch (action.does) {
      case "wait":
        return { id, passed: true, ran: "NOT RUN", saw: "time passes: SIMULATED" };
      case "skip":
        return { id, passed: true, ran: "NOT RUN", saw: action.why };
      case "preflight":
        return this.checkPreflight(id);
      case "up":
        return this.upStep(id, action);
      case "preview":
        return this.checkStep(id);
      case "health":
        return { id, ran: "MEASURED", ...legReady(scratch, action.health) };
      case "parity":
        return this.parity(id, action);
      case "compare-state":
        return this.unchanged(id);
      case "destroy":
        return this.destroy(id);
      case "check-leaks":
        return { id, ran: "MEASURED", ...leakCheck(scratch) };
    }
  }
}

/** Runs the drill; it ends with the first step that fails. */
export async function exercised(exercise: Exercise): Promise<Exercised> {
  const run = new Run(exercise);
  await run.stand();
  const stores = storesOf(objectsOf(exercise.scratch, exercise.scratch.pair.primary.stack));
  const steps = stepsOf(exercise.scenario, stores);
  const results: StepResult[] = [];
  for (const step of steps) {
    const result = await run.step(step);
    results.push(result);
    exercise.onStep(step, result);
    if (!result.passed) break;
  }
  return { steps, stores, results, preflight: run.preflight };
}

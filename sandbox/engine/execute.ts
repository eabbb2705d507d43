/** One run of the engine on a snapshot: read, run the program, delete, check, sum up. */
import { EXIT_USAGE } from "../core/errors";
import { EXIT_CHANGES, type PolicyFinding, type RunResult } from "../events/events";
import { planOf } from "../events/plan";
import type { Goal } from "../state/goal";
import type { ResourceState } from "../state/resource-state";
import type { Snapshot } from "../state/snapshot";
import type { CutOff } from "../state/state-file";
import { isStackType } from "../property/urn";
import { configMask, maskedIn } from "../property/mask";
import type { PropertyMap } from "../property/values";
import type { ApprovedSteps } from "./approval";
import { deleteUnwanted } from "./deleting";
import { Deployment, type DeploymentOptions } from "./deployment";
import { recover } from "./recover";
import { goesOnText } from "./recovered";
import { refresh } from "./refresh";
import { recordOutputs } from "./steps";
import { rejectUnknownReplacements, rejectUnknownTargets } from "./targets";

/** How the program ended. */
export interface ProgramEnd {
  /** Outputs it registered; undefined when it did not come that far. */
  readonly outputs: PropertyMap | undefined;
  /** Whether it ran to its end and nothing failed: only then may anything be deleted. */
  readonly completed: boolean;
}

/**
 * The program's interface to the engine: it registers resources with the run.
 * @param interrupted resolves when a person stops the run.
 */
export type HostedProgram = (deployment: Deployment, interrupted: Promise<void>) => Promise<ProgramEnd>;

/** What a run needs: everything outside is given, so that tests run it in memory. */
export interface EngineOptions extends DeploymentOptions {
  /** Not run by destroy and refresh. */
  readonly program: HostedProgram;
  readonly snapshot: Snapshot;
  /** What the journal of an earlier run had that was cut off; absent where the last run ended. */
  readonly cutOff?: CutOff;
  /** Read every resource before planning. */
  readonly refresh?: boolean;
  /** Exit 7 when anything would change. */
  readonly expectNoChanges?: boolean;
  readonly signal?: AbortSignal;
}

/** How a run ended, and what it left or, in a preview, foresaw. */
export interface EngineResult extends RunResult {
  /** Every live resource, in the order in which it was completed. */
  readonly resources: readonly ResourceState[];
  /** What the program registered, by URN. */
  readonly goals: ReadonlyMap<string, Goal>;
  /** Every step that was begun: of a plan, what its update may do. */
  readonly begun: ApprovedSteps;
}

/** Runs the engine once. The caller saves the snapshot, whatever the exit code. */
export async function execute(options: EngineOptions): Promise<EngineResult> {
  const started = performance.now();
  const { operation } = options;
  // Nothing of a preview is recorded, so it works on a copy.
  const isDry = operation === "preview" || options.previewOnly === true;
  const { snapshot } = options;
  const deployment = new Deployment(options, isDry ? snapshot.copy() : snapshot);
  const before = snapshot.live();
  const stateBefore = stateText(snapshot);
  const interrupted = whenAborted(options.signal, deployment);
  const message = goesOnText(options.cutOff, await recover(deployment));
  // An approved plan has reported it already.
  if (message !== undefined && options.approved === undefined) deployment.record.report("info", message);
  const drifted = options.refresh === true || operation === "refresh" ? await refresh(deployment) : 0;
  if (operation === "destroy") await deleteUnwanted(deployment);
  rejectUnknownReplacements(deployment);
  if (operation === "refresh") rejectUnknownTargets(deployment);
  const runsProgram = (operation === "preview" || operation === "update") && !deployment.halted;
  const outputs = runsProgram ? await runProgram(deployment, options.program(deployment, interrupted)) : undefined;
  conclude(deployment);
  const seconds = (performance.now() - started) / 1000;
  return {
    exitCode: exitCodeOf(deployment, drifted, options.expectNoChanges === true),
    plan: planOf(deployment.record, options, seconds),
    findings: deployment.record.findings,
    diagnostics: deployment.record.diagnostics,
    outputs: maskedIn(
      outputs ?? rootOf(deployment)?.outputs ?? {},
      configMask(options.config, options.secretKeys),
    ) as PropertyMap,
    changeSummary: deployment.record.changeSummary,
    seconds,
    ...checkedBy(deployment),
    applied: !isDry,
    begun: deployment.record.begun,
    leavesState: stateText(deployment.snapshot) === stateBefore,
    changes: deployment.record.changes,
    drifts: deployment.record.drifts,
    ...lastUpdateOf(before),
    known: [...before, ...deployment.snapshot.live()],
    resources: deployment.snapshot.live(),
    goals: deployment.goals,
  };
}

/** Every resource of a run goes through the policies: those that it registered. */
function checkedBy({ options, goals }: Deployment): Pick<RunResult, "checked"> {
  return options.policies === undefined ? {} : { checked: { rules: options.policies.rules, resources: goals.size } };
}

function lastUpdateOf(resources: readonly ResourceState[]): Pick<RunResult, "lastUpdate"> {
  const lastUpdate = resources
    .flatMap(({ modified }) => modified ?? [])
    .sort()
    .at(-1);
  return lastUpdate === undefined ? {} : { lastUpdate };
}

function stateText(snapshot: Snapshot): string {
  return JSON.stringify([snapshot.list(), snapshot.pending()]);
}

/** The program, then the deletions, then the rules about the whole stack. */
async function runProgram(deployment: Deployment, running: Promise<ProgramEnd>): Promise<PropertyMap | undefined> {
  const { outputs, completed } = await running;
  if (completed) await deleteUnwanted(deployment);
  const root = rootOf(deployment);
  if (outputs !== undefined && root !== undefined && !deployment.halted) recordOutputs(deployment, root.urn, outputs);
  if (completed && !deployment.failed) await analyzeStack(deployment);
  return outputs;
}

async function analyzeStack(deployment: Deployment): Promise<void> {
  const findings = (await deployment.options.policies?.analyzeStack(deployment.snapshot.live())) ?? [];
  for (const finding of findings) deployment.record.find(finding);
  if (findings.some(isBlocking) && !deployment.preview) deployment.stepFailed = true;
}

function rootOf({ snapshot }: Deployment): ResourceState | undefined {
  return snapshot.live().find((resource) => isStackType(resource.type));
}

function isBlocking(finding: PolicyFinding): boolean {
  return finding.level === "mandatory";
}

function whenAborted(signal: AbortSignal | undefined, deployment: Deployment): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      deployment.record.report("error", `${deployment.preview ? "preview" : "update"} canceled`);
      deployment.stop();
      resolve();
    };
    if (signal?.aborted === true) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

/** The line that the real engine puts on the stack when a step or a policy, not only an input, was the reason. */
function conclude(deployment: Deployment): void {
  const { preview, record, stepFailed, options } = deployment;
  if (!stepFailed && !(preview && record.findings.some(isBlocking))) return;
  const kind = preview ? "preview" : options.operation === "refresh" ? "refresh" : "update";
  record.report("error", `${kind} failed`, rootOf(deployment)?.urn);
}

function exitCodeOf(
  { failed, stepFailed, misused, record }: Deployment,
  drifted: number,
  expectNoChanges: boolean,
): number {
  if (misused) return EXIT_USAGE;
  if (failed || stepFailed || record.findings.some(isBlocking)) return 1;
  const { same: _same, ...changes } = record.changeSummary;
  return expectNoChanges && drifted + Object.keys(changes).length > 0 ? EXIT_CHANGES : 0;
}

/** One run of the engine on a snapshot: read, run the program, delete, judge, sum up. */
import { deleteUnwanted } from "./deleting";
import { Deployment, type DeploymentOptions } from "./deployment";
import type { Operation, Plan, PolicyFinding, RunResult } from "../report/events";
import type { Goal } from "./goal";
import { runProgram, type Program } from "../program/host";
import { recover } from "./recover";
import { refresh } from "./refresh";
import type { ResourceState } from "../state/resource-state";
import { Snapshot } from "../state/snapshot";
import { recordOutputs } from "./steps";
import { isStackType } from "../values/urn";
import { isSecret, mapValue, type PropertyMap, type Value } from "../values/values";

/** What a run needs: everything outside is given, so that tests run it in memory. */
export interface EngineOptions extends Omit<DeploymentOptions, "preview" | "refreshOnly"> {
  readonly operation: Operation;
  /** Not needed by destroy and refresh. */
  readonly program?: Program;
  readonly snapshot: Snapshot;
  /** Read every resource before planning. */
  readonly refresh?: boolean;
  /** Exit 7 when anything would change. */
  readonly expectNoChanges?: boolean;
  /** A refresh or destroy that only says what it would do. */
  readonly previewOnly?: boolean;
  readonly signal?: AbortSignal;
}

/** How a run ended, and what it left or, in a preview, foresaw. */
export interface EngineResult extends RunResult {
  /** Every live resource, in the order in which it was completed. */
  readonly resources: readonly ResourceState[];
  /** What the program asked for, by URN. */
  readonly goals: ReadonlyMap<string, Goal>;
}

/** The real CLI's exit code when changes were proposed though none were expected. */
const EXIT_CHANGES = 7;

/** Runs the engine once. The caller saves the snapshot, whatever the exit code. */
export async function execute(options: EngineOptions): Promise<EngineResult> {
  const started = performance.now();
  const preview = options.operation === "preview" || options.previewOnly === true;
  const snapshot = preview ? copyOf(options.snapshot) : options.snapshot;
  const deployment = new Deployment({ ...options, preview, refreshOnly: options.operation === "refresh" }, snapshot);
  const interrupted = whenAborted(options.signal, deployment);
  await recover(deployment);
  const drifted = options.refresh === true || options.operation === "refresh" ? await refresh(deployment) : 0;
  if (options.operation === "destroy") await deleteUnwanted(deployment);
  const outputs =
    options.operation === "refresh" || options.operation === "destroy"
      ? undefined
      : await program(deployment, options, interrupted);
  conclude(deployment, options);
  return resultOf(deployment, options, { outputs, drifted, started });
}

/** The program, then the deletions, then the rules that see everything. */
async function program(
  deployment: Deployment,
  options: EngineOptions,
  interrupted: Promise<void>,
): Promise<PropertyMap | undefined> {
  if (options.program === undefined) throw new Error(`a ${options.operation} needs a program`);
  const end = await runProgram(deployment, options.program, interrupted);
  if (end.completed) await deleteUnwanted(deployment);
  if (end.outputs !== undefined && !deployment.halted) {
    const root = rootOf(deployment.snapshot);
    if (root !== undefined) recordOutputs(deployment, root.urn, end.outputs);
  }
  if (end.completed && !deployment.failed && options.policies !== undefined) {
    const findings = await options.policies.examineStack(deployment.snapshot.live());
    for (const finding of findings) deployment.find(finding);
    if (findings.some(isBlocking) && !deployment.options.preview) deployment.stackBlocked = true;
  }
  return end.outputs;
}

function rootOf(snapshot: Snapshot) {
  return snapshot.live().find((row) => isStackType(row.type));
}

/** A preview works on a copy: nothing of it is recorded. */
function copyOf(snapshot: Snapshot): Snapshot {
  return new Snapshot(snapshot.list(), snapshot.pending());
}

function whenAborted(signal: AbortSignal | undefined, deployment: Deployment): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      deployment.report("error", `${deployment.options.preview ? "preview" : "update"} canceled`);
      deployment.stop();
      resolve();
    };
    if (signal?.aborted === true) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

/** The line that the real engine puts on the stack when a step or a policy, not only an input, was the reason. */
function conclude(deployment: Deployment, options: EngineOptions): void {
  const { preview } = deployment.options;
  const blockedInPreview = preview && deployment.findings.some(isBlocking);
  if (!deployment.stepFailed && !blockedInPreview && !deployment.stackBlocked) return;
  const kind = preview ? "preview" : options.operation === "refresh" ? "refresh" : "update";
  deployment.report("error", `${kind} failed`, rootOf(deployment.snapshot)?.urn);
}

function isBlocking(finding: PolicyFinding): boolean {
  return finding.level === "mandatory";
}

function resultOf(
  deployment: Deployment,
  options: EngineOptions,
  run: { outputs: PropertyMap | undefined; drifted: number; started: number },
): EngineResult {
  const { changeSummary } = deployment.plan;
  const changed =
    run.drifted + Object.entries(changeSummary).reduce((sum, [op, count]) => (op === "same" ? sum : sum + count), 0);
  const broken = deployment.failed || deployment.stepFailed || deployment.findings.some(isBlocking);
  const seconds = (performance.now() - run.started) / 1000;
  const unexpected = options.expectNoChanges === true && changed > 0;
  return {
    exitCode: broken ? 1 : unexpected ? EXIT_CHANGES : 0,
    plan: planOf(deployment, options, seconds),
    findings: deployment.findings,
    diagnostics: deployment.diagnostics,
    outputs: run.outputs ?? rootOf(deployment.snapshot)?.outputs ?? {},
    changeSummary,
    seconds,
    resources: deployment.snapshot.live(),
    goals: deployment.goals,
  };
}

function planOf(deployment: Deployment, options: EngineOptions, seconds: number): Plan {
  const { config } = options;
  const steps = deployment.steps.filter((step) => step.op !== "same" || isRoot(step.urn));
  const diagnostics = deployment.diagnostics.map((diagnostic) => ({
    ...diagnostic,
    message: `${diagnostic.severity.startsWith("info") ? "" : `${diagnostic.severity}: `}${diagnostic.message}\n`,
  }));
  return {
    ...(Object.keys(config).length > 0 ? { config: blindedConfig(options) } : {}),
    steps,
    ...(diagnostics.length > 0 ? { diagnostics } : {}),
    duration: Math.round(seconds * 1e9),
    changeSummary: deployment.plan.changeSummary,
  };
}

function blindedConfig({ config, secretKeys = [] }: EngineOptions): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, text]) => [key, secretKeys.includes(key) ? "[secret]" : text]),
  );
}

function isRoot(urn: string): boolean {
  return urn.includes("::pulumi:pulumi:Stack::");
}

/** Stack outputs for people and for JSON: secrets blinded unless asked for. */
export function shownOutputs(outputs: PropertyMap, showSecrets: boolean): PropertyMap {
  return mapValue(outputs as Value, (value) =>
    isSecret(value) ? (showSecrets ? (value.value ?? null) : "[secret]") : value,
  ) as PropertyMap;
}

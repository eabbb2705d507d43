/** Runs the engine for a verb: display, Ctrl-C, exit code. */
import { UserError } from "@fridayproof/sandbox/errors";
import type { Operation, Plan, RunOptions, RunResult } from "@fridayproof/sandbox/run";
import { countResources } from "@fridayproof/sandbox/stacks";
import { RunDisplay, terminalOn } from "@fridayproof/sandbox/terminal";
import { EXIT_INTERRUPTED, type RunFlags } from "../context/options";
import { outagesOf } from "../context/outage-options";
import { hooksOf } from "../context/hooks";
import { findProject } from "../context/project";
import { checkPrerequisites, checkPrerequisitesFirst } from "../context/prerequisites";
import { costBlock } from "./costs";
import { timeBlock } from "./times";
import { EventLines } from "./event-lines";
import { planDocument } from "./plan-document";
import { approved, EXIT_DECLINED } from "./approval";
import { checkOutageFlags, outageProblemText } from "./outages";
import { requireFreshPolicies } from "./policy-freshness";

/** Parameters that a verb adds to the flags. */
export interface RunRequest {
  readonly operation: Operation;
  readonly refresh?: boolean;
  readonly expectNoChanges?: boolean;
  readonly previewOnly?: boolean;
  /** Resources that are replaced although nothing changed. */
  readonly replaces?: readonly string[];
  /** A stack that is missing beneath this one and is planned in memory. */
  readonly beneath?: string;
  /** Shows the plan, prompts, and updates when approved. */
  readonly planFirst?: boolean;
  /** Approves the plan without a prompt. */
  readonly yes?: boolean;
  /** Why the plan must not be carried out, even when approved; undefined where it may be. */
  readonly reject?: (plan: Plan) => string | undefined | Promise<string | undefined>;
  /** How long the plan takes, in a sentence; undefined where that is unknown. */
  readonly time?: (plan: Plan) => string | undefined;
  /** Every resource and every value of the plan. */
  readonly full?: boolean;
  /** The same with the values of new resources, and the lines of the program that declare them. */
  readonly diff?: boolean;
  /** Every finding with its reasons. */
  readonly findings?: boolean;
  /** Prints only the outcome, where the run succeeds. */
  readonly brief?: boolean;
  /** Text in place of the counts, where the run succeeds. */
  readonly closing?: string;
  /** Prints JSON on standard output, of a preview its plan and of an update its events, and everything else on standard error. */
  readonly json?: boolean;
  /** Where several runs are one stream of events: the stream. @default with `json`, one of the run's own */
  readonly events?: EventLines;
  /** Prints everything on standard error, because another run prints its plan on standard output. */
  readonly toStderr?: boolean;
}

/** The first Ctrl-C lets running operations end and saves them; the second exits. `release` removes the listener at the end of the run. */
function onInterrupt(stopping: () => void): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort();
    stopping();
  };
  process.on("SIGINT", interrupt);
  return { signal: controller.signal, release: () => void process.off("SIGINT", interrupt) };
}

/** Cancels the run: running operations end; the display shows it. */
const STOPPING =
  "Stopping: what is under way ends and is saved, nothing new begins. Ctrl-C again leaves at once; the next up checks the account for it.";

/** Runs one operation and shows it. Sets the exit code; returns the result for what a verb does afterwards. */
export async function runEngine(flags: RunFlags, request: RunRequest): Promise<RunResult> {
  const project = findProject(flags);
  const { stack, policies } = flags;
  const { operation, previewOnly, planFirst, full, diff, findings, brief, closing } = request;
  const terminal = terminalOn(
    request.json === true || request.toStderr === true ? process.stderr : process.stdout,
    process.env,
  );
  const display = new RunDisplay({
    ...{ operation, previewOnly, planFirst, stack, full, diff, findings, brief, closing, terminal },
    root: project.root,
    about: (plan) => [
      ...uncheckedNote(flags, request),
      ...costBlock(stack, plan, terminal.columns),
      ...timeBlock(request.time?.(plan.plan), terminal.columns),
    ],
    expected: countResources(project, stack),
  });
  const events = eventsOf(request);
  if (planFirst === true || previewOnly === true) events?.beginPlan();
  checkOutageFlags(flags);
  const { signal, release } = onInterrupt(() => display.interrupt(STOPPING));
  const hooks = hooksOf(project.root);
  if (policies !== false) hooks.prepare?.(project.root);
  checkPrerequisitesFirst(project, stack);
  display.start();
  try {
    // Loaded once the heading stands: the SDK behind it takes most of a second.
    const { run } = require("@fridayproof/sandbox/run") as typeof import("@fridayproof/sandbox/run");
    const result = await run({ ...runOptions(flags, request, display, events), signal });
    if (events !== undefined) events.finish(stack, result);
    else if (request.json === true) writeOut(`${JSON.stringify(planDocument(stack, result), undefined, 4)}\n`);
    display.finish(result);
    const blocked = operation === "preview" ? outageProblemText(flags, result.plan, result.known) : undefined;
    if (blocked !== undefined) throw new UserError(blocked);
    if (operation === "preview" && result.exitCode === 0) requireFreshPolicies(flags, operation);
    const errors = result.diagnostics.map(({ message }) => message);
    for (const hint of hooks.hints?.(errors, stack) ?? []) terminal.write(`${hint}\n`);
    const wasDeclined = planFirst === true && result.exitCode === 0 && !result.applied && !result.leavesState;
    process.exitCode = signal.aborted ? EXIT_INTERRUPTED : wasDeclined ? EXIT_DECLINED : result.exitCode;
    return result;
  } finally {
    release();
    display.stop();
  }
}

/** A line about skipped policies: without it the plan would look like one without findings. */
function uncheckedNote({ policies }: RunFlags, { operation }: RunRequest): readonly string[] {
  const runsProgram = operation === "preview" || operation === "update";
  return policies === false && runsProgram ? ["Policies   not checked: --no-policies"] : [];
}

/** The stream of events of a run with `json`; a preview prints its plan instead. */
function eventsOf({ json, operation, events }: RunRequest): EventLines | undefined {
  return json === true && operation !== "preview" ? (events ?? new EventLines(writeOut)) : undefined;
}

/** Standard output, for documents and lines of JSON. */
export const writeOut = (text: string): void => void process.stdout.write(text);

/** The request to the sandbox. */
function runOptions(
  flags: RunFlags,
  request: RunRequest,
  display: RunDisplay,
  events: EventLines | undefined,
): RunOptions {
  const project = findProject(flags);
  const { stack, config, secretConfig, target, parallel, policies, quotas } = flags;
  const { operation, refresh, expectNoChanges, previewOnly, replaces, beneath } = request;
  const runsProgram = operation === "preview" || operation === "update";
  return {
    ...project,
    ...{
      operation,
      stack,
      config,
      secretConfig,
      parallel,
      policies,
      quotas,
      outages: outagesOf(flags),
      refresh,
      expectNoChanges,
      previewOnly,
      replaces,
      beneath,
    },
    targets: target,
    check: runsProgram ? () => checkPrerequisites(project, stack) : undefined,
    listener: (event) => {
      display.onEvent(event);
      events?.onEvent(event);
    },
    approve: request.planFirst === true ? (plan) => isApproved(plan, flags, request, display, events) : undefined,
  };
}

async function isApproved(
  plan: RunResult,
  flags: RunFlags,
  request: RunRequest,
  display: RunDisplay,
  events: EventLines | undefined,
): Promise<boolean> {
  display.showPlan(plan);
  const { stack } = flags;
  const refused = outageProblemText(flags, plan.plan, plan.known) ?? (await request.reject?.(plan.plan));
  if (refused !== undefined) throw new UserError(refused);
  requireFreshPolicies(flags, request.operation);
  const verb = request.operation === "destroy" ? "destroy" : "update";
  const yes = request.yes === true;
  const isYes = await approved(plan, { stack, verb, yes, details: () => display.showDetails(plan) });
  if (isYes) display.start();
  if (isYes) events?.approve();
  return isYes;
}

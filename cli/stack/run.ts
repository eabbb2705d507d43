/** Runs the engine for a verb: display, Ctrl-C, exit code. */
import type { Operation, RunResult } from "../../sandbox/run";
import { countResources } from "../../sandbox/stacks";
import { RunDisplay, terminalOn, type Terminal } from "../../sandbox/terminal";
import type { RunFlags } from "../context/options";
import { hooksOf } from "../context/hooks";
import { findProject } from "../context/project";
import { checkRows, checkRowsFirst } from "../context/rows";

/** What a verb adds to the flags. */
export interface RunRequest {
  readonly operation: Operation;
  readonly refresh?: boolean;
  readonly expectNoChanges?: boolean;
  readonly previewOnly?: boolean;
  /** What is replaced though nothing changed. */
  readonly replaces?: readonly string[];
  /** Shows nothing of a run that ends well: it only asks whether the one that follows may begin. */
  readonly onlyErrors?: boolean;
  /** Prints the plan as JSON on standard output and everything else on standard error. */
  readonly json?: boolean;
  /** Prints everything on standard error, because standard output is for another run's plan. */
  readonly toStderr?: boolean;
}

/** 128 and the number of SIGINT: what a shell expects of a program that was interrupted. */
const EXIT_INTERRUPTED = 130;

/** The first Ctrl-C lets what is under way end and saves it; the second gives up. `release` ends the listening with the run. */
function onInterrupt(say: (text: string) => void): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort();
    say("Interrupted: what is under way ends and is saved, nothing new begins. Ctrl-C again gives up at once.");
  };
  process.on("SIGINT", interrupt);
  return { signal: controller.signal, release: () => void process.off("SIGINT", interrupt) };
}

/** What is said of the policies where they found nothing; nothing where the operation asks none. */
function policyWord({ operation }: RunRequest, policies: boolean | undefined): string | undefined {
  if (operation !== "preview" && operation !== "update") return undefined;
  return policies === false ? "not asked (--no-policies)." : "nothing found.";
}

/** The terminal of a run; with `onlyErrors` it keeps what is written until `show`. */
function terminalFor({ json, toStderr, onlyErrors }: RunRequest): { terminal: Terminal; show: () => void } {
  const screen = terminalOn(json === true || toStderr === true ? process.stderr : process.stdout, process.env);
  if (onlyErrors !== true) return { terminal: screen, show: () => undefined };
  const held: string[] = [];
  const terminal: Terminal = { ...screen, live: false, write: (text) => void held.push(text) };
  return { terminal, show: () => screen.write(held.join("")) };
}

/** Runs one operation and shows it. Sets the exit code; returns the result for what a verb does afterwards. */
export async function runEngine(flags: RunFlags, request: RunRequest): Promise<RunResult> {
  const project = findProject(flags);
  const { operation, json, toStderr: _toStderr, onlyErrors: _onlyErrors, ...rest } = request;
  const { stack, config, secretConfig, target, parallel, policies, quotas } = flags;
  const { terminal, show } = terminalFor(request);
  const display = new RunDisplay({
    operation,
    previewOnly: request.previewOnly,
    stack,
    root: project.root,
    expected: countResources(project, stack),
    terminal,
    policies: policyWord(request, policies),
  });
  const { signal, release } = onInterrupt((text) => display.say(text));
  const hooks = hooksOf(project.root);
  if (policies !== false) hooks.prepare?.(project.root);
  checkRowsFirst(project, stack);
  display.start();
  try {
    // Loaded once the heading stands: the SDK behind it takes most of a second.
    const { run } = require("../../sandbox/run") as typeof import("../../sandbox/run");
    const options = {
      operation,
      stack,
      ...project,
      config,
      secretConfig,
      targets: target,
      parallel,
      policies,
      quotas,
      check: operation === "preview" || operation === "update" ? () => checkRows(project, stack) : undefined,
      ...rest,
      listener: display.onEvent.bind(display),
      signal,
    };
    const result = await run(options);
    if (json === true) process.stdout.write(`${JSON.stringify(result.plan, undefined, 4)}\n`);
    display.finish(result);
    const errors = result.diagnostics.map(({ message }) => message);
    for (const hint of hooks.hints?.(errors, stack) ?? []) terminal.write(`${hint}\n`);
    if (result.exitCode !== 0) show();
    process.exitCode = result.exitCode;
    return result;
  } finally {
    release();
    display.stop();
  }
}

/** Shows a run: its plan, how far the update has come, and how it ended. */
import { counted } from "@fridayproof/components/core";
import type { Diagnostic, EngineEvent, Operation, RunResult, StepEvent } from "../events/events";
import { diagnosticsBlock } from "./errors";
import { LiveBlock } from "./live";
import { closingLines } from "./plan/closing";
import { blockingOutcome, policyLines } from "./plan/findings";
import { wrap } from "./plan/layout";
import { planModel } from "./plan/model";
import { changedOutputs } from "./plan/outputs";
import { UpdateProgress } from "./plan/progress";
import { planScreen } from "./plan/screen";
import { advance, progressLines, startProgress, type Progress } from "./progress";
import { lineReader } from "./source-line";
import { opStyles, stepLabel } from "./steps";
import type { Terminal } from "./text/terminal";

/** What is shown, and where the program is, for the places that errors name. */
export interface DisplayOptions {
  readonly operation: Operation;
  /** Whether the operation is only foreseen: nothing is done and nothing is written. */
  readonly previewOnly?: boolean;
  /** Whether a plan comes before anything is done. */
  readonly planFirst?: boolean;
  readonly stack: string;
  readonly root: string;
  /** How many resources the state holds; 0 when there is none. */
  readonly expected: number;
  /** Every resource and every value of the plan. */
  readonly full?: boolean;
  /** The same with the values of what is new, and where each resource is declared. */
  readonly diff?: boolean;
  /** Every finding with its reasons, and what could not be decided. */
  readonly findings?: boolean;
  /** Nothing but the outcome, where it is a good one: for a run that only prepares another. */
  readonly brief?: boolean;
  /** The text of a good outcome in place of its counts. */
  readonly closing?: string;
  /** Lines of the caller's own about a plan, such as its cost. */
  readonly about?: (plan: RunResult) => readonly string[];
  readonly terminal: Terminal;
}

/** Fast enough to look alive, slow enough to cost nothing. */
const REDRAW_MS = 100;

/** Longest silence of a log. */
const SILENCE_MS = 30_000;

/**
 * One run's display: it takes the events, the plan where there is one, then the result.
 *
 * @example
 * ```typescript
 * const options = { root: ".", operation: "update", stack: "dev" } as const;
 * const display = new RunDisplay({ ...options, expected: 0, terminal: terminalOn(process.stdout, process.env) });
 * display.start();
 * const listener = (event: EngineEvent) => display.onEvent(event);
 * display.finish(await run({ ...options, work: ".fridayproof", listener }));
 * ```
 */
export class RunDisplay {
  private readonly block: LiveBlock;
  private progress: Progress;
  private update: UpdateProgress | undefined;
  private pending: string[] = [];
  private timer: NodeJS.Timeout | undefined;
  private silence: NodeJS.Timeout | undefined;
  private lastLine = 0;
  private isFolded = false;
  private wasInterrupted = false;

  constructor(private readonly options: DisplayOptions) {
    this.block = new LiveBlock(options.terminal);
    const { expected, operation, previewOnly, planFirst } = options;
    const isPlan = planFirst === true || previewOnly === true || operation === "preview";
    this.progress = startProgress(expected, Date.now(), isPlan ? "planned" : "done");
  }

  /** Starts to draw; where nothing can be drawn again, the plan is the first thing that is written. */
  start(): void {
    if (!this.options.terminal.live) return this.startLog();
    this.timer = setInterval(() => this.redraw(), REDRAW_MS);
    this.timer.unref();
    this.redraw();
  }

  /** A log is folded where that is known, and never silent for long: silence looks like a run that hangs. */
  private startLog(): void {
    const { operation, stack, terminal, brief } = this.options;
    if (terminal.folds && this.update !== undefined && brief !== true) {
      const [steps, verb] = [this.update.total, operation === "destroy" ? "Deletion" : "Update"];
      terminal.write(`::group::${verb} of ${stack}, ${counted(steps, "step")}\n`);
      this.isFolded = true;
    }
    this.lastLine = Date.now();
    this.silence = setInterval(() => this.breakSilence(), REDRAW_MS);
    this.silence.unref();
  }

  private breakSilence(): void {
    const now = Date.now();
    if (now - this.lastLine < SILENCE_MS) return;
    const { columns, colors } = this.options.terminal;
    const [line] = progressLines(this.progress, now, columns, colors);
    if (line !== undefined) this.print(line);
  }

  /** Prints the plan, for a person to decide about; the update is counted against it from now on. */
  showPlan(plan: RunResult): void {
    this.stop();
    if (this.options.brief !== true) this.write(this.planBlocks(plan));
    this.update = new UpdateProgress(planModel(plan), this.options.terminal.colors);
    this.progress = startProgress(this.update.total, Date.now());
  }

  /** Prints the plan once more, with every resource and every value. */
  showDetails(plan: RunResult): void {
    const { stack, terminal } = this.options;
    const { columns, colors } = terminal;
    this.write([
      planScreen(plan, { stack, columns, colors, plain: terminal.plain, full: true, diff: true }),
      policyLines(plan, { columns, colors, plain: terminal.plain, full: true }),
    ]);
  }

  /** One event of the engine. */
  onEvent(event: EngineEvent): void {
    if (event.kind !== "step") return;
    const now = Date.now();
    this.progress = advance(this.progress, event, now);
    const through = this.update?.advance(event, now);
    if (this.options.brief === true) return;
    if (event.phase === "failed") this.print(this.failedLine(event));
    else if (through !== undefined) this.print(through);
  }

  /** The user interrupted the run. */
  interrupt(text: string): void {
    this.wasInterrupted = true;
    for (const line of wrap(text, 0, this.options.terminal.columns)) this.print(line);
  }

  /** Stops drawing and prints what is left to say: the plan of a run without one, findings, messages, outputs, the outcome. */
  finish(result: RunResult): void {
    this.stop();
    const { operation, stack, terminal, previewOnly, brief } = this.options;
    const { colors, columns } = terminal;
    const isQuiet = brief === true && result.exitCode === 0;
    const isNew = this.update === undefined;
    // A plan that was shown and not carried out is the result itself: its messages stand above the question.
    const isShown = isNew ? !isQuiet : !result.applied;
    const own = result.exitCode === 0 && result.applied ? this.options.closing : undefined;
    const counts = closingLines(result, {
      operation,
      stack,
      columns,
      colors,
      previewOnly: operation === "preview" || previewOnly === true,
      interrupted: this.wasInterrupted,
      brief,
      update: this.update,
    });
    this.write([
      ...(isQuiet ? [] : isNew ? this.planBlocks(result) : [policiesOfUpdate(result, terminal)]),
      ...(isShown ? [] : [this.messages(result)]),
      // A program's own output comes from an update alone.
      ...(isQuiet || !result.applied || operation === "refresh" ? [] : [changedOutputs(result, terminal)]),
      isQuiet && !result.applied ? [] : own === undefined ? counts : [colors.green(own)],
    ]);
  }

  /** Stops drawing; safe to call twice. */
  stop(): void {
    clearInterval(this.silence);
    if (this.isFolded) this.options.terminal.write("::endgroup::\n");
    this.isFolded = false;
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.block.draw(this.pending, []);
    this.pending = [];
  }

  private planBlocks(plan: RunResult): string[][] {
    const { stack, terminal, full, diff, findings, about } = this.options;
    const { columns, colors } = terminal;
    const hasFailed = plan.exitCode !== 0 && plan.diagnostics.some(isReason);
    const outcome = blockingOutcome(plan.findings) ?? (hasFailed ? "FAILED" : undefined);
    return [
      planScreen(plan, { stack, columns, colors, plain: terminal.plain, full, diff, outcome }),
      // The cost of a failed plan is unknown.
      [
        ...policyLines(plan, { columns, colors, plain: terminal.plain, full: findings }),
        ...(hasFailed ? [] : (about?.(plan) ?? [])),
      ],
      this.messages(plan),
    ];
  }

  private messages({ diagnostics }: RunResult): string[] {
    const { root, terminal } = this.options;
    // The user stopped it: no error is needed.
    const isOwn = ({ message }: Diagnostic): boolean => this.wasInterrupted && / canceled$/.test(message);
    return diagnosticsBlock(
      diagnostics.filter((diagnostic) => !isOwn(diagnostic) && !isSummary(diagnostic)),
      root,
      terminal.colors,
      lineReader(root),
      terminal.live ? terminal.columns : undefined,
    );
  }

  private failedLine(event: StepEvent): string {
    const { colors } = this.options.terminal;
    return `${colors.bold(colors.red("x"))} ${stepLabel(event)}   ${colors.red(`${opStyles[event.op].planned}: failed`)}`;
  }

  /** Blocks with an empty line between them. */
  private write(blocks: readonly (readonly string[])[]): void {
    const text = blocks.filter((lines) => lines.length > 0).map((lines) => `${lines.join("\n")}\n`);
    if (text.length > 0) this.options.terminal.write(text.join("\n"));
  }

  private print(line: string): void {
    this.lastLine = Date.now();
    if (this.timer === undefined) this.options.terminal.write(`${line}\n`);
    else this.pending.push(line);
  }

  private redraw(): void {
    const { columns, colors } = this.options.terminal;
    this.block.draw(this.pending, progressLines(this.progress, Date.now(), columns, colors));
    this.pending = [];
  }
}

/** The real engine's line about a run that failed: the closing lines say the same, with the reason. */
const isSummary = ({ severity, message }: Diagnostic): boolean =>
  severity === "error" && /^(?:preview|update|refresh) failed$/.test(message);

const isReason = (diagnostic: Diagnostic): boolean => diagnostic.severity === "error" && !isSummary(diagnostic);

/** What the rules found in an update that its plan could not show: those that block it. */
function policiesOfUpdate(result: RunResult, { columns, colors, plain }: Terminal): string[] {
  return blockingOutcome(result.findings) === undefined ? [] : policyLines(result, { columns, colors, plain });
}

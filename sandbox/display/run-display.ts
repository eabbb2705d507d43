/** Shows a run while it goes on and sums it up: redrawn lines on a terminal, plain ones everywhere else. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { EngineEvent, Operation, RunResult, StepEvent } from "../events/events";
import { diagnosticsBlock } from "./errors";
import { findingLines } from "./findings";
import { LiveBlock } from "./live";
import { advance, progressLines, startProgress, type Progress } from "./progress";
import { isShown, stepLine } from "./steps";
import { closingLine, summaryLines } from "./summary";
import type { Terminal } from "./terminal";

/** What is shown, and where the program is, for the places that errors name. */
export interface DisplayOptions {
  readonly operation: Operation;
  /** Whether the operation is only foreseen: nothing is done and nothing is written. */
  readonly previewOnly?: boolean;
  readonly stack: string;
  readonly root: string;
  /** How many resources the state holds; 0 when there is none. */
  readonly expected: number;
  /** What is said of the policies after a good run in which they found nothing; nothing where absent. */
  readonly policies?: string;
  readonly terminal: Terminal;
}

/** Fast enough to look alive, slow enough to cost nothing. */
const REDRAW_MS = 100;

const titles: Readonly<Record<Operation, string>> = {
  preview: "Previewing",
  update: "Updating",
  destroy: "Destroying",
  refresh: "Refreshing",
};

/** Reads one line of the program for an error message; a file that cannot be read has none. */
function lineReader(root: string): (file: string, line: number) => string | undefined {
  return (file, line) => {
    try {
      return readFileSync(path.join(root, file), "utf8").split("\n")[line - 1];
    } catch {
      return undefined;
    }
  };
}

/** One run's display: feed it the events, then the result. */
export class RunDisplay {
  private readonly block: LiveBlock;
  private progress: Progress;
  private pending: string[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: DisplayOptions) {
    this.block = new LiveBlock(options.terminal);
    this.progress = startProgress(options.expected, Date.now());
  }

  /** Prints the heading and starts to draw. */
  start(): void {
    const { operation, stack, terminal, previewOnly } = this.options;
    const title = previewOnly === true ? `Previewing the ${operation} of` : titles[operation];
    terminal.write(`${terminal.colors.bold(`${title} ${stack}`)} on the sandbox\n`);
    if (!terminal.live) return;
    this.timer = setInterval(() => this.redraw(), REDRAW_MS);
    this.timer.unref();
    this.redraw();
  }

  /** One event of the engine. */
  onEvent(event: EngineEvent): void {
    if (event.kind !== "step") return;
    this.progress = advance(this.progress, event, Date.now());
    if (event.phase !== "begin" && isShown(event, this.planned)) this.log(event);
  }

  /** A word in between, such as the answer to Ctrl-C. */
  say(text: string): void {
    this.print(text);
  }

  /** Stops drawing and prints policies, messages, outputs, counts and how it ended. */
  finish(result: RunResult): void {
    this.stop();
    const { operation, stack, root, terminal } = this.options;
    const { colors } = terminal;
    const blocks = [
      this.policyLines(result),
      diagnosticsBlock(result.diagnostics, root, colors, lineReader(root)),
      summaryLines(result, this.planned, colors),
      [closingLine({ operation, stack, planned: this.planned }, result, colors)],
    ];
    const text = blocks.filter((lines) => lines.length > 0).map((lines) => `${lines.join("\n")}\n`);
    terminal.write(`\n${text.join("\n")}`);
  }

  /** Stops drawing; safe to call twice. */
  stop(): void {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.block.draw(this.pending, []);
    this.pending = [];
  }

  /** Findings; where there are none, whether anybody looked: silence would mean either. */
  private policyLines({ findings, exitCode }: RunResult): string[] {
    const { policies, terminal } = this.options;
    const lines = findingLines(findings, terminal.colors);
    if (lines.length > 0 || policies === undefined || exitCode !== 0) return lines;
    return [`${terminal.colors.bold("Policies:")} ${policies}`];
  }

  private get planned(): boolean {
    return this.options.operation === "preview" || this.options.previewOnly === true;
  }

  private log(event: StepEvent): void {
    this.print(stepLine(event, this.planned, this.options.terminal.colors));
  }

  private print(line: string): void {
    if (this.timer === undefined) this.options.terminal.write(`${line}\n`);
    else this.pending.push(line);
  }

  private redraw(): void {
    const { columns, colors } = this.options.terminal;
    this.block.draw(this.pending, progressLines(this.progress, Date.now(), columns, colors));
    this.pending = [];
  }
}

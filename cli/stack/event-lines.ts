/** `up`, `refresh` and `destroy` with --json: Pulumi's engine events as JSON lines, and a last line of our own. */
import type { EngineEvent, RunResult } from "@fridayproof/sandbox/run";
import { planFacts } from "./plan-document";

const MILLISECONDS = 1000;

/** Names of Pulumi's events (apitype/events.go). */
const STEPS = { begin: "resourcePreEvent", end: "resOutputsEvent", failed: "resOpFailedEvent" } as const;

/** Writes one line for each event. */
export class EventLines {
  private sequence = 0;
  private isPlanning = false;

  /**
   * @param write writes one line, its line break included.
   * @param now milliseconds since the epoch.
   */
  constructor(
    private readonly write: (line: string) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** The events that follow are a preview. */
  beginPlan(): void {
    this.isPlanning = true;
  }

  /** The plan was approved: the events that follow are an update. */
  approve(): void {
    this.isPlanning = false;
  }

  /** Writes one event of the engine. */
  onEvent(event: EngineEvent): void {
    if (event.kind === "step") {
      const { op, urn, type, diffs, error } = event;
      const message = error === undefined ? {} : { message: error };
      this.line(STEPS[event.phase], { metadata: { op, urn, type, diffs }, planning: this.isPlanning, ...message });
    } else if (event.kind === "diagnostic") this.line("diagnosticEvent", { ...event.diagnostic, color: "never" });
    else {
      const { policy, pack, packVersion, level, urn, message } = event.finding;
      this.line("policyEvent", {
        resourceUrn: urn,
        message,
        color: "never",
        policyName: policy,
        policyPackName: pack,
        policyPackVersion: packVersion,
        enforcementLevel: level,
      });
    }
  }

  /** Writes the last two lines: Pulumi's summary, and under a key of our own the facts of the screen. */
  finish(stack: string, result: RunResult): void {
    const { seconds, changeSummary, applied, exitCode } = result;
    this.line("summaryEvent", {
      maybeCorrupt: false,
      durationSeconds: Math.round(seconds),
      resourceChanges: changeSummary,
      isPreview: !applied,
    });
    this.line("fridayproof", { ...planFacts(stack, result), applied, exitCode });
  }

  private line(key: string, value: object): void {
    const timestamp = Math.floor(this.now() / MILLISECONDS);
    this.write(`${JSON.stringify({ sequence: this.sequence++, timestamp, [key]: value })}\n`);
  }
}

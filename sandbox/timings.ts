/** Where a run's time goes, for `make bench`: one JSON line a phase on standard error when FRIDAYPROOF_TIMINGS is 1. */

/** Phases of one run, each ending where the next begins. */
export class Timings {
  private last = performance.now();
  private readonly enabled = process.env.FRIDAYPROOF_TIMINGS === "1";

  constructor() {
    // performance.now() counts from the start of the process: what came before was Node, the loader and the SDK.
    this.report("start", this.last);
  }

  /** Ends a phase. */
  mark(phase: string): void {
    const now = performance.now();
    this.report(phase, now - this.last);
    this.last = now;
  }

  private report(phase: string, milliseconds: number): void {
    if (this.enabled) process.stderr.write(`${JSON.stringify({ phase, ms: Math.round(milliseconds) })}\n`);
  }
}

/** Faults that a rehearsal brings in by variables: any version of the service can be a bad one. */
import { setTimeout as pause } from "node:timers/promises";

/** What goes wrong; 0 is nothing. */
export interface FaultSettings {
  /** Share of the requests that fail. */
  readonly errors: number;
  /** Share of the POST requests that fail. */
  readonly postErrors: number;
  /** How much longer each request takes. */
  readonly delayMs: number;
  /** Requests after which the process ends. */
  readonly crashAfter: number;
  /** Memory that each request keeps for ever. */
  readonly leakBytes: number;
}

/** The faults of one instance. */
export class Faults {
  private requests = 0;
  private readonly kept: Buffer[] = [];

  /** @param crash ends the process; it does not return. */
  constructor(
    private readonly settings: FaultSettings,
    private readonly crash: () => never,
  ) {}

  /** What happens before a request is served. @throws Error for a request that is to fail. */
  async before(method: string): Promise<void> {
    const { errors, postErrors, delayMs, crashAfter, leakBytes } = this.settings;
    this.requests++;
    if (crashAfter > 0 && this.requests > crashAfter) this.crash();
    // Filled: a page that nobody has written to takes no memory.
    if (leakBytes > 0) this.kept.push(Buffer.alloc(leakBytes, 1));
    if (delayMs > 0) await pause(delayMs);
    const share = method === "POST" ? Math.max(errors, postErrors) : errors;
    if (Math.random() < share) throw new Error("a fault that the rehearsal brought in");
  }
}

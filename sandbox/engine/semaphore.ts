/** At most so many at once. */

/** Runs work with a bound on how much of it is under way. */
export class Semaphore {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  /** @param limit unlimited when absent or below 1, as `--parallel` has it. */
  constructor(private readonly limit: number = Number.POSITIVE_INFINITY) {
    if (limit < 1) this.limit = Number.POSITIVE_INFINITY;
  }

  /** Waits for a place, runs, and hands the place to the longest waiting. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.limit) this.running++;
    // A place that is handed over stays counted: freed first, it could be taken twice before the waiter wakes.
    else await new Promise<void>((resolve) => this.queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next === undefined) this.running--;
      else next();
    }
  }
}

/** At most so many at once. */

/** Runs work with a bound on how much of it is under way. */
export class Semaphore {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  /** @param limit unlimited when absent or below 1, as `--parallel` has it. */
  constructor(private readonly limit: number = Number.POSITIVE_INFINITY) {
    if (limit < 1) this.limit = Number.POSITIVE_INFINITY;
  }

  /** Waits for a place, runs, gives the place on. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limit) await new Promise<void>((resolve) => this.queue.push(resolve));
    this.running++;
    try {
      return await work();
    } finally {
      this.running--;
      this.queue.shift()?.();
    }
  }
}

/** The error about a file that is neither a state nor a plan. */

/**
 * What is wrong with the file, where, what was allowed, how to fix it. The command line exits with 1.
 *
 * @example
 * ```typescript
 * try {
 *   console.log(readTimed(file, JSON.parse(file.toString("utf8"))));
 * } catch (error) {
 *   if (!(error instanceof TimelineError)) throw error;
 *   console.error(error.message);
 * }
 * ```
 */
export class TimelineError extends Error {
  readonly exitCode = 1;

  constructor(message: string) {
    super(message);
    this.name = "TimelineError";
  }
}

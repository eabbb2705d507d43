/** The error about a file that is no state. */

/**
 * What is wrong with the file, where, what was allowed, how to fix it. The command line exits with 1.
 *
 * @example
 * ```typescript
 * try {
 *   console.log(stateOf(readDocument(readFileSync("prod.json"))));
 * } catch (error) {
 *   if (!(error instanceof ParityError)) throw error;
 *   console.error(error.message);
 * }
 * ```
 */
export class ParityError extends Error {
  readonly exitCode = 1;

  constructor(message: string) {
    super(message);
    this.name = "ParityError";
  }
}

/** The error about a file that is no plan. */

/**
 * What is wrong with the file, where, what was allowed, how to fix it. The command line exits with 1.
 *
 * @example
 * ```typescript
 * try {
 *   console.log(verdictOn(readPlan(readFileSync("plan.json"))).verdict);
 * } catch (error) {
 *   if (!(error instanceof PlanError)) throw error;
 *   console.error(error.message);
 * }
 * ```
 */
export class PlanError extends Error {
  readonly exitCode = 1;

  constructor(message: string) {
    super(message);
    this.name = "PlanError";
  }
}

/** The error about a file that is no plan. */

/** Why not, as whole sentences: what is wrong, where, what was allowed, how to fix it. The command line exits with 1. */
export class PlanError extends Error {
  readonly exitCode = 1;

  constructor(message: string) {
    super(message);
    this.name = "PlanError";
  }
}

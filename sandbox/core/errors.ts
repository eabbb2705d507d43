/** Errors whose message is complete: what is wrong, where, what was allowed, how to fix it. */

/** Exit code of the real command line for words that cannot be meant: an unknown option, or a name that nothing has. */
export const EXIT_USAGE = 2;

/** Exit code of the real command line for a stack that does not exist. */
export const EXIT_NO_STACK = 6;

/**
 * An error to print as it is, without a stack.
 *
 * @example
 * ```typescript
 * run(options).catch((error: unknown) => {
 *   if (!(error instanceof UserError)) throw error;
 *   console.error(error.message);
 *   process.exitCode = error.exitCode;
 * });
 * ```
 */
export class UserError extends Error {
  /**
   * @param message the whole text.
   * @param exitCode 1 unless the real CLI has another for this case.
   */
  constructor(
    message: string,
    readonly exitCode: number = 1,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/**
 * A state or account file that cannot be read safely; it is never overwritten.
 *
 * @example
 * ```typescript
 * try {
 *   await storedResources(".fridayproof", "dev");
 * } catch (error) {
 *   if (!(error instanceof StateError)) throw error;
 *   console.error(`Restore the state from a backup: ${error.message}`);
 * }
 * ```
 */
export class StateError extends UserError {}

/**
 * Another run holds the lock of the stack or the account.
 *
 * @example
 * ```typescript
 * try {
 *   await run({ root: ".", work: ".fridayproof", operation: "update", stack: "dev" });
 * } catch (error) {
 *   if (!(error instanceof LockedError)) throw error;
 *   console.error(`Try again later: ${error.message}`);
 * }
 * ```
 */
export class LockedError extends UserError {}

/**
 * The work folder cannot be written.
 *
 * @example
 * ```typescript
 * try {
 *   await run({ root: ".", work: "/mnt/states", operation: "update", stack: "dev" });
 * } catch (error) {
 *   if (!(error instanceof WorkFolderError)) throw error;
 *   console.error(`Check the permissions of /mnt/states: ${error.message}`);
 * }
 * ```
 */
export class WorkFolderError extends UserError {}

/** A run that ended early though nothing is wrong with the program: interrupted, or stopped by an earlier failure. */
export class StoppedError extends Error {}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

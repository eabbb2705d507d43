/** What an action says when it fails, so that tests compare whole messages and not classes. */

/**
 * The message of the error that an action throws.
 * @throws Error when it throws nothing.
 */
export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("nothing was thrown");
}

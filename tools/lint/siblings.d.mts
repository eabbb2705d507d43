/** Types of siblings.mjs, for the tests. */

/** The workspace packages and their folders. */
export const siblings: Readonly<Record<string, string>>;

/** The sandbox's entry points, without ending. */
export const SANDBOX_ENTRIES: readonly string[];

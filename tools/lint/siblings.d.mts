/** Types of siblings.mjs, for the tests. */

/** The workspace packages and their folders. */
export const siblings: Readonly<Record<string, string>>;

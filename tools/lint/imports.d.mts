/** Types of imports.mjs, for its test. */

/** What is wrong with an import, or undefined. */
export function importProblem(file: string, specifier: string): string | undefined;

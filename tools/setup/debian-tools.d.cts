/** Types of debian-tools.cjs. */

/** Programs that tests and rehearsals run. */
export type ProgramName = "nginx" | "redis-server" | "postgres";

/** Where the program is. @throws Error when it is not there. */
export function programPath(name: ProgramName): string;

/** Those that are not there. */
export function missingPrograms(): readonly ProgramName[];

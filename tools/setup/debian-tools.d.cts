/** Types of debian-tools.cjs. */

/** Programs that tests and rehearsals run. */
export type ProgramName = "nginx" | "redis-server" | "postgres";

/** A machine, as far as it matters for where programs are and whether they can be installed. */
export interface Machine {
  /** As in the environment. */
  readonly path: string;
  /** Folders of programs that are not on everybody's PATH. */
  readonly system: readonly string[];
  /** Folder of PostgreSQL's majors. */
  readonly postgres: string;
  /** The file that says whether services may start. */
  readonly policy: string;
  readonly isRoot: boolean;
  /** How long one call of apt-get may take, in milliseconds. */
  readonly limitMs: number;
}

/** Where the program is. @throws Error when it is not there. */
export function programPath(name: ProgramName, machine?: Machine): string;

/** Those that are not there. */
export function missingPrograms(machine?: Machine): readonly ProgramName[];

/** Installs those that are not there. Returns undefined, or one sentence that says why not. */
export function ensurePrograms(machine?: Machine): string | undefined;

/** Runs the command line, and turns errors into messages and exit codes. */
import { CommanderError } from "commander";
import { EXIT_USAGE } from "@fridayproof/sandbox/errors";
import { buildProgram } from "./program";

/** An error of the file system as a message: a folder without permission is not a bug of this program. */
function systemProblem(error: unknown): string | undefined {
  const { code, syscall, path: file } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (code === undefined || syscall === undefined || file === undefined) return undefined;
  return `cannot use ${file}: ${SYSTEM_ERRORS[code] ?? code} (${code}, ${syscall}).`;
}

/** System errors that a user can fix. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "its file system is read-only",
  ENOENT: "it does not exist",
  ENOTDIR: "a part of the path is no folder",
  EISDIR: "it is a folder",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  ENOSPC: "the disk is full",
  EMFILE: "too many files are open",
};

/** Exit code and message of an error. */
interface Ending {
  readonly exitCode: number;
  readonly message: string;
  /** Whether the message has been printed already. */
  readonly printed?: boolean;
}

/** The message of an error; of a bug with its stack trace. */
function endingOf(error: unknown): Ending {
  if (error instanceof CommanderError)
    return { exitCode: error.exitCode === 0 ? 0 : EXIT_USAGE, message: error.message, printed: true };
  if (error instanceof Error && "exitCode" in error && typeof error.exitCode === "number")
    return { exitCode: error.exitCode, message: error.message };
  const system = systemProblem(error);
  if (system !== undefined) return { exitCode: 1, message: system };
  const trace = error instanceof Error ? error.stack : String(error);
  return { exitCode: 1, message: `this is a bug, please report it.\n${trace}` };
}

/** Whether the command line has --json. */
function isJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? undefined : end).includes("--json");
}

/** Errors go to standard error, and with --json as one object to standard output too. */
function report(error: unknown, args: readonly string[]): number {
  const { exitCode, message, printed = false } = endingOf(error);
  if (!printed) console.error(`fridayproof: ${message}`);
  if (exitCode !== 0 && isJson(args)) console.log(JSON.stringify({ error: { message, exitCode } }));
  return exitCode;
}

/**
 * A reader of the first lines (`| head -1`) closes the pipe: that is no error. The verb runs to its end without output:
 * an `up` that ended there would leave the sandbox half updated.
 */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
    });
  }
}

/** Runs the command line and returns the exit code. @param args without node and script. @throws when a module is missing. */
export async function main(args: readonly string[]): Promise<number> {
  outliveReaders();
  try {
    await buildProgram(args).parseAsync(args, { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // bin.cjs reports it: a package is missing.
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") throw error;
    return report(error, args);
  }
}

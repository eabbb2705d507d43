/** Runs the command line, and says of whatever goes wrong what a person needs. */
import { CommanderError } from "commander";
import { EXIT_USAGE } from "./context/options";
import { buildProgram } from "./program";

/** What the file system refused, as a sentence: a folder that may not be read is no defect of this program. */
function systemProblem(error: unknown): string | undefined {
  const { code, syscall, path: file } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (code === undefined || syscall === undefined || file === undefined) return undefined;
  return `cannot use ${file}: ${SYSTEM_ERRORS[code] ?? code} (${code}, ${syscall}).`;
}

/** What the codes mean that a person can do something about. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: "this user may not",
  EPERM: "this user may not",
  EROFS: "its file system is read-only",
  ENOENT: "it does not exist",
  ENOTDIR: "a part of the path is no folder",
  EISDIR: "it is a folder",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  ENOSPC: "the disk is full",
  EMFILE: "too many files are open",
};

/** What to print for an error: its message where that is complete, else also where in this program it came from. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
  if (error instanceof Error && "exitCode" in error && typeof error.exitCode === "number") {
    console.error(`fridayproof: ${error.message}`);
    return error.exitCode;
  }
  const system = systemProblem(error);
  if (system !== undefined) {
    console.error(`fridayproof: ${system}`);
    return 1;
  }
  console.error(
    `fridayproof: this is a bug, please report it.\n${error instanceof Error ? error.stack : String(error)}`,
  );
  return 1;
}

/**
 * Whoever reads only the first lines (`| head -1`) closes the pipe: that is no error. The verb goes on to its end, unheard:
 * an `up` that died of it would leave the sandbox half made.
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
    // The caller can say what is wrong with the installation.
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") throw error;
    return report(error);
  }
}

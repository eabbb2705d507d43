/** The command line: what verbs there are; each loads its own code only when it is called. */
import { Command, CommanderError } from "commander";
import { version } from "./package.json";
import { EXIT_USAGE } from "./context/options";
import type { Verb } from "./context/verb";

interface VerbRow {
  readonly name: string;
  readonly description: string;
  /** `require`, because `import()` of TypeScript is not served by the hook in sandbox/runtime/typescript.cjs. */
  readonly load: () => { readonly verb: Verb };
}

const verbs: readonly VerbRow[] = [
  { name: "up", description: "show the plan, ask, then create or update the stack", load: () => require("./verbs/up") },
  { name: "preview", description: "show what up would change", load: () => require("./verbs/preview") },
  {
    name: "destroy",
    description: "delete everything a stack has",
    load: () => require("./verbs/destroy"),
  },
  { name: "refresh", description: "read the simulated cloud into the state", load: () => require("./verbs/refresh") },
  {
    name: "status",
    description: "what runs: traffic by slot, health, versions, freezes",
    load: () => require("./verbs/status"),
  },
  { name: "graph", description: "draw the resource graph as SVG", load: () => require("./verbs/graph") },
  { name: "costs", description: "what a stack costs a month by list prices", load: () => require("./verbs/costs") },
  { name: "outputs", description: "print the outputs of a stack", load: () => require("./verbs/outputs") },
  {
    name: "policies",
    description: "list the policy rules, or exempt from one",
    load: () => require("./verbs/policies"),
  },
  {
    name: "lint-manifests",
    description: "judge rendered YAML with the policy rules",
    load: () => require("./verbs/lint-manifests"),
  },
  { name: "lock", description: "check the versions of env.lock.json", load: () => require("./verbs/lock") },
  { name: "sandbox", description: "show, reset or tamper with the account", load: () => require("./verbs/sandbox") },
  { name: "new", description: "write the files of a new environment", load: () => require("./verbs/new") },
  { name: "cancel", description: "break the lock that a killed run left", load: () => require("./verbs/cancel") },
];

function buildProgram(args: readonly string[]): Command {
  const program = new Command("fridayproof")
    .description("Zero-downtime delivery on AWS EKS: try the whole platform on a sandbox, without an AWS account.")
    .version(version)
    .showHelpAfterError("(fridayproof --help lists the verbs)")
    .exitOverride();
  for (const { name, description, load } of verbs) {
    const command = program.command(name).description(description);
    // A verb that is not mentioned needs no options: loading it would cost the others their speed.
    if (args.includes(name)) load().verb(command);
  }
  return program;
}

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

/** Runs a verb of this command line as a process of its own, because the drill changes files that this process has loaded. */
import { spawn } from "node:child_process";
import * as path from "node:path";

/** Result of a verb. */
export interface VerbResult {
  readonly code: number;
  /** Whether it ended with a UserError: not with success, not with a bug of the program, not killed. */
  readonly refused: boolean;
  readonly stdout: string;
  /** The last line about its outcome. */
  readonly said: string;
  /** The command as a person would type it. */
  readonly command: string;
}

const BIN = path.join(__dirname, "..", "bin.cjs");

const lines = (text: string): string[] => text.split("\n").filter((line) => line.trim() !== "");

function lastLine(stdout: string, stderr: string): string {
  const error = lines(stderr).findLast((line) => line.startsWith("fridayproof: "));
  const own = lines(stdout).findLast((line) => /^\S+ (is as|was not|stopped|is gone|: )/.test(line));
  return (error ?? own ?? lines(stdout).at(-1) ?? "").replace(/^fridayproof: /, "").trim();
}

/** Runs it to its end. @param omittedArguments those of the drill itself, such as its folders: the command that is shown leaves them out. */
export function runVerbProcess(
  visibleArguments: readonly string[],
  omittedArguments: readonly string[],
): Promise<VerbResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...visibleArguments, ...omittedArguments], {
      env: { ...process.env, NO_COLOR: "1" },
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      const command = `npx fridayproof ${visibleArguments.join(" ")}`;
      const said = lastLine(stdout, stderr);
      const refused = code === 1 && said !== "" && !said.startsWith("this is a bug");
      resolve({ code: code ?? 1, refused, stdout, said, command });
    });
  });
}

/** A verb of this command line as a process of its own: a program that was changed must be loaded anew. */
import { spawn } from "node:child_process";
import * as path from "node:path";

/** How a verb ended. */
export interface VerbResult {
  readonly code: number;
  /** Whether it ended with a sentence of its own: neither a success, nor a fault of the program, nor killed. */
  readonly refused: boolean;
  readonly stdout: string;
  /** The last line that says something about how it ended. */
  readonly said: string;
  /** As a person would write it. */
  readonly command: string;
}

const BIN = path.join(__dirname, "..", "bin.cjs");

const lines = (text: string): string[] => text.split("\n").filter((line) => line.trim() !== "");

function lastLine(stdout: string, stderr: string): string {
  const error = lines(stderr).findLast((line) => line.startsWith("fridayproof: "));
  const own = lines(stdout).findLast((line) => /^\S+ (is as|was not|stopped|is gone|: )/.test(line));
  return (error ?? own ?? lines(stdout).at(-1) ?? "").replace(/^fridayproof: /, "").trim();
}

/** Runs it to its end. @param shown arguments that a person would write; `hidden` are those of the drill's own folders. */
export function runVerbProcess(shown: readonly string[], hidden: readonly string[]): Promise<VerbResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...shown, ...hidden], { env: { ...process.env, NO_COLOR: "1" } });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      const command = `npx fridayproof ${shown.join(" ")}`;
      const said = lastLine(stdout, stderr);
      const refused = code === 1 && said !== "" && !said.startsWith("this is a bug");
      resolve({ code: code ?? 1, refused, stdout, said, command });
    });
  });
}

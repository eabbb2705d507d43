/** Runs compose/switch.sh as a person would, and takes the time from the command to its proof. */
import { execFile } from "node:child_process";
import * as path from "node:path";

const SWITCH = path.resolve(__dirname, "../../../apps/sample/compose/switch.sh");

/** How a switch ended. */
export interface Switched {
  readonly code: number;
  readonly said: string;
  readonly milliseconds: number;
  /** When the command had ended; milliseconds since 1970. */
  readonly at: number;
}

/** Switches to a colour, or a share of the visitors to green. Resolves with its code, whatever that is. */
export function switchTo(target: string, variables: Readonly<Record<string, string>>): Promise<Switched> {
  const begun = performance.now();
  const env = { PATH: process.env["PATH"] ?? "", ...variables };
  return new Promise((resolve, reject) => {
    execFile(SWITCH, [target], { env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code !== "number") return reject(error ?? new Error("switch.sh did not run"));
      resolve({ code, said: `${stdout}${stderr}`.trim(), milliseconds: performance.now() - begun, at: Date.now() });
    });
  });
}

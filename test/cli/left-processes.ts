/** Which processes of a command still run, found by a mark in the environment that all of them inherit. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The variable that carries the mark. */
export const MARK = "FRIDAYPROOF_TEST_MARK";

/** Whether this machine shows the environments of its processes. */
export const hasProc = existsSync("/proc/self/environ");

/** Ids and command lines of all processes with a mark. */
export function marked(mark: string): { readonly pid: number; readonly command: string }[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const isOurs = readFileSync(`/proc/${pid}/environ`, "utf8").includes(`${MARK}=${mark}`);
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      // An ended process that nobody has waited for has no command line any more.
      return isOurs && command !== "" ? [{ pid: Number(pid), command }] : [];
    } catch {
      return [];
    }
  });
}

/** Waits until none is left; a test that waits in vain fails by its timeout. */
export async function noneLeft(mark: string): Promise<void> {
  while (marked(mark).length > 0) await sleep(20);
}

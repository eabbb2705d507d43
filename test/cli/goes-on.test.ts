/** After a run that was killed the next one says that it goes on from there, once, above its plan. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { goesOn } from "../../sandbox/approved-run";
import { program, project, ROOT, runIn } from "./support";

const MINUTES_2 = 120_000;

/** Stands still in the middle of its update. */
const SLOW = program(`
  new aws.cloudwatch.LogGroup("first", {}, { provider });
  return new Promise((resolve) => setTimeout(resolve, pulumi.runtime.isDryRun() ? 0 : 2000)).then(() => ({}));
`);

it(
  "a run after a killed one names what was kept of it",
  async () => {
    const folder = project(SLOW);
    const args = [path.join(ROOT, "cli", "bin.cjs"), "up", "--yes", "--no-policies", "--cwd", folder];
    const child = spawn(process.execPath, args, { stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("close", resolve));
    const journal = path.join(folder, ".fridayproof", "stacks", "dev.journal.jsonl");
    const isMade = (): boolean => existsSync(journal) && /"kind":"put".*::first"/.test(readFileSync(journal, "utf8"));
    while (child.exitCode === null && !isMade()) await sleep(20);
    child.kill("SIGKILL");
    await ended;
    const { code, stdout } = await runIn(folder, "up");
    expect(code).toBe(0);
    expect(stdout.match(/This run goes on after one that was cut off: \d+ steps? of it (?:is|are) kept/g)).toHaveLength(
      1,
    );
    expect((await runIn(folder, "up")).stdout).not.toContain("goes on after");
  },
  MINUTES_2,
);

it.each([
  [{ changed: 1, open: 0 }, "1 step of it is kept."],
  [{ changed: 2, open: 0 }, "2 steps of it are kept."],
  [{ changed: 0, open: 1 }, "0 steps of it are kept, and the account is asked about 1 that was under way."],
  [{ changed: 29, open: 2 }, "29 steps of it are kept, and the account is asked about 2 that were under way."],
])("%j is told as '%s'", (cutOff, text) => {
  expect(goesOn(cutOff)).toEqual({
    severity: "info",
    message: `This run goes on after one that was cut off: ${text}`,
  });
});

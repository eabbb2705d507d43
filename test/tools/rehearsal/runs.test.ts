/** Whole rehearsals, as processes: they keep what they promise, and leave nothing behind when they are killed. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import * as path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { until } from "../../../tools/rehearsal/processes/wait";

const ROOT = path.resolve(__dirname, "../../..");
const MINUTES_MS = 180_000;

function start(script: string) {
  const child = spawn(process.execPath, ["--require", "./sandbox/runtime/typescript.cjs", script], { cwd: ROOT });
  const run = { child, said: "", ended: new Promise<number | null>((resolve) => child.once("close", resolve)) };
  // A test that fails while it waits would leave its load on the machine.
  onTestFinished(() => void child.kill("SIGKILL"));
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (run.said += chunk.toString()));
  return run;
}

/** A rehearsal that has come to this step. */
async function underWay(step: string) {
  const run = start("tools/rehearsal/rehearse.ts");
  await until(
    "it is under way",
    () => run.said.includes(step),
    () => run.said,
    MINUTES_MS,
  );
  return run;
}

const folderOf = (said: string): string => /^in (\S+)$/m.exec(said)?.[1] ?? "no folder yet";

const isNginx = (pid: string): boolean =>
  /nginx/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? "");

/** Processes that run in the folder, or name it: nginx's workers have no more than the first. */
function processesIn(folder: string): readonly string[] {
  const read = (what: () => string): string => {
    try {
      return what();
    } catch {
      // It ended meanwhile.
      return "";
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const line = read(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"));
      return line.includes(folder) || read(() => readlinkSync(`/proc/${pid}/cwd`)).startsWith(folder);
    });
}

test(
  "a rehearsal loses nothing in its planned steps, says so, and leaves nothing",
  { timeout: MINUTES_MS },
  async () => {
    const run = start("tools/rehearsal/rehearse.ts");
    expect({ code: await run.ended, said: run.said }).toMatchObject({ code: 0 });
    const folder = folderOf(run.said);
    expect(existsSync(folder)).toBe(false);
    // Whoever waits for the end of a server's parent needs a moment to see it.
    await until("everything ends", () => processesIn(folder).length === 0);
  },
);

test("a rehearsal that is killed leaves no process", { timeout: MINUTES_MS }, async () => {
  const run = await underWay("switch to green...");
  const folder = folderOf(run.said);
  expect(processesIn(folder).length).toBeGreaterThan(8);
  run.child.kill("SIGKILL");
  await run.ended;
  await until("everything ends", () => processesIn(folder).length === 0);
  rmSync(folder, { recursive: true });
});

test("a rehearsal that is interrupted tidies up", { timeout: MINUTES_MS }, async () => {
  const run = await underWay("deploy green...");
  run.child.kill("SIGINT");
  expect(await run.ended).toBe(1);
  await until("everything ends", () => processesIn(folderOf(run.said)).length === 0);
  expect(existsSync(folderOf(run.said))).toBe(false);
});

test("a rehearsal whose step fails says so and ends by itself, its clients too", { timeout: MINUTES_MS }, async () => {
  const run = await underWay("deploy green...");
  const folder = folderOf(run.said);
  for (const pid of processesIn(folder).filter(isNginx)) process.kill(Number(pid), "SIGKILL");
  expect(await run.ended).toBe(1);
  expect(run.said).toContain("rehearse: switch to green: ");
  await until("everything ends", () => processesIn(folder).length === 0);
  expect(existsSync(folder)).toBe(false);
});

/** The lock under contention: real processes, since one process never meets itself. */
import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readOwner, takeLock } from "../../../sandbox/storage/lock";
import { messageOf } from "../../support/message-of";

const RACERS = 20;
const ROUNDS = 8;
const MINUTES_2 = 120_000;

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "locks-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The number of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ["--version"]).pid;

/** A lock of a process that no longer lives. */
function leaveBehind(name: string, pid: number): string {
  const file = path.join(folder, name);
  const holder = { pid, host: os.hostname(), since: "2026-11-29T00:00:00.000Z", command: "update of stack dev" };
  fs.writeFileSync(file, JSON.stringify(holder));
  return file;
}

const marked = (prefix: string): string[] => fs.readdirSync(folder).filter((file) => file.startsWith(prefix));

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await sleep(2);
}

/** What each racer saw in one round. */
async function round(number: number): Promise<string[]> {
  await until(() => marked(`${number}.ready.`).length === RACERS);
  fs.writeFileSync(path.join(folder, `${number}.go`), "");
  const seen = (): string[] => marked(`${number}.seen.`).filter((file) => !file.endsWith(".tmp"));
  await until(() => seen().length === RACERS);
  return seen().map((file) => fs.readFileSync(path.join(folder, file), "utf8"));
}

describe("a lock", () => {
  it(
    `is taken by one of ${RACERS} processes, whether it is free or its holder is dead`,
    async () => {
      const dead = deadPid();
      for (let number = 0; number < ROUNDS; number++) if (number % 2 === 0) leaveBehind(`${number}.lock`, dead);
      const racer = path.join(__dirname, "support", "racer.cjs");
      const racers = Array.from({ length: RACERS }, () =>
        spawn(process.execPath, [racer, folder, String(ROUNDS)], { stdio: ["ignore", "ignore", "inherit"] }),
      );
      try {
        for (let number = 0; number < ROUNDS; number++) {
          const seen = await round(number);
          expect(seen.filter((end) => end !== "refused")).toEqual(["won"]);
        }
      } finally {
        for (const child of racers) child.kill("SIGKILL");
      }
    },
    MINUTES_2,
  );

  it("of a dead process goes to the next, which leaves nothing else behind", () => {
    const file = leaveBehind("dev.lock", deadPid());
    const lock = takeLock(file, "stack dev", "update of stack dev");
    expect(readOwner(file)?.pid).toBe(process.pid);
    expect(fs.readdirSync(folder)).toEqual(["dev.lock"]);
    lock.release();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it("whose take-over was interrupted is taken over all the same", () => {
    const dead = deadPid();
    const file = leaveBehind("dev.lock", dead);
    leaveBehind("dev.lock.takeover", dead);
    takeLock(file, "stack dev", "update of stack dev");
    expect(readOwner(file)?.pid).toBe(process.pid);
    expect(fs.readdirSync(folder)).toEqual(["dev.lock"]);
  });

  it("that somebody broke is missed before the next write", () => {
    const file = path.join(folder, "dev.lock");
    const lock = takeLock(file, "stack dev", "update of stack dev");
    lock.assertHeld();
    fs.rmSync(file);
    const other = takeLock(file, "stack dev", "destroy of stack dev");
    expect(messageOf(() => lock.assertHeld())).toBe(
      `the lock of stack dev was taken away from this run (${file}). It writes nothing more: another run may be at work.\n` +
        "Run again when that one has ended; what this run had written until then is kept.",
    );
    lock.release();
    other.assertHeld();
  });
});

/** What stays running after a run: nothing, however it ends. Counted by a mark in the environment that all processes inherit. */
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { statePath } from "../../sandbox/state/state-file";
import { lockPath } from "../../sandbox/storage/lock";
import { hasProc, MARK, marked, noneLeft } from "./left-processes";
import { fridayproof, program, project, ROOT } from "./support";

const MINUTES_2 = 120_000;
const hasPython = spawnSync("python3", ["-c", "import pty"]).status === 0;

/** A pack with one rule, which writes down that it was asked: then the run is in the middle. */
const PACK = `
const { PolicyPack } = require("@pulumi/policy");
const { writeFileSync } = require("node:fs");
new PolicyPack("house", { policies: [{ name: "looks", description: "-", enforcementLevel: "advisory",
  validateResource: ({ name }) => writeFileSync(__dirname + "/asked", name) }] });
`;

/** Many resources one after the other, so that there is a middle. */
const BODY = String.raw`
  let last: pulumi.Output<string> = vpc.id;
  for (let at = 0; at < 60; at++)
    last = new aws.cloudwatch.LogGroup("logs-" + at, { name: pulumi.concat('/', at, '/', vpc.id), tags: { last } }, { provider }).arn;
`;

let folder: string;
let mark: string;

const args = (verb: string): string[] => [verb, "--cwd", folder];
const command = (verb: string) => fridayproof(args(verb), { env: { [MARK]: mark } });
const wasChecked = (): boolean => fs.existsSync(path.join(folder, "policies", "asked"));

beforeEach(() => {
  mark = randomUUID();
  folder = project(program(BODY));
  const pack = path.join(folder, "policies");
  fs.mkdirSync(pack);
  fs.writeFileSync(path.join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.js\n");
  fs.writeFileSync(path.join(pack, "package.json"), '{ "name": "house", "version": "1.0.0" }');
  fs.writeFileSync(path.join(pack, "index.js"), PACK);
});
afterEach(() => {
  // Whoever a failing test left must not burden the next one.
  for (const { pid } of marked(mark)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      continue;
    }
  }
});

/** Starts a run and waits until it has asked the policies. */
async function inTheMiddle(file: string, words: readonly string[]) {
  const child = spawn(file, words, { env: { ...process.env, NO_COLOR: "1", [MARK]: mark } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  while (!wasChecked()) await sleep(5);
  return { child, ended, output: () => output };
}

const BIN = path.join(ROOT, "cli", "bin.cjs");

/** Runs a command in a terminal of its own; what it reads from its standard input is typed there. */
const IN_A_TERMINAL = `
import os, pty, sys
pty.spawn(sys.argv[1:])
`;

describe.runIf(hasProc)("no process stays behind", () => {
  it(
    "after a run that ends well",
    async () => {
      const { code, stderr } = await command("up");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(wasChecked()).toBe(true);
      await noneLeft(mark);
    },
    MINUTES_2,
  );

  it.runIf(hasPython)(
    "after Ctrl-C in a terminal, which ends the run without a false error",
    async () => {
      const words = ["-c", IN_A_TERMINAL, process.execPath, BIN, ...args("up")];
      const { child, ended, output } = await inTheMiddle("python3", words);
      child.stdin.write("\x03");
      await ended;
      expect(output()).toContain("Stopping: what is under way ends and is saved, nothing new begins.");
      expect(output()).not.toMatch(/policy project|ECONNRESET|Connection dropped|UNAVAILABLE/);
      await noneLeft(mark);
    },
    MINUTES_2,
  );

  it(
    "after SIGKILL of the run",
    async () => {
      const { child, ended } = await inTheMiddle(process.execPath, [BIN, ...args("up")]);
      child.kill("SIGKILL");
      await ended;
      await noneLeft(mark);
    },
    MINUTES_2,
  );

  it(
    "where the stack is locked: no policy process is started",
    async () => {
      const lock = lockPath(statePath(path.join(folder, ".fridayproof"), "dev"));
      fs.mkdirSync(path.dirname(lock), { recursive: true });
      const holder = { pid: process.pid, host: os.hostname(), since: "2026-11-29T00:00:00Z", command: "a test" };
      fs.writeFileSync(lock, JSON.stringify(holder));
      const { code, stderr } = await command("up");
      expect(code).not.toBe(0);
      expect(stderr).toContain("stack dev is locked by process");
      await noneLeft(mark);
    },
    MINUTES_2,
  );

  it.each([
    ["a state that is cut off", (work: string) => statePath(work, "dev"), "is corrupt or truncated"],
    ["an account that is cut off", (work: string) => path.join(work, "account.json"), "is corrupt or truncated"],
  ])(
    "after %s",
    async (_name, fileOf, message) => {
      const file = fileOf(path.join(folder, ".fridayproof"));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, '{ "version": 3, "deploy');
      const { code, stderr } = await command("up");
      expect(code).toBe(1);
      expect(stderr).toContain(message);
      await noneLeft(mark);
      expect(wasChecked()).toBe(false);
    },
    MINUTES_2,
  );

  it(
    "after a wrong passphrase",
    async () => {
      await command("up");
      const env = { [MARK]: mark, PULUMI_CONFIG_PASSPHRASE: "wrong" };
      const { code, stderr } = await fridayproof(args("up"), { env });
      expect(code).toBe(1);
      expect(stderr).toContain("the passphrase does not open this stack's secrets");
      await noneLeft(mark);
    },
    MINUTES_2,
  );
});

/** What a rehearsal starts ends with it, whatever ends it; and is found, or named as missing. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { Program } from "../../../tools/rehearsal/processes/program";
import { until } from "../../../tools/rehearsal/processes/wait";
import { missingPrograms, programPath } from "../../../tools/setup/debian-tools.cjs";

const ROOT = path.resolve(__dirname, "../../..");

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("a program ends when the process that started it is killed", async () => {
  const starter = [
    'const { Program } = require("./tools/rehearsal/processes/program");',
    'const program = new Program({ program: "/bin/sleep", args: ["600"], cwd: "/" });',
    "console.log(program.pid);",
    "setInterval(() => undefined, 1000);",
  ].join("\n");
  const child = spawn(process.execPath, ["--require", "./sandbox/runtime/typescript.cjs", "-e", starter], {
    cwd: ROOT,
  });
  const pid = await new Promise<number>((resolve) =>
    child.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString()))),
  );
  expect(alive(pid)).toBe(true);
  child.kill("SIGKILL");
  await until("it ends", () => !alive(pid));
});

test("a program says how it ended, and what it printed", async () => {
  const program = new Program({ program: "/bin/sh", args: ["-c", "echo out; exit 7"], cwd: "/" });
  expect(await program.ended).toBe(7);
  expect(program.output).toBe("out\n");
  expect(await program.end()).toBe(7);
});

test("one that takes no signal is killed, frozen or not", async () => {
  const deaf = new Program({
    program: "/bin/sh",
    args: ["-c", "trap '' TERM; echo deaf; while :; do sleep 1; done"],
    cwd: "/",
  });
  await until("it takes no signal", () => deaf.output === "deaf\n");
  deaf.freeze();
  expect(await deaf.end(300)).toBe("SIGKILL");
});

test("each program is found, or named as missing", () => {
  const missing = missingPrograms();
  for (const name of ["nginx", "redis-server", "postgres"] as const)
    if (missing.includes(name)) expect(() => programPath(name)).toThrow(`${name} is not there: install `);
    else expect(existsSync(programPath(name))).toBe(true);
});

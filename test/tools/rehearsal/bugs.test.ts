/** The bugs of `make friday`: chosen by name or by variables, and a wrong one costs nobody a minute. */
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { expect, test } from "vitest";
import { configOf } from "../../../apps/sample/config";
import { type Bug, bugList, bugOf, bugs } from "../../../tools/rehearsal/friday/bugs";

const LEAST = {
  DATABASE_URL: "postgres://db/sample",
  REDIS_URL: "redis://cache",
  PRICES_URL: "http://prices",
  SESSION_KEYS: "only",
};

test("without a name it is the session bug", () => {
  expect(bugOf("")).toEqual({ name: "session", ...bugs.session });
  expect(bugOf("slow-crash")).toMatchObject({ variables: { FAULT_CRASH_AFTER: "600" }, staysMs: 20_000 });
});

test("a name that is none is refused with the allowed ones, and with the one that was meant", () => {
  const allowed = "allowed: session, errors, post, slow, sluggish, hang, crash, slow-crash, leak, unready.";
  expect(() => bugOf("eror")).toThrow(new Error(`BUG=eror: ${allowed} Did you mean errors?`));
  expect(() => bugOf("toString")).toThrow(`BUG=toString: ${allowed}`);
});

test("variables may be given instead, those that a bug has", () => {
  expect(bugOf("FAULT_ERRORS=0.3,FAULT_DELAY_MS=5")).toMatchObject({
    variables: { FAULT_ERRORS: "0.3", FAULT_DELAY_MS: "5" },
  });
  expect(() => bugOf("FAULT_EROR=1")).toThrow(
    "BUG=FAULT_EROR=1: allowed variables: DISK_FOLDER, FAULT_CRASH_AFTER, FAULT_DELAY_MS, FAULT_ERRORS, FAULT_LEAK_BYTES, FAULT_POST_ERRORS, SESSION_READS, SESSION_WRITES. Did you mean FAULT_ERRORS?",
  );
});

test("the sample takes the variables of each, and each but the session bug and the missing folder is a fault", () => {
  const none = configOf(LEAST).faults;
  const faulty = Object.entries<Bug>(bugs).filter(([, { variables }]) => {
    const { faults } = configOf({ ...LEAST, ...variables });
    return JSON.stringify(faults) !== JSON.stringify(none);
  });
  const others = Object.keys(bugs).filter((name) => !faulty.some(([own]) => own === name));
  expect(others).toEqual(["session", "unready"]);
});

test("the list has a line for each", () => {
  expect(bugList()).toHaveLength(Object.keys(bugs).length);
  expect(bugList()[1]).toBe("errors      one request in ten fails with 500");
});

test("the command lists them, and refuses a wrong one before it starts anything", () => {
  const run = (env: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const [runtime, script] = ["./sandbox/runtime/typescript.cjs", "tools/rehearsal/friday/friday.ts"];
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", runtime, script, ...args], {
      cwd: path.resolve(__dirname, "../../.."),
      encoding: "utf8",
      env: { PATH: process.env["PATH"], ...env },
    });
    return { status, stdout, stderr };
  };
  expect(run({}, "--list")).toEqual({ status: 0, stdout: `${bugList().join("\n")}\n`, stderr: "" });
  const wrong = run({ BUG: "leek" });
  expect(wrong).toMatchObject({ status: 1, stdout: "" });
  expect(wrong.stderr).toMatch(/^friday: BUG=leek: allowed: .*\. Did you mean leak\?\n$/);
});

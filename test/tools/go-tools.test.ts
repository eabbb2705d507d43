/** Programs in Go that tests run: built once, into the user's cache, and never in the way of who has no Go. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import lock from "../../stacks/env.lock.json";

const SCRIPT = path.resolve(__dirname, "../../tools/setup/go-tools.cjs");
const names = ["promtool", "amtool"] as const;
const fileOf = (name: (typeof names)[number]) =>
  `${name}-${lock.tools[name].version}-${process.platform}-${process.arch}`;

/** A cache and a fake Go, which writes down how it is called and makes the file that it is told to make. */
function machine(build: string) {
  const folder = mkdtempSync(path.join(tmpdir(), "go tools "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [bin, cache, calls] = ["bin", "cache", "calls"].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(bin);
  const go = [
    "#!/bin/sh",
    `echo "$1" >> "${calls}"`,
    `case "$1" in`,
    `mod) echo '{ "Dir": "'"${folder}"'" }' ;;`,
    `build) while [ "$1" != "-o" ]; do shift; done; ${build} ;;`,
    "esac",
  ].join("\n");
  writeFileSync(path.join(bin, "go"), go, { mode: 0o755 });
  writeFileSync(calls, "");
  return {
    bin,
    cache,
    calls: () =>
      readFileSync(calls, "utf8")
        .split("\n")
        .filter((call) => call === "build").length,
    made: () => (existsSync(cache) ? readdirSync(cache).sort() : []),
  };
}

function run(cache: string, bin: string, ...args: readonly string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [SCRIPT, ...args], {
      env: { FRIDAYPROOF_TOOLS: cache, PATH: bin, HOME: cache },
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, said }));
  });
}

/** The shell's own words only: PATH holds nothing but the fake. */
const works = 'echo built > "$2"';
const fails = 'echo "no such module" >&2; exit 1';

test("both are built once, whoever asks at the same time, and then not again", async () => {
  const { bin, cache, calls, made } = machine(works);
  const ended = await Promise.all([run(cache, bin), run(cache, bin), run(cache, bin)]);
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(made()).toEqual(names.map(fileOf).sort());
  expect(calls()).toBe(2);
  expect(await run(cache, bin)).toEqual({ code: 0, said: "" });
  expect(calls()).toBe(2);
});

test("a lock whose process is gone is nobody's", async () => {
  const { bin, cache, made } = machine(works);
  mkdirSync(cache);
  // No process has this number: it is above what any system hands out.
  writeFileSync(path.join(cache, `${fileOf("promtool")}.lock`), "2147483646");
  expect((await run(cache, bin)).code).toBe(0);
  expect(made()).toEqual(names.map(fileOf).sort());
});

test("without Go nothing fails, and each program that is missing is named; who asks for them is told by the exit code", async () => {
  const { cache, made } = machine(works);
  const said = names
    .map((name) => `fridayproof: no ${name}: Go is not on PATH. The tests that run it are skipped.\n`)
    .join("");
  expect(await run(cache, path.join(cache, "nowhere"))).toEqual({ code: 0, said });
  expect(await run(cache, path.join(cache, "nowhere"), "--again")).toEqual({ code: 1, said });
  expect(made()).toEqual([]);
});

test("a build that fails is not tried by every run, only when asked for", async () => {
  const { bin, cache, calls } = machine(fails);
  const first = await run(cache, bin);
  expect(first.code).toBe(0);
  expect(first.said).toContain("fridayproof: no promtool: no such module. The tests that run it are skipped.\n");
  const second = await run(cache, bin);
  expect(second.said).toContain("no promtool: no such module (not tried again for a day: make go-tools does).");
  expect(calls()).toBe(2);
  expect((await run(cache, bin, "--again")).code).toBe(1);
  expect(calls()).toBe(4);
});

test("what our own files are built into is made only when it is named, from a copy that does not stay", async () => {
  const { bin, cache, calls, made } = machine('[ -f rollout/fridayproof.go ] && echo built > "$2"');
  writeFileSync(path.join(path.dirname(bin), "go.mod"), "");
  const { code } = await run(cache, bin, "rollouts");
  expect(code).toBe(0);
  expect(calls()).toBe(1);
  const [program, ...others] = made().filter((name) => !name.endsWith(".failed"));
  expect(program).toMatch(new RegExp(`^rollouts-${lock.tools.rollouts.version}-[0-9a-f]{8}-`));
  expect(others).toEqual([]);
});

test("what has a go.mod of ours is built from that folder", async () => {
  const { bin, cache, made } = machine('[ -f programs.go ] && echo built > "$2"');
  expect(await run(cache, bin, "--again", "etcd", "kube-apiserver")).toMatchObject({ code: 0 });
  const versions = ["etcd", "kube-apiserver"] as const;
  const expected = versions.map((name) => expect.stringMatching(`^${name}-${lock.tools[name].version}-[0-9a-f]{8}-`));
  expect(made()).toEqual(expected);
});

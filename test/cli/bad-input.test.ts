/** What can be wrong around a run: a clear error, the right exit code, nothing lost. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { program, project, runIn } from "./support";

const FINE = program("");

/** A project whose stack has this text as its state. */
function withState(text: string): { folder: string; file: string } {
  const folder = project(FINE);
  const file = path.join(folder, ".fridayproof", "stacks", "dev.json");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return { folder, file };
}

describe("an unknown stack", () => {
  it("ends with 6 and names the known ones", async () => {
    const { code, stderr } = await runIn(project(FINE), "preview", "--stack", "nowhere");
    expect(code).toBe(6);
    expect(stderr).toBe(
      "fridayproof: no stack named 'nowhere' found. Stacks of the sandbox: dev. " +
        "A new one needs Pulumi.nowhere.yaml.\n",
    );
  });

  it("has no outputs either", async () => {
    const folder = project(FINE);
    const { code, stderr } = await runIn(folder, "outputs");
    expect(code).toBe(6);
    expect(stderr).toContain("stack dev has no state yet");
  });
});

describe("configuration", () => {
  it("that is not YAML is told with its file", async () => {
    const { code, stderr } = await runIn(project(FINE, "config: [\n"), "preview");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^fridayproof: .*Pulumi\.dev\.yaml is not valid YAML: /);
  });

  it("that the program requires is told with its name", async () => {
    const { code, stdout } = await runIn(project(program(`  new pulumi.Config("lab").require("owner");`)), "preview");
    expect(code).toBe(1);
    expect(stdout).toContain("Missing required configuration variable 'lab:owner'");
  });
});

describe("a state", () => {
  it.each([
    ["truncated", '{ "version": 3, "deployment": { "resou', /is corrupt or truncated/],
    [
      "of a newer version",
      '{ "version": 4, "deployment": {} }',
      /has version 4; this program reads version 3\.\nA newer program wrote it/,
    ],
    ["of another kind", '{ "hello": "world" }', /is not a Pulumi deployment of version 3/],
  ])("that is %s is refused and left alone", async (_, text, message) => {
    const { folder, file } = withState(text);
    for (const verb of ["up", "destroy"]) {
      const { code, stderr } = await runIn(folder, verb);
      expect(code).toBe(1);
      expect(stderr).toMatch(message);
      expect(stderr).toContain(file);
      expect(readFileSync(file, "utf8")).toBe(text);
    }
  });
});

describe("a lock", () => {
  it("that somebody holds names the holder and how to break it; cancel breaks it", async () => {
    const folder = project(FINE);
    const lock = path.join(folder, ".fridayproof", "stacks", "dev.lock");
    mkdirSync(path.dirname(lock), { recursive: true });
    const holder = {
      pid: process.pid,
      host: hostname(),
      since: "2026-01-02T03:04:05.000Z",
      command: "update of stack dev",
    };
    writeFileSync(lock, JSON.stringify(holder));

    const { code, stderr } = await runIn(folder, "up");
    expect(code).toBe(1);
    expect(stderr).toBe(
      `fridayproof: stack dev is locked by process ${process.pid} on ${hostname()} since 2026-01-02T03:04:05.000Z (update of stack dev).\n` +
        `Wait for it to end. If it is certain that nothing runs any more: npx fridayproof cancel, or remove ${lock}.\n`,
    );

    const cancel = await runIn(folder, "cancel");
    expect(cancel.stdout).toContain(`Removed ${lock}: process ${process.pid} on ${hostname()}`);
    expect((await runIn(folder, "up")).code).toBe(0);
    expect((await runIn(folder, "cancel")).stdout).toBe("Nothing is locked: neither stack dev nor the account.\n");
  });
});

describe("a work folder", () => {
  it("that cannot be written is told with its path", async () => {
    const folder = project(FINE);
    const work = path.join(folder, "index.ts", "work");
    const { code, stderr } = await runIn(folder, "up", "--work", work);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^fridayproof: cannot (read|write) .*\n/);
    expect(stderr).toContain(work);
    expect(stderr).not.toContain("    at ");
  });
});

describe("a program", () => {
  it("that throws is told with its line, before anything is changed", async () => {
    const folder = project(program(`  throw new Error("the plan does not add up");`));
    const { code, stdout } = await runIn(folder, "up");
    expect(code).toBe(1);
    expect(stdout).toContain(
      'the plan does not add up\n      at index.ts:7:9   throw new Error("the plan does not add up");\n',
    );
    expect(stdout).not.toContain("node_modules");
    expect(stdout).toContain("dev was not changed: the plan failed for the reason above. (exit 1)\n");
    expect(existsSync(path.join(folder, ".fridayproof", "stacks", "dev.json"))).toBe(false);
  });

  it("that throws inside apply is told with its line", async () => {
    const { code, stdout } = await runIn(
      project(program(`  vpc.id.apply((id) => {\n    throw new Error("no " + id.length);\n  });`)),
      "up",
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/error: no \d+\n {6}at index\.ts:8:11 {3}throw new Error/);
    expect(stdout).not.toContain("node_modules");
  });

  it("with two resources of one name is told which", async () => {
    const twice = program(`  new aws.ec2.Vpc("net", { cidrBlock: "10.8.0.0/16" }, { provider });`);
    const { code, stdout } = await runIn(project(twice), "up");
    expect(code).toBe(1);
    expect(stdout).toContain(
      "Duplicate resource URN 'urn:pulumi:dev::lab::aws:ec2/vpc:Vpc::net'; try giving it a unique name",
    );
  });

  it("with a property of a wrong type is told which", async () => {
    const wrong = program(
      `  new aws.ec2.Vpc("other", { cidrBlock: { not: "text" } as unknown as string }, { provider });`,
    );
    const { code, stdout } = await runIn(project(wrong), "preview");
    expect(code).toBe(1);
    expect(stdout).toContain("cidrBlock");
  });

  it("that does not exist is told", async () => {
    const folder = project(FINE);
    rmSync(path.join(folder, "index.ts"));
    const { code, stdout, stderr } = await runIn(folder, "preview");
    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(/no program in .*: it has none of index\.js, index\.mjs, index\.ts, index\.mts/);
  });
});

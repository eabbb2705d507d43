/** A wrong word is refused in a sentence before anything is done, and the right one is named. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { readPolicyConfig } from "../../sandbox/analyzer/policy-config";
import { writeAtomically } from "../../sandbox/storage/journaled-file";
import { messageOf } from "../support/message-of";
import { fridayproof, program, project, runIn } from "./support";

const FINE = program("  return {};");
const VPC = "urn:pulumi:dev::lab::aws:ec2/vpc:Vpc::net";

describe("a stack that is not there", () => {
  it.each(["up", "preview", "destroy", "refresh", "graph", "outputs", "cancel"])(
    "is refused by %s before anything is built, with the nearest one",
    async (verb) => {
      const folder = project(FINE);
      writeFileSync(path.join(folder, "Pulumi.foundation.yaml"), "config: {}\n");
      const { code, stdout, stderr } = await runIn(folder, verb, "--stack", "dve");
      expect([code, stdout, stderr]).toEqual([
        6,
        "",
        "fridayproof: no stack named 'dve' found. Did you mean dev? Stacks of the sandbox: dev, foundation. " +
          "A new one needs Pulumi.dve.yaml.\n",
      ]);
      expect(existsSync(path.join(folder, ".fridayproof"))).toBe(false);
    },
  );
});

describe("another project", () => {
  it("without configuration for the sandbox is told what that is", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "other-"));
    writeFileSync(path.join(folder, "Pulumi.yaml"), "name: other\nruntime: nodejs\n");
    const { code, stderr } = await fridayproof(["up", "-C", folder, "--stack", "dev"]);
    expect([code, stderr]).toEqual([
      6,
      `fridayproof: no stack named 'dev' found. ${folder} has none: the sandbox reads the configuration of each stack from a file such as Pulumi.dev.yaml.\n`,
    ]);
  });

  it("without policies is told how to run without", async () => {
    const folder = project(FINE);
    const { code, stderr, stdout } = await fridayproof(["preview", "-C", folder]);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain("Where a project has no policies, run with --no-policies.");
  });
});

describe("a name that matches nothing", () => {
  const ESCAPED = " Did you forget to escape $ in your shell?";
  const SLIPS = [
    ["nonsense", ""],
    ["nte", " Did you mean net?"],
    ["**nonsense", ""],
    ["urn:pulumi:dev::lab::a:b:C:ec2/vpc:Vpc::net", ESCAPED],
  ] as const;

  it.each(SLIPS)("is refused in --target before anything is done: %s", async (name, hint) => {
    const folder = project(FINE);
    const { code, stdout } = await runIn(folder, "up", "--target", name);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^dev on the sandbox: FAILED/);
    expect(stdout).toContain(`Target '${name}' could not be found in the stack.${hint}\n`);
    expect(stdout).not.toContain("created");
  });

  it("is refused in --replace, which names what stands", async () => {
    const folder = project(FINE);
    await runIn(folder, "up");
    const { code, stdout } = await runIn(folder, "up", "--replace", "nte");
    expect(code).toBe(2);
    expect(stdout).toContain("Target 'nte' could not be found in the stack. Did you mean net?\n");
  });

  it("of one resource is its logical name, and of two is answered with both URNs", async () => {
    const folder = project(FINE);
    await runIn(folder, "up");
    expect((await runIn(folder, "preview", "--replace", "net")).stdout).toContain("1 to replace");
    expect((await runIn(folder, "refresh", "--target", "net")).code).toBe(0);
    const second = '  new aws.cloudwatch.LogGroup("net", {}, { provider });\n  return {};';
    writeFileSync(path.join(folder, "index.ts"), program(second));
    const { code, stdout } = await runIn(folder, "preview", "--target", "net");
    expect(code).toBe(2);
    expect(stdout).toContain("net is the name of 2 resources; give the URN of one:\n");
    expect(stdout).toContain("urn:pulumi:dev::lab::aws:cloudwatch/logGroup:LogGroup::net\n");
    expect(stdout).toContain(`${VPC}\n`);
  });

  it("is not asked for a $ that is there", async () => {
    const name = "urn:pulumi:dev::lab::a:b:C$aws:ec2/vpc:Vpc::net";
    for (const flag of ["--target", "--replace"]) {
      const { stdout } = await runIn(project(FINE), "preview", flag, name);
      expect(stdout).toContain(`Target '${name}' could not be found in the stack.\n`);
    }
  });

  it("is refused by refresh and destroy too, and a pattern that matches is none of those", async () => {
    const folder = project(FINE);
    expect((await runIn(folder, "up")).code).toBe(0);
    for (const verb of ["refresh", "destroy"])
      expect((await runIn(folder, verb, "--target", "**::nat")).stdout).toContain(
        "Target '**::nat' could not be found",
      );
    expect((await runIn(folder, "preview", "--replace", "**::net")).stdout).toContain("replace");
    expect((await runIn(folder, "refresh", "--target", VPC)).code).toBe(0);
  });
});

it("policies that do not know a stack say how they learn of it", () => {
  const folder = project(FINE);
  expect(readPolicyConfig(folder, "dev")).toEqual({});
  mkdirSync(path.join(folder, "policies", "config"), { recursive: true });
  const file = path.join(folder, "policies", "config", "dev.json");
  expect(messageOf(() => readPolicyConfig(folder, "dev"))).toBe(
    `${file} does not exist: the rules have no configuration for dev. Run \`make policy-files\`, which writes it from stacks/.`,
  );
});

it("outputs of a run that was cut short are not printed as if they were all", async () => {
  const folder = project(FINE);
  await runIn(folder, "up");
  writeFileSync(path.join(folder, ".fridayproof", "stacks", "dev.journal.jsonl"), "{}\n");
  expect(await runIn(folder, "outputs")).toEqual({
    code: 1,
    stdout: "",
    stderr: "fridayproof: the last run of dev did not end, or goes on: `fridayproof up --stack dev` finishes it.\n",
  });
});

it("a full disk is called full, and what could not be written whole is removed", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "full-"));
  const file = path.join(folder, "state.json");
  // Whatever is written to this device finds no space.
  symlinkSync("/dev/full", `${file}.${process.pid}.tmp`);
  expect(messageOf(() => writeAtomically(file, "text"))).toBe(
    `cannot write ${file}: the disk is full, or its quota is used up (ENOSPC).\n` +
      "Free some space and run again: what was written before is whole, and the next run goes on from there.",
  );
  expect(readdirSync(folder)).toEqual([]);
});

it("what the file system refuses is a sentence, not a bug", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "loop-"));
  symlinkSync("loop", path.join(folder, "loop"));
  const { code, stderr } = await fridayproof(["outputs", "-C", project(FINE), "--work", path.join(folder, "loop")]);
  expect(code).not.toBe(0);
  expect(stderr).not.toContain("bug");
  expect(stderr).not.toContain("    at ");
});

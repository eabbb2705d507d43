/** What a shell completes: verbs, options, stacks, logical names and rules, in the words so far. */
import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { fridayproof, program, project, ROOT, runIn, temporaryFolder } from "./support";

const complete = async (words: readonly string[], cwd?: string): Promise<string[]> => {
  const { stdout } = await fridayproof(["__complete", "--", ...words], { cwd });
  return stdout.split("\n").filter((line) => line !== "");
};

const hasBash = spawnSync("bash", ["--version"]).status === 0;

describe("completion", () => {
  it.each([
    [["pre"], ["preview"]],
    [
      ["completion", ""],
      ["bash", "fish", "zsh"],
    ],
    [["up", "--tar"], ["--target"]],
    [
      ["up", "--engine", ""],
      ["embedded", "pulumi"],
    ],
    [
      ["up", "--color", "a"],
      ["always", "auto"],
    ],
    [["up", "--stack", "pr"], ["prod"]],
    [["up", "-s", "st"], ["staging"]],
    [["policies", "keepalive"], ["keepalive-exceeds-idle"]],
    [["policies", "exempt", "keepalive"], ["keepalive-exceeds-idle"]],
    [["sandbox", "de"], ["delete"]],
    [["nonsense", "x", "y"], []],
  ])("of %j offers %j", async (words, expected) => {
    expect(await complete(words, ROOT)).toEqual(expected);
  });

  it("names what the stack and the account have", async () => {
    const folder = project(program("  return {};"));
    await runIn(folder, "up");
    expect(await complete(["up", "--target", "n"], folder)).toEqual(["net"]);
    expect(await complete(["up", "--replace", "n", "--target", "a"], folder)).toEqual(["aws"]);
    expect(await complete(["up", "-s", "other", "--target", "n"], folder)).toEqual([]);
    expect(await complete(["sandbox", "tamper", "n"], folder)).toEqual(["net"]);
  });

  it("offers nothing where there is no project", async () => {
    expect(await complete(["up", "--stack", ""], temporaryFolder())).toEqual([]);
  });

  it.runIf(hasBash)("works in bash as a person presses Tab", async () => {
    const folder = temporaryFolder();
    const command = path.join(folder, "fridayproof");
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${path.join(ROOT, "cli", "bin.cjs")}" "$@"\n`);
    chmodSync(command, 0o755);
    const { stdout: script } = await fridayproof(["completion", "bash"]);
    const press = `COMP_WORDS=("${command}" up --stack pr); COMP_CWORD=3; _fridayproof; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", `${script}\n${press}`], { cwd: ROOT, encoding: "utf8" });
    expect([stdout, stderr]).toEqual(["prod\n", ""]);
  });

  it("of an unknown shell names those that it knows", async () => {
    const { code, stderr } = await fridayproof(["completion", "tcsh"]);
    expect(code).toBe(2);
    expect(stderr).toContain("Allowed choices are bash, zsh, fish.");
  });
});

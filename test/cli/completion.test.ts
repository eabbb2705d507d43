/** What a shell completes: verbs, options, stacks, logical names and rules, in the words so far. */
import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { fridayproof, program, project, ROOT, runIn, temporaryFolder } from "./support";
import { commandInTerminal, CTRL_C, hasTerminal } from "./terminal-driver";

const complete = async (words: readonly string[], cwd?: string): Promise<string[]> => {
  const { stdout } = await fridayproof(["__complete", "--", ...words], { cwd });
  return stdout.split("\n").filter((line) => line !== "");
};

const has = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;

const FISH = "fish";

/** A folder with a command of our name, and the script of a shell in a file of it. */
async function installed(shell: string, file: string): Promise<string> {
  const folder = temporaryFolder();
  const command = path.join(folder, "fridayproof");
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${path.join(ROOT, "cli", "bin.cjs")}" "$@"\n`);
  chmodSync(command, 0o755);
  writeFileSync(path.join(folder, file), (await fridayproof(["completion", shell])).stdout);
  return folder;
}

const MINUTES_2 = 120_000;

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
    expect(await complete(["up", "--cwd", folder, "--target", "n"])).toEqual(["net"]);
    const work = path.join(folder, ".fridayproof");
    expect(await complete(["up", "--work", work, "--target", "n"], ROOT)).toEqual(["net"]);
    expect(await complete(["sandbox", "tamper", "--work", work, "n"], ROOT)).toEqual(["net"]);
  });

  it("offers nothing where there is no project", async () => {
    expect(await complete(["up", "--stack", ""], temporaryFolder())).toEqual([]);
  });

  it.runIf(has("bash"))("works in bash as a person presses Tab", async () => {
    const folder = await installed("bash", "script");
    const words = `COMP_WORDS=("${folder}/fridayproof" up --stack pr); COMP_CWORD=3`;
    const press = `source "${folder}/script"; ${words}; _fridayproof; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", press], { cwd: ROOT, encoding: "utf8" });
    expect([stdout, stderr]).toEqual(["prod\n", ""]);
  });

  it.runIf(has(FISH))("works in fish as a person presses Tab", async () => {
    const folder = await installed("fish", "script");
    const env = { ...process.env, HOME: folder, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
    const press = `source "${folder}/script"; complete -C "fridayproof up --stack pr"`;
    const { stdout, stderr } = spawnSync(FISH, ["-c", press], { cwd: ROOT, encoding: "utf8", env });
    expect([stdout, stderr]).toEqual(["prod\n", ""]);
  });

  it.runIf(has("zsh") && hasTerminal).each([
    ["from a folder of fpath, at the first Tab", 'fpath=("$SCRIPTS" $fpath); autoload -Uz compinit; compinit -u -D'],
    ["sourced", 'autoload -Uz compinit; compinit -u -D; source "$SCRIPTS/_fridayproof"'],
  ])(
    "works in zsh as a person presses Tab: %s",
    async (_how, setUp) => {
      const folder = await installed("zsh", "_fridayproof");
      const env = { SCRIPTS: folder, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
      const { text } = await commandInTerminal(
        ["zsh", "-f"],
        [
          { after: /[#%] /, keys: `${setUp}; echo is'' set up\n` },
          { after: /is set up\n[^]*[#%] /, keys: "fridayproof up --stack pr\t" },
          { after: /--stack prod /, keys: `${CTRL_C}\nexit\n` },
        ],
        { env, cwd: ROOT },
      );
      expect(text).toContain("fridayproof up --stack prod ");
    },
    MINUTES_2,
  );

  it("of an unknown shell names those that it knows", async () => {
    const { code, stderr } = await fridayproof(["completion", "tcsh"]);
    expect(code).toBe(2);
    expect(stderr).toContain("Allowed choices are bash, zsh, fish.");
  });
});

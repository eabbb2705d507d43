/** What the command line says about itself. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { fridayproof, ROOT } from "./support";

const makefile = readFileSync(path.join(ROOT, "Makefile"), "utf8");

describe("help", () => {
  it("lists every verb that make has, with the same name", async () => {
    const { code, stdout } = await fridayproof(["--help"]);
    const verbs = [...makefile.matchAll(/\$\(FRIDAYPROOF\) ([a-z]+)/g)].map(([, verb]) => verb);
    expect(code).toBe(0);
    expect(verbs).toContain("up");
    for (const verb of verbs) expect(stdout).toMatch(new RegExp(`^  ${verb} `, "m"));
  });

  it("of make lists every target", () => {
    const help = execFileSync("make", ["help"], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, MAKEFLAGS: "" },
    });
    const phony = /^\.PHONY: ((?:.*\\\n)*.*)$/m.exec(makefile)?.[1]?.split(/[\s\\]+/) ?? [];
    expect(phony.length).toBeGreaterThan(10);
    for (const target of phony) expect(help).toMatch(new RegExp(`^  ${target} +\\S`, "m"));
  });

  it.each(["up", "preview", "destroy", "refresh", "graph", "outputs", "cancel"])(
    "of %s names its options",
    async (verb) => {
      const { code, stdout } = await fridayproof([verb, "--help"]);
      expect(code).toBe(0);
      expect(stdout).toContain("--stack <name>");
      expect(stdout).toContain("--work <folder>");
    },
  );
});

describe("a wrong command", () => {
  it.each([
    [["upp"], "error: unknown command 'upp'\n(Did you mean up?)\n(fridayproof --help lists the verbs)\n"],
    [
      ["preview", "--stack", "../prod"],
      "error: option '-s, --stack <name>' argument '../prod' is invalid. A stack's name consists of letters, digits, dots, dashes and underscores.\n(fridayproof --help lists the verbs)\n",
    ],
    [
      ["up", "--config", "novalue"],
      "error: option '--config <key=value>' argument 'novalue' is invalid. Write it as key=value, such as fridayproof:teardown=true.\n(fridayproof --help lists the verbs)\n",
    ],
    [
      ["up", "--parallel", "0"],
      "error: option '--parallel <n>' argument '0' is invalid. A whole number from 1.\n(fridayproof --help lists the verbs)\n",
    ],
  ])("%j says what is wrong and ends with 2", async (args, message) => {
    expect(await fridayproof(args)).toEqual({ code: 2, stdout: "", stderr: message });
  });
});

describe("the policies", () => {
  it("are listed with level, what they forbid and what that prevents", async () => {
    const { code, stdout } = await fridayproof(["policies"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^ {2}endpoint-not-open \(mandatory\)\n {4}forbids {2}\S.*\n(?: {13}\S.*\n)* {4}prevents \S/m,
    );
  });
});

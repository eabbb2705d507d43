/** An old Node and a broken installation: one sentence each, nothing else. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { fridayproof, ROOT, temporaryFolder } from "./support";

/** A copy of what starts the command line, without packages. */
function copyOfStart(): string {
  const folder = temporaryFolder();
  for (const part of ["cli", "tools", "sandbox/runtime", "package.json", "package-lock.json", "Makefile"]) {
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  return folder;
}

/** Makes a process believe that it runs on Node 18. */
function oldNode(folder: string): string[] {
  const preload = path.join(folder, "old-node.cjs");
  writeFileSync(
    preload,
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.4" } });`,
  );
  return ["--require", preload];
}

const oldNodeSentence =
  `fridayproof: Node.js 20.9.0 or newer is needed, this is 18.20.4 (${process.execPath}). ` +
  "Install a newer one from https://nodejs.org and try again.\n";

describe("an old Node", () => {
  it.each(["cli/bin.cjs", "tools/setup/setup.cjs"])("is told so by %s", async (script) => {
    const nodeArgs = oldNode(temporaryFolder());
    const ended = await fridayproof(["--help"], { nodeArgs, bin: path.join(ROOT, script) });
    expect(ended).toEqual({ code: 1, stdout: "", stderr: oldNodeSentence });
  });

  it("could read everything up to the sentence: the checks use nothing newer than ES5", () => {
    const newer = /=>|\b(?:const|let|class|async|await)\b|`|\?\?|\?\.|\.\.\./;
    const code = ["tools/setup/setup.cjs", "cli/require-node.cjs", "cli/bin.cjs"].map((file) => {
      const text = readFileSync(path.join(ROOT, file), "utf8");
      return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\]|\\.)*"/g, "");
    });
    for (const text of code) expect(text).not.toMatch(newer);
  });
});

describe("a missing installation", () => {
  it("is one sentence that names what is missing and what to do", async () => {
    const folder = copyOfStart();
    const { code, stderr } = await fridayproof(["up"], { bin: path.join(folder, "cli/bin.cjs") });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^fridayproof: not installed yet or only in part \(missing: .*@pulumi\/pulumi, .*\)\. Run `npm ci` in .*\.\n$/,
    );
  });

  it("that was cut off inside a package is told too", async () => {
    const folder = copyOfStart();
    const namesIn = (manifest: string): readonly string[] =>
      Object.keys(
        (JSON.parse(readFileSync(path.join(folder, manifest), "utf8")) as { dependencies: object }).dependencies,
      );
    for (const name of [...namesIn("package.json"), ...namesIn("cli/package.json")]) {
      mkdirSync(path.join(folder, "node_modules", name), { recursive: true });
      writeFileSync(path.join(folder, "node_modules", name, "package.json"), '{ "version": "0.0.0" }');
    }
    const { code, stderr } = await fridayproof(["up"], { bin: path.join(folder, "cli/bin.cjs") });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^fridayproof: the installation is broken: Cannot find module '[^.].*'\. Run `npm ci` in .*\.\n$/,
    );
  });

  it("cannot be mended without npm, says set-up", async () => {
    const folder = copyOfStart();
    rmSync(path.join(folder, "Makefile"));
    const ended = await fridayproof([], {
      bin: path.join(folder, "tools/setup/setup.cjs"),
      env: { PATH: path.join(folder, "nowhere") },
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toBe(
      "fridayproof: installing packages (npm ci), once...\nfridayproof: npm is not on PATH. It comes with Node.js: https://nodejs.org.\n",
    );
  });
});

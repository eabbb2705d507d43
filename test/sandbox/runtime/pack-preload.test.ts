/** The compiler is left out of a pack's process where the pack says that it is compiled, and nowhere else. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, temporaryFolder } from "../../cli/support";

/** What Pulumi's runner for packs gets for a compiler, in the folder of a pack with this project file. */
function compilerOf(project: string, env: Record<string, string> = {}): string {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, "PulumiPolicy.yaml"), project);
  const code = `
    const { createRequire } = require("module");
    const runner = createRequire(${JSON.stringify(path.join(ROOT, "package.json"))}).resolve("@pulumi/pulumi/tsutils");
    console.log(createRequire(runner)("typescript").version === "none" ? "none" : "a compiler");`;
  const preload = path.join(ROOT, "sandbox/runtime/pack-preload.cjs");
  const args = ["--require", preload, "--eval", code];
  return execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } });
}

const compiled = "runtime:\n  name: nodejs\n  options:\n    typescript: false # compiled\n";

describe("a pack's process", () => {
  it("has no compiler where the pack is compiled", () => {
    expect(compilerOf(compiled)).toBe("none\n");
  });

  it.each([["runtime: nodejs\n"], ["runtime:\n  name: nodejs\n  options:\n    typescript: true\n"], [""]])(
    "has one where the pack may need it: %j",
    (project) => {
      expect(compilerOf(project)).toBe("a compiler\n");
    },
  );

  it("has one where the SDK is to be left as it is", () => {
    expect(compilerOf(compiled, { FRIDAYPROOF_PLAIN_SDK: "1" })).toBe("a compiler\n");
  });
});

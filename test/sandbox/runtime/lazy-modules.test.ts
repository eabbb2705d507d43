/** What is put off still works when it is needed. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";

function runWithLazyModules(code: string): string {
  return execFileSync(process.execPath, ["--require", "./sandbox/runtime/lazy-modules.cjs", "--eval", code], {
    encoding: "utf8",
  });
}

describe("lazy modules", () => {
  it("are not loaded with Pulumi's SDK", () => {
    const code = `
      require("@pulumi/pulumi");
      const late = Object.keys(require.cache).filter((file) => /[\\\\/](typescript[\\\\/]lib|@npmcli[\\\\/]arborist)[\\\\/]/.test(file));
      console.log(late.length);`;
    expect(runWithLazyModules(code)).toBe("0\n");
  });

  it("load when a closure is serialised", () => {
    const code = `
      const pulumi = require("@pulumi/pulumi");
      pulumi.runtime.serializeFunction((a) => a + 41).then(({ text }) => console.log(text.includes("a + 41")));`;
    expect(runWithLazyModules(code)).toBe("true\n");
  });

  it("leave everybody else's TypeScript alone", () => {
    expect(
      runWithLazyModules(`console.log(typeof require("typescript").version, "__esModule" in require("typescript"))`),
    ).toBe("string false\n");
  });

  it("are what files of Pulumi's SDK require as it starts, or the patch has nothing to put off", () => {
    const sdk = path.dirname(require.resolve("@pulumi/pulumi/package.json"));
    const sources = readdirSync(sdk, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".js") && !file.includes("node_modules"))
      .map((file) => readFileSync(path.join(sdk, file), "utf8"));
    const names = runWithLazyModules(
      `console.log([...require("./sandbox/runtime/lazy-modules.cjs").rarelyUsed].join(" "))`,
    );
    const required = (name: string): boolean => sources.some((source) => source.includes(`require("${name}")`));
    const found = names
      .trim()
      .split(" ")
      .map((name) => [name, required(name)]);
    expect(found).toEqual([
      ["typescript", true],
      ["@npmcli/arborist", true],
      ["./automation", true],
    ]);
  });
});

/** What is put off still works when it is needed. */
import { execFileSync } from "node:child_process";
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
});

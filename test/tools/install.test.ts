/** The policy pack is compiled again when anything that went into it changed, and only then. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { buildPolicies } from "../../tools/setup/install.cjs";

let root: string;

const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};

/** How often the fake npm was asked to compile. */
const builds = (): number => readFileSync(path.join(root, "builds"), "utf8").length;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "pack stamp-"));
  write("builds", "");
  write("policies/tsconfig.json", "{}");
  write("policies/rule.ts", "1");
  write("components/limit.ts", "1");
  mkdirSync(path.join(root, "policies/dist"));
  const npm =
    "#!/bin/sh\nprintf x >> builds\nprintf 'policies/rule.ts\\ncomponents/limit.ts\\n' > policies/dist/.inputs\n";
  writeFileSync(path.join(root, "npm"), npm, { mode: 0o755 });
  vi.stubEnv("PATH", `${root}${path.delimiter}${process.env.PATH ?? ""}`);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  buildPolicies(root);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("the compiled policies", () => {
  it("stay as long as nothing that went into them changes", () => {
    write("components/other.ts", "2");
    buildPolicies(root);
    expect(builds()).toBe(1);
  });

  it.each([["policies/rule.ts"], ["components/limit.ts"]])("are made again when %s changes", (file) => {
    write(file, "2");
    buildPolicies(root);
    expect(builds()).toBe(2);
    buildPolicies(root);
    expect(builds()).toBe(2);
  });

  it("are made again when a source has moved away", () => {
    rmSync(path.join(root, "components"), { recursive: true });
    buildPolicies(root);
    expect(builds()).toBe(2);
  });

  it("are made again when the list of sources is lost", () => {
    rmSync(path.join(root, "policies/dist/.inputs"));
    buildPolicies(root);
    expect(builds()).toBe(2);
  });

  it("are nothing that a project without policies needs", () => {
    rmSync(path.join(root, "policies/tsconfig.json"));
    write("policies/rule.ts", "2");
    buildPolicies(root);
    expect(builds()).toBe(1);
  });
});

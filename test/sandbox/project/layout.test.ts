/** Where a project keeps its files: said in package.json, found where Pulumi looks, or refused with the property's name. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../../sandbox/host/project";
import { readLayout } from "../../../sandbox/project/layout";
import { messageOf } from "../../support/message-of";

let root: string;

const write = (file: string, text: string): void => writeFileSync(path.join(root, file), text);

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "layout "));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("a project's folders", () => {
  it.each([
    ["the root unless Pulumi.yaml names one", "name: a\n", "."],
    ["Pulumi's own", "name: a\nstackConfigDir: config\n", "config"],
    ["Pulumi's own, in quotes and with a comment", 'stackConfigDir: "my config" # stacks\n', "my config"],
    ["the root when only a comment speaks of another", "# stackConfigDir: config\n", "."],
  ])("hold the stacks' configurations in %s", (_name, text, expected) => {
    write("Pulumi.yaml", text);
    expect(readLayout(root)).toEqual({
      stackConfig: expected,
      policyPack: "policies",
      policyConfig: "policies/config",
    });
  });

  it("are what package.json says first", () => {
    write("Pulumi.yaml", "stackConfigDir: config\n");
    write(
      "package.json",
      '{ "fridayproof": { "stackConfig": "sand", "policyPack": "rules", "policyConfig": "told" } }',
    );
    expect(readLayout(root)).toEqual({ stackConfig: "sand", policyPack: "rules", policyConfig: "told" });
  });

  it("stand beside the module of hooks and the stack that all others stand on", () => {
    write("package.json", '{ "fridayproof": { "hooks": "own/hooks.cjs", "foundation": "base" } }');
    expect(readLayout(root)).toMatchObject({ hooks: "own/hooks.cjs", foundation: "base" });
    write("package.json", '{ "fridayproof": { "foundation": true } }');
    expect(messageOf(() => readLayout(root))).toBe(
      `${path.join(root, "package.json")}: fridayproof.foundation: got true; allowed: the name of a stack.`,
    );
  });

  it("are refused where they are no text", () => {
    write("package.json", '{ "fridayproof": { "policyPack": ["rules"] } }');
    expect(messageOf(() => readLayout(root))).toBe(
      `${path.join(root, "package.json")}: fridayproof.policyPack: got ["rules"]; allowed: a folder, such as "policies".`,
    );
  });

  it("are not guessed from a package.json that is no JSON", () => {
    write("package.json", "{");
    expect(messageOf(() => readLayout(root))).toContain("package.json is not valid JSON: ");
  });
});

describe("a value that a real stack's key encrypted", () => {
  const config = "config:\n  a:token:\n    secure: v1:abc\n  a:list:\n    - 1\n  a:size: 3\n";

  it("is refused by name, with the way to give one", () => {
    write("Pulumi.dev.yaml", config);
    expect(messageOf(() => readConfig(root, "dev"))).toBe(
      `${path.join(root, "Pulumi.dev.yaml")}: a:token is encrypted for a real stack; give a value for this run: --secret-config a:token=...`,
    );
  });

  it("is no hindrance once the run has its own", () => {
    write("Pulumi.dev.yaml", config);
    expect(readConfig(root, "dev", { "a:token": "x" })).toEqual({ "a:token": "x", "a:list": "[1]", "a:size": "3" });
  });
});

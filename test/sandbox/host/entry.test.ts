/** The file that a program begins with is the one that Pulumi's own host takes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { entryIn, noEntryIn } from "../../../sandbox/host/entry";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), "fridayproof-entry-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A folder with this package.json and these files. */
function entryOf(manifest: object | undefined, files: readonly string[]): string | undefined {
  if (manifest !== undefined) writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  for (const file of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), "");
  }
  const found = entryIn(folder);
  return found === undefined ? undefined : path.relative(folder, found);
}

describe("the entry point", () => {
  it.each<[string, object | undefined, string[], string | undefined]>([
    ["without a package.json is index.ts", undefined, ["index.ts"], "index.ts"],
    ["is main", { main: "src/program.ts" }, ["src/program.ts", "index.ts"], "src/program.ts"],
    ["is index.ts where main is npm init's, and not there", { main: "index.js" }, ["index.ts"], "index.ts"],
    ["is index.js where both are there", {}, ["index.ts", "index.js"], "index.js"],
    ["is index.mts last", {}, ["index.mts"], "index.mts"],
    ["is the text of exports, before main", { exports: "./a.ts", main: "b.ts" }, ["a.ts", "b.ts"], "a.ts"],
    [
      "is the default of exports",
      { exports: { ".": { import: "./a.ts", default: "./b.ts" } } },
      ["a.ts", "b.ts"],
      "b.ts",
    ],
    ["is what exports has for require", { exports: { ".": { require: "./a.ts" } } }, ["a.ts"], "a.ts"],
    ["is not main beside exports", { exports: { "./a": "./a.ts" }, main: "b.ts" }, ["b.ts", "index.ts"], "index.ts"],
    ["is missing in a folder without one", { main: "index.js" }, ["program.ts"], undefined],
  ])("%s", (_, manifest, files, entry) => {
    expect(entryOf(manifest, files)).toBe(entry);
  });

  it("that is missing is a sentence with every name that was looked for", () => {
    expect(noEntryIn("/mine")).toBe(
      "no program in /mine: it has none of index.js, index.mjs, index.ts, index.mts, and its package.json names no other file that is there (`exports`, `main`).",
    );
  });
});

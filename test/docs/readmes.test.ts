/** What a package exports is imported by the code of its README. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { Manifest } from "../../tools/pack/manifest";
import { PACKAGES, ROOT } from "../../tools/pack/sources";
import { recipesOf } from "./recipes";

const read = (...names: readonly string[]): string => readFileSync(path.join(ROOT, ...names), "utf8");

/** Names of a package's entries, its own and its manifest aside: the one is a pack or a command, the other is data. */
function entriesOf(folder: string): readonly string[] {
  const { name, exports = {} } = JSON.parse(read(folder, "package.json")) as Manifest;
  const apart = new Set([".", "./package.json"]);
  return Object.keys(exports).flatMap((entry) => (apart.has(entry) ? [] : [path.posix.join(name, entry)]));
}

/** Modules that the TypeScript of a README imports. */
function importsOf(folder: string): ReadonlySet<string> {
  const blocks = recipesOf(read(folder, "README.md")).flatMap(({ blocks: all }) => all);
  const code = blocks.filter(({ language }) => language === "typescript");
  return new Set(code.flatMap(({ text }) => ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName)));
}

describe.each(PACKAGES)("the README of %s", (folder) => {
  it("has an example of each entry", () => {
    const shown = importsOf(folder);
    expect(entriesOf(folder).filter((entry) => !shown.has(entry))).toEqual([]);
  });
});

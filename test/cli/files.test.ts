/** Files are replaced together: what cannot be written is found before the first one changes. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { replaceFiles } from "../../cli/context/files";
import { temporaryFolder } from "./support";

it("are all written, new ones and changed ones, and nothing else is left", () => {
  const folder = temporaryFolder();
  const [old, made] = [path.join(folder, "old.txt"), path.join(folder, "below", "made.txt")];
  writeFileSync(old, "before");
  replaceFiles([
    { file: old, text: "after" },
    { file: made, text: "new" },
  ]);
  expect([readFileSync(old, "utf8"), readFileSync(made, "utf8")]).toEqual(["after", "new"]);
  expect(readdirSync(folder).sort()).toEqual(["below", "old.txt"]);
});

it("stay as they were where one of them cannot be replaced", () => {
  const folder = temporaryFolder();
  const at = (...parts: readonly string[]): string => path.join(folder, ...parts);
  writeFileSync(at("old.txt"), "before");
  // By the time that `a` is put in place, the folder of `a/b` stands there.
  const files = [at("old.txt"), at("made.txt"), at("a"), at("a", "b")].map((file) => ({ file, text: "after" }));
  expect(() => replaceFiles(files)).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(readFileSync(at("old.txt"), "utf8")).toBe("before");
  expect(existsSync(at("made.txt"))).toBe(false);
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(["a", "old.txt"]);
});

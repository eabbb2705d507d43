/** Which file of the house imports which, read from the sources themselves. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";
import { siblings } from "../../lint/siblings.mjs";

/** Nodes by name, each with those that it points at. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Folders of the product: all that is not a test, a page or a setting. */
const PRODUCT = ["stacks", "components", "policies", "guard", "sandbox", "cli", "tools", "bench"] as const;

/** Files that git tracks below the product's folders, from the root of the house. */
export function productFiles(): readonly string[] {
  return execFileSync("git", ["ls-files", ...PRODUCT], { encoding: "utf8" })
    .trim()
    .split("\n");
}

function importsOf(file: string, known: ReadonlySet<string>): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
  return importedFiles.flatMap(({ fileName }) => {
    const sibling = Object.keys(siblings).find((name) => fileName.startsWith(`${name}/`));
    if (!fileName.startsWith(".") && sibling === undefined) return [];
    const target =
      sibling === undefined
        ? posix.join(posix.dirname(file), fileName)
        : `${siblings[sibling]}${fileName.slice(sibling.length)}`;
    return ["", ".ts", ".cjs", ".mjs", "/index.ts"].map((end) => target + end).filter((path) => known.has(path));
  });
}

/** The imports between these sources, whether by path or by a workspace package's name. */
export function importGraph(files: readonly string[] = productFiles()): Graph {
  const sources = files.filter((file) => /\.(ts|cjs|mjs)$/.test(file));
  const known = new Set(sources);
  return new Map(sources.map((file) => [file, new Set(importsOf(file, known))]));
}

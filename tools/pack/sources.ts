/** The sources of the packages: which files git has, and what each of them imports. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { siblings } from "../lint/siblings.mjs";

/** The root of this repository. */
export const ROOT = path.resolve(__dirname, "../..");

/** The packages by their folders. */
export const PACKAGES: readonly string[] = Object.values(siblings);

/** The package whose folder `core` others take along. */
export const CORE = "components/core";

/** Files of a folder that git has, from the root. What it does not have is on this machine alone, and is not shipped. */
export function trackedFiles(folder: string): readonly string[] {
  const list = execFileSync("git", ["ls-files", "-z", folder], { cwd: ROOT, encoding: "utf8" });
  return list.split("\0").filter((file) => file !== "");
}

/** What stands between the quotes of a text's imports and requires. */
function specifiersIn(text: string): readonly string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/**
 * What a file imports and requires, and what its declarations import besides: a compiler names an inferred type by a file
 * that the source may never mention.
 */
export function specifiersOf(file: string, declarations: ReadonlyMap<string, string>): readonly string[] {
  const texts = [readFileSync(path.join(ROOT, file), "utf8"), declarations.get(file) ?? ""];
  return [...new Set(texts.flatMap(specifiersIn))];
}

/** The name of the package in a specifier: `@pulumi/aws` of `@pulumi/aws/types`. */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** A relative import, or one of a package of the house, as a path from the root; undefined for other people's packages. */
function pathOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(file), specifier);
  const folder = siblings[packageOf(specifier)];
  return folder === undefined ? undefined : `${folder}${specifier.slice(packageOf(specifier).length)}`;
}

/** Where an import of a file leads to among `known` files; undefined for other people's packages. @throws Error where nothing is. */
export function targetOf(file: string, specifier: string, known: ReadonlySet<string>): string | undefined {
  const target = pathOf(file, specifier);
  if (target === undefined) return undefined;
  const found = ["", ".ts", "/index.ts", ".cjs", ".json"].map((end) => target + end).find((name) => known.has(name));
  if (found !== undefined) return found;
  throw new Error(`${file} imports "${specifier}", and git has no such file: add it, or take the import out.`);
}

/** Every file of `known` that is reached from the entries, themselves included; imports of other packages are not followed. */
export function reachable(
  entries: readonly string[],
  known: ReadonlySet<string>,
  declarations: ReadonlyMap<string, string>,
): readonly string[] {
  const found = new Set<string>();
  const queue = [...entries];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    if (!/\.[cm]?[jt]s$/.test(file)) continue;
    for (const specifier of specifiersOf(file, declarations)) {
      const target = specifier.startsWith(".") ? targetOf(file, specifier, known) : undefined;
      if (target !== undefined) queue.push(target);
    }
  }
  return [...found].sort();
}

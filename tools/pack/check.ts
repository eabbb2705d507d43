/** Whether a staged package can work where nothing else of this repository is. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import * as path from "node:path";
import ts from "typescript";
import type { Manifest } from "./manifest";
import { packageOf } from "./sources";

/** Paths of all files below a folder. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

function namedFiles({ main, bin = {}, exports = {} }: Manifest): readonly string[] {
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === "string" ? [target] : [target.types, target.default],
  );
  return [...targets, ...Object.values(bin), ...(main === undefined ? [] : [main])];
}

/** What is wrong with one import of a staged file; undefined where nothing is. */
function importProblem(
  folder: string,
  file: string,
  specifier: string,
  declared: ReadonlySet<string>,
): string | undefined {
  if (specifier.startsWith("node:") || builtinModules.includes(specifier)) return undefined;
  if (!specifier.startsWith("."))
    return declared.has(packageOf(specifier))
      ? undefined
      : `${file} imports ${specifier}, and the manifest names no ${packageOf(specifier)}`;
  const target = path.join(folder, path.dirname(file), specifier);
  const ends = file.endsWith(".d.ts") ? [".d.ts", "/index.d.ts"] : ["", ".js", ".cjs", ".json", "/index.js"];
  return ends.some((end) => /\.\w+$/.test(target + end) && existsSync(target + end))
    ? undefined
    : `${file} imports ${specifier}, which is not in the package`;
}

/** Everything that is wrong with the package in a folder: files that it names and lacks, imports that lead nowhere. */
export function packageProblems(folder: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
  const declared = new Set([
    manifest.name,
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
  ]);
  const missing = namedFiles(manifest)
    .filter((file) => !existsSync(path.join(folder, file)))
    .map((file) => `the manifest names ${file}, which is not in the package`);
  const code = filesBelow(folder).filter((file) => /\.(c?js|d\.ts)$/.test(file));
  const astray = code.flatMap((file) =>
    ts
      .preProcessFile(readFileSync(path.join(folder, file), "utf8"), true, true)
      .importedFiles.flatMap(({ fileName }) => importProblem(folder, file, fileName, declared) ?? []),
  );
  return [...missing, ...new Set(astray)];
}

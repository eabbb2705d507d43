/** A package as it is published, laid out in a folder of its own: the tree of its sources, compiled, with all its data. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { transformSync } from "esbuild";
import { isCore, vendoredName, withOwnCore } from "./core";
import { jsonShape, withJsonShapes } from "./json-types";
import { compiledName, declarationName, entriesOf, type Manifest, publishedManifest, scriptsOf } from "./manifest";
import { CORE, PACKAGES, reachable, ROOT, specifiersOf, targetOf, trackedFiles } from "./sources";

/** The sources of one package that are shipped. */
export interface PackageSources {
  /** Its folder, from the root. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Its own files that are reached from its entries, from the root. */
  readonly own: readonly string[];
  /** Files of core that it takes along, from the root. */
  readonly core: readonly string[];
  /** Whether somebody compiles against it. */
  readonly isTyped: boolean;
}

const isSource = (file: string): boolean => file.endsWith(".ts");
const isImportedJson = (file: string): boolean => file.endsWith(".json") && path.basename(file) !== "package.json";

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(ROOT, folder, "package.json"), "utf8")) as Manifest;
}

/** Whether somebody compiles against a package: it exports sources. */
function isTypedBy({ exports = {} }: Manifest): boolean {
  return Object.values(exports).some((target) => typeof target === "string" && isSource(target));
}

/** Sources of the packages that somebody compiles against, from the root. */
export function typedSources(): readonly string[] {
  return PACKAGES.filter((folder) => isTypedBy(readManifest(folder)))
    .flatMap(trackedFiles)
    .filter(isSource);
}

/** What each package ships. @param declarations by path from the root. */
export function packageSources(declarations: ReadonlyMap<string, string>): readonly PackageSources[] {
  const known = new Set(PACKAGES.flatMap(trackedFiles));
  return PACKAGES.map((folder) => {
    const manifest = readManifest(folder);
    const isTyped = isTypedBy(manifest);
    const named = isTyped ? declarations : new Map<string, string>();
    const loadedByPath = [...known].filter((file) => file.startsWith(`${folder}/`) && file.endsWith(".cjs"));
    const entries = entriesOf(manifest).map((entry) => path.posix.join(folder, entry));
    const own = reachable([...entries, ...loadedByPath], known, named);
    const astray = own.find((file) => !file.startsWith(`${folder}/`));
    if (astray !== undefined) throw new Error(`${folder} reaches ${astray} by path: import it by its package's name.`);
    const isHome = CORE.startsWith(`${folder}/`);
    const taken = isHome ? [] : own.flatMap((file) => coreImports(specifiersOf(file, named), file, known));
    return { folder, manifest, own, core: reachable(taken, known, named), isTyped };
  });
}

function coreImports(specifiers: readonly string[], file: string, known: ReadonlySet<string>): string[] {
  return specifiers.filter(isCore).flatMap((specifier) => targetOf(file, specifier, known) ?? []);
}

function compiled(file: string): string {
  const { code } = transformSync(readFileSync(path.join(ROOT, file), "utf8"), {
    loader: "ts",
    format: "cjs",
    platform: "node",
    target: "node20",
    sourcefile: file,
    // `import()` of our own files becomes require: without an ending, Node's own would find none.
    supported: { "dynamic-import": false },
  });
  return code;
}

function write(target: string, file: string, text: string): void {
  const full = path.join(target, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
}

function copy(from: string, target: string, file: string): void {
  const full = path.join(target, file);
  mkdirSync(path.dirname(full), { recursive: true });
  copyFileSync(from, full);
}

/** Code and declarations of one source at its place in the package. */
function stageSource(target: string, file: string, at: string, declarations: string | undefined): void {
  write(target, compiledName(at), withOwnCore(at, compiled(file)));
  if (declarations !== undefined) write(target, declarationName(at), withOwnCore(at, withJsonShapes(declarations)));
}

/** A JSON file that code imports: its data and, where somebody compiles against the package, its shape. */
function stageJson(target: string, file: string, at: string, isTyped: boolean): void {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  write(target, at, text);
  if (isTyped) write(target, ...jsonShape(at, text));
}

/** Files that a package reads, or that people read: all that git has of it and nobody compiles. */
function dataOf(folder: string): readonly string[] {
  const ours = ["package.json", "tsconfig.json"].map((name) => `${folder}/${name}`);
  return trackedFiles(folder).filter((file) => !/\.[cm]?ts$/.test(file) && !ours.includes(file));
}

/**
 * Writes the package into an empty folder.
 * @param declarations by path from the root.
 * @throws Error where what its manifest names was not built.
 */
export function stage(sources: PackageSources, target: string, declarations: ReadonlyMap<string, string>): void {
  const { folder, manifest, own, core, isTyped } = sources;
  const relativePath = (file: string): string => path.posix.relative(folder, file);
  const types = (file: string): string | undefined => (isTyped ? declarations.get(file) : undefined);
  for (const file of own.filter(isSource)) stageSource(target, file, relativePath(file), types(file));
  for (const file of core.filter(isSource)) stageSource(target, file, vendoredName(file), types(file));
  for (const file of dataOf(folder)) copy(path.join(ROOT, file), target, relativePath(file));
  for (const file of own.filter(isImportedJson)) stageJson(target, file, relativePath(file), isTyped);
  for (const file of core.filter(isImportedJson)) stageJson(target, file, vendoredName(file), isTyped);
  for (const script of scriptsOf(manifest)) write(target, declarationName(script), "export {};\n");
  // What a manifest's main names is bundled by the set-up, and no source.
  const main = manifest.main === undefined ? undefined : path.join(folder, manifest.main);
  if (main !== undefined) copy(path.join(ROOT, main), target, relativePath(main));
  if (existsSync(path.join(ROOT, "LICENSE"))) copy(path.join(ROOT, "LICENSE"), target, "LICENSE");
  write(target, "package.json", `${JSON.stringify(publishedManifest(manifest), undefined, 2)}\n`);
}

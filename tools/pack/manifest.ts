/** The published manifest of a package, from the one that serves the house: JavaScript where that exports sources. */

/** A package.json, as far as it matters here. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly type?: "commonjs";
  readonly main?: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, ExportTarget>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** What a subpath leads to: a file, or one for the compiler and one for Node. */
export type ExportTarget = string | { readonly types: string; readonly default: string };

/** Members that speak to the house alone. */
const HOUSE_ONLY = ["private", "devDependencies", "scripts"];

/** The file that a source becomes; any other stays what it is. */
export function compiledName(file: string): string {
  return file.replace(/(?<!\.d)\.ts$/, ".js");
}

/** The declarations of a source, or of a script. */
export function declarationName(file: string): string {
  return file.replace(/\.([cm]?)[jt]s$/, ".d.$1ts");
}

function publishedTarget(target: ExportTarget): ExportTarget {
  if (typeof target !== "string" || !/\.[cm]?[jt]s$/.test(target)) return target;
  return { types: declarationName(target), default: compiledName(target) };
}

function mapped<From, To>(
  members: Readonly<Record<string, From>> | undefined,
  change: (value: From) => To,
): Record<string, To> | undefined {
  return members && Object.fromEntries(Object.entries(members).map(([key, value]) => [key, change(value)]));
}

/** The manifest of the tarball. */
export function publishedManifest(house: Manifest): Manifest {
  const kept = Object.fromEntries(
    Object.entries(house).filter(([key]) => !HOUSE_ONLY.includes(key)),
  ) as unknown as Manifest;
  return {
    ...kept,
    // Said, so that nobody has to find out from the code.
    type: "commonjs",
    ...(house.main === undefined ? {} : { main: compiledName(house.main) }),
    ...(house.bin === undefined ? {} : { bin: mapped(house.bin, compiledName) }),
    ...(house.exports === undefined ? {} : { exports: mapped(house.exports, publishedTarget) }),
  };
}

const withoutDot = (file: string): string => file.replace(/^\.\//, "");

function exportedFiles({ exports = {} }: Manifest): readonly string[] {
  return Object.values(exports).flatMap((target) => (typeof target === "string" ? [withoutDot(target)] : []));
}

/** What git has of everything that a package is reached by, without `./`: `main` is compiled by the set-up. */
export function entriesOf(manifest: Manifest): readonly string[] {
  const entries = [...exportedFiles(manifest), ...Object.values(manifest.bin ?? {})];
  return entries.filter((entry) => entry !== manifest.main);
}

/** Exported JavaScript: it is required for what it does, and has nothing that a compiler could name. */
export function scriptsOf(manifest: Manifest): readonly string[] {
  return exportedFiles(manifest).filter((file) => /\.[cm]?js$/.test(file));
}

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

/** The declarations of a source. */
export function declarationName(file: string): string {
  return file.replace(/\.ts$/, ".d.ts");
}

function publishedTarget(target: ExportTarget): ExportTarget {
  if (typeof target !== "string" || !target.endsWith(".ts")) return target;
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

/** Sources and other files that a house's manifest names: everything that a package is reached by, without `./`. */
export function entriesOf({ exports = {}, bin = {} }: Manifest): readonly string[] {
  const targets = [...Object.values(exports), ...Object.values(bin)];
  return targets.flatMap((target) => (typeof target === "string" ? [target.replace(/^\.\//, "")] : []));
}

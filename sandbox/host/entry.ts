/** The file that a program begins with, found as Pulumi's language host for Node.js finds it (sdk/nodejs, cmd/run/run.ts). */
import * as fs from "node:fs";
import * as path from "node:path";
import { readIfThere } from "../storage/journaled-file";

/** What counts of a package.json. */
interface Manifest {
  readonly main?: string;
  readonly exports?: string | { readonly "."?: string | Readonly<Partial<Record<string, string>>> };
}

/** Names in the order in which the host looks for them. */
const NAMES = ["index.js", "index.mjs", "index.ts", "index.mts"];

/** The file that the package names; whoever has `exports` has no `main`. */
function namedBy({ main, exports }: Manifest): string | undefined {
  if (exports === undefined) return main;
  const own = typeof exports === "string" ? exports : exports["."];
  return typeof own === "object" ? (own.default ?? own.require ?? own.import) : own;
}

/**
 * The entry point of a folder; undefined where there is none. A file that package.json names and that is not there does
 * not count: `npm init` writes `"main": "index.js"` whatever the language.
 */
export function entryIn(folder: string): string | undefined {
  const manifest = JSON.parse(readIfThere(path.join(folder, "package.json")) ?? "{}") as Manifest;
  const named = namedBy(manifest);
  return [...(named === undefined ? [] : [named]), ...NAMES]
    .map((name) => path.join(folder, name))
    .find((file) => fs.existsSync(file));
}

/** Why a folder has no program to run. */
export function noEntryIn(folder: string): string {
  return `no program in ${folder}: it has none of ${NAMES.join(", ")}, and its package.json names no other file that is there (\`exports\`, \`main\`).`;
}

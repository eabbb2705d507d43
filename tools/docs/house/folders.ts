/** The folders of the house and what is in each, as docs/contributing.md says. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The page. */
export const contributingPage = resolve(__dirname, "../../../docs/contributing.md");

/** One row of the page's table. */
export interface Folder {
  /** From the root, such as `components/network`. */
  readonly path: string;
  readonly purpose: string;
}

const TABLE = /^\| folder \| what is there \|\n(?:\|.*\n)+/m;
const ROW = /^\| `([\w/-]+)` \| (.+) \|$/gm;

/** The table's rows, in its order. */
export function foldersOf(page: string): readonly Folder[] {
  return [...(TABLE.exec(page)?.[0] ?? "").matchAll(ROW)].map(([, path = "", purpose = ""]) => ({ path, purpose }));
}

/** The rows of docs/contributing.md. */
export function houseFolders(): readonly Folder[] {
  return foldersOf(readFileSync(contributingPage, "utf8"));
}

/**
 * Folders of the first and second level without a row, and rows without a folder; empty when each has the other.
 * @param files tracked files, from the root of the house.
 */
export function folderProblems(folders: readonly Folder[], files: readonly string[]): readonly string[] {
  const there = new Set(files.flatMap(foldersAbove));
  const rows = folders.map(({ path }) => path);
  return [
    ...[...there].filter((path) => !rows.includes(path)).map((path) => `${path}: has no row in the table`),
    ...rows.filter((path) => !there.has(path)).map((path) => `${path}: is no folder`),
    ...rows.filter((path, index) => rows.indexOf(path) !== index).map((path) => `${path}: has two rows`),
  ];
}

function foldersAbove(file: string): string[] {
  const [first = "", second, ...below] = file.split("/");
  if (second === undefined) return [];
  return below.length > 0 ? [first, `${first}/${second}`] : [first];
}

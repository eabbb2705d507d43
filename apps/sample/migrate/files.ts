/** The files of SQL in a folder: what migrations are read from. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** The texts of a folder's migrations, by file. */
export function textsIn(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(folder, file), "utf8")]));
}

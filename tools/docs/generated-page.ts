/** Pages that are generated, whole or between two marks: written, or with `--check` only compared. */
import { readFileSync, writeFileSync } from "node:fs";

/** Where the generated part of a page begins and ends. */
export interface Marks {
  /** The page, from the root, as a message names it. */
  readonly page: string;
  readonly begin: string;
  readonly end: string;
}

/** The page with another part between its marks. @throws Error when the marks are gone. */
export function withPart(text: string, { page, begin, end }: Marks, part: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} lacks ${begin} or, behind it, ${end}`);
  return `${text.slice(0, from + begin.length)}\n${part}${text.slice(to)}`;
}

/** Writes the page; with `--check` on the command line it only says, by exit code 1 and this sentence, that it is stale. */
export function writeOrCheck(file: string, text: string, stale: string): void {
  if (!process.argv.includes("--check")) {
    writeFileSync(file, text);
    return;
  }
  if (readFileSync(file, "utf8") === text) return;
  console.error(stale);
  process.exitCode = 1;
}

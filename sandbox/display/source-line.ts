/** Lines of the program, for error messages. */
import { readFileSync } from "node:fs";
import * as path from "node:path";

/** Reads one line of the program for an error message; a file that cannot be read has none. */
export function lineReader(root: string): (file: string, line: number) => string | undefined {
  return (file, line) => {
    try {
      return readFileSync(path.join(root, file), "utf8").split("\n")[line - 1];
    } catch {
      return undefined;
    }
  };
}

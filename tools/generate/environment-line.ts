/** A line of an environment's file, which people write too: changed where it has the form that is known, elsewhere by hand. */
import { readFileSync } from "node:fs";
import * as path from "node:path";

/** The environment's file, from the root. */
export const environmentFile = (stack: string): string => path.join("stacks", "environments", `${stack}.ts`);

/**
 * Where the line stands; `input` is all of the file.
 * @param like the line as it is usually written, and what to do where it is not.
 * @throws Error where the file writes it another way.
 */
export function environmentLine(root: string, stack: string, line: RegExp, like: string): RegExpExecArray {
  const file = environmentFile(stack);
  const found = line.exec(readFileSync(path.join(root, file), "utf8"));
  if (found === null) throw new Error(`${file} has no line like ${like}`);
  return found;
}

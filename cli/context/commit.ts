/** One commit of exactly these files: it succeeds as a whole, or nothing is changed. */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import * as path from "node:path";
import { UserError } from "@fridayproof/sandbox/errors";
import { readText, replaceFiles } from "./files";

/** What a commit changes. */
export interface FileChanges {
  /** Files with their new text, from the root. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  /** Files to remove, from the root. */
  readonly stale: readonly string[];
}

function git(root: string, args: readonly string[]): string {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stderr = "", message } = error as Error & { readonly stderr?: string };
    throw new UserError(`git ${args[0]} failed in ${root}:\n${stderr.trim() || message}\nNothing was changed.`);
  }
}

/**
 * Writes, removes and commits.
 * @returns the short name of the commit.
 * @throws UserError where Git fails, such as without `user.name` or in a hook of the repository.
 */
export function commitChanges(root: string, { files, stale }: FileChanges, message: string): string {
  const names = [...files.map(({ file }) => file), ...stale];
  const full = (file: string): string => path.join(root, file);
  const before = names.map((file) => ({ file: full(file), text: readText(full(file)) }));
  try {
    replaceFiles(files.map(({ file, text }) => ({ file: full(file), text })));
    for (const file of stale) rmSync(full(file));
    git(root, ["add", "--all", "--", ...names]);
    git(root, ["commit", "--quiet", "--message", message, "--", ...names]);
  } catch (error) {
    replaceFiles(before.flatMap(({ file, text }) => (text === undefined ? [] : [{ file, text }])));
    for (const { file, text } of before) if (text === undefined) rmSync(file, { force: true });
    git(root, ["reset", "--quiet", "--", ...names]);
    throw error;
  }
  return git(root, ["rev-parse", "--short", "HEAD"]).trim();
}

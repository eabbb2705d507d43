/** Files of the project that change with an update: written before it, and restored where it fails. */
import { createRequire } from "node:module";
import * as path from "node:path";
import { readLayout } from "@fridayproof/sandbox/stacks";
import { readText, replaceFiles } from "../context/files";

/** A file, from the project's root. */
export interface ChangedFile {
  readonly file: string;
  readonly text: string;
}

/** Loaded modules of the same top folder as a file, and of the hooks', which read those: their cache is stale. */
function forget(root: string, files: readonly ChangedFile[]): void {
  const { cache } = createRequire(path.join(root, "package.json"));
  const { hooks = "" } = readLayout(root);
  const changed = [...files.map(({ file }) => file), ...(hooks === "" ? [] : [path.normalize(hooks)])];
  const folders = new Set(changed.map((file) => path.join(root, file.split(path.sep)[0] ?? "") + path.sep));
  for (const id of Object.keys(cache)) if ([...folders].some((folder) => id.startsWith(folder))) delete cache[id];
}

/** Writes the files, runs `update`, and restores the files where it fails. @returns its exit code. */
export async function withFiles(
  root: string,
  files: readonly ChangedFile[],
  update: () => Promise<number>,
): Promise<number> {
  const own = files.map(({ file, text }) => ({ file: path.join(root, file), text }));
  const before = own.map(({ file }) => ({ file, text: readText(file) ?? "" }));
  replaceFiles(own);
  forget(root, files);
  let code = 1;
  try {
    code = await update();
    // Declined and interrupted runs are not failures, but have an exit code of their own.
    if (code === 0) code = Number(process.exitCode ?? 0);
  } finally {
    if (code !== 0) {
      replaceFiles(before);
      forget(root, files);
    }
  }
  return code;
}

/** The program of a project as a module of this process: loaded where it is, and evaluated anew for each run. */
import { createRequire } from "node:module";
import * as path from "node:path";
import { UserError } from "../core/errors";
import { readIfThere } from "../storage/journaled-file";
import { noEntryIn } from "./entry";
import type { Program } from "./host";
import type { ProjectFiles } from "./project";

/** What programs import of Pulumi; the policy SDK belongs to the pack's own process. */
const PROVIDER_PACKAGE = /^@pulumi\/(?!policy$|eslint)/;

/**
 * The program as a function that loads and runs it: the module itself, or the function that it exports.
 * @throws UserError when it is none for Node.js.
 */
export function loadProgram({ root, runtime, folder, main }: ProjectFiles): Program {
  if (runtime !== "nodejs")
    throw new UserError(
      `${path.join(root, "Pulumi.yaml")}: runtime: got "${runtime}"; allowed: nodejs, because the sandbox runs the program in its own process.`,
    );
  return () => {
    if (main === undefined) throw new UserError(noEntryIn(folder));
    const load = createRequire(main);
    const before = load.cache[load.resolve(main)];
    // What a module does at its top, it does once: a second run in this process would find nothing declared.
    if (before !== undefined && typeof before.exports !== "function") forget(before, load.cache);
    const exported: unknown = load(main);
    return typeof exported === "function" ? (exported() as unknown) : exported;
  };
}

/** Takes a module and all that it loaded of its own out of the cache; packages stay. */
function forget(module: NodeModule, cache: NodeJS.Dict<NodeModule>): void {
  if (cache[module.id] === undefined || module.id.includes(`${path.sep}node_modules${path.sep}`)) return;
  delete cache[module.id];
  for (const child of module.children) forget(child, cache);
}

/**
 * Loads the Pulumi packages that package.json names, which the program is about to load: while the state's key is
 * derived on another thread, this one has nothing better to do. What cannot be loaded is the program's business.
 */
export function warmUp({ root }: ProjectFiles): void {
  const load = createRequire(path.join(root, "package.json"));
  const manifest = JSON.parse(readIfThere(path.join(root, "package.json")) ?? "{}") as {
    dependencies?: Record<string, string>;
  };
  for (const name of Object.keys(manifest.dependencies ?? {}).filter((dependency) =>
    PROVIDER_PACKAGE.test(dependency),
  )) {
    try {
      load(name);
    } catch {
      continue;
    }
  }
}

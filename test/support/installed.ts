/** Packages for a copy of this repository: everybody else's are linked, our own are those of the copy. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** Makes node_modules in the copy. @param folder holds the copied packages, each in its own folder. */
export function linkPackages(folder: string): void {
  const { workspaces } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    workspaces: readonly string[];
  };
  const own = workspaces.map((workspace) => {
    const { name } = JSON.parse(readFileSync(path.join(ROOT, workspace, "package.json"), "utf8")) as { name: string };
    return [name, path.join(folder, workspace)] as const;
  });
  const scopes = new Set(own.map(([name]) => name.split("/")[0]));
  const modules = path.join(folder, "node_modules");
  mkdirSync(modules);
  for (const entry of readdirSync(path.join(ROOT, "node_modules")))
    if (!scopes.has(entry)) symlinkSync(path.join(ROOT, "node_modules", entry), path.join(modules, entry));
  for (const [name, target] of own) {
    mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    symlinkSync(target, path.join(modules, name), "dir");
  }
}

/** The Pulumi project that is run: its name, its entry point, and each stack's configuration on the sandbox. */
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { parse } from "yaml";
import { UserError } from "../core/errors";
import type { Program } from "./host";
import { readIfThere } from "../storage/journaled-file";
import { noSuchStack, stackConfigFile } from "../project/stack-config";

/** A project on disk. */
export interface ProjectFiles {
  readonly name: string;
  readonly root: string;
  /** Absolute path of the program's entry point, as the real language host finds it: package.json `main`. */
  readonly main: string;
}

/** What programs import of Pulumi; the policy SDK belongs to the pack's own process. */
const PROVIDER_PACKAGE = /^@pulumi\/(?!policy$|eslint)/;

/** @throws UserError when Pulumi.yaml or package.json is missing or says too little. */
export function readProject(root: string): ProjectFiles {
  const name = (parseYaml(path.join(root, "Pulumi.yaml")) as { name?: unknown } | null)?.name;
  if (typeof name !== "string") throw new UserError(`${path.join(root, "Pulumi.yaml")}: \`name\` is missing`);
  const { main = "index.ts" } = JSON.parse(readIfThere(path.join(root, "package.json")) ?? "{}") as { main?: string };
  return { name, root, main: path.join(root, main) };
}

/**
 * The stack's configuration on the sandbox, from the folder that {@link readLayout} names.
 * @param overrides `--config key=value`, for this run only.
 * @throws UserError with exit code 6 for an unknown stack, and for a value that was encrypted for a real stack.
 */
export function readConfig(
  root: string,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const file = stackConfigFile(root, stack);
  if (!fs.existsSync(file)) throw noSuchStack(root, stack);
  const document = parseYaml(file) as { config?: unknown } | null;
  if (typeof document?.config !== "object" || document.config === null) {
    throw new UserError(`${file}: a map \`config:\` of namespace:key to value is missing.`);
  }
  const given = Object.entries(document.config as Record<string, unknown>).filter(([key]) => !(key in overrides));
  return { ...Object.fromEntries(given.map(([key, value]) => [key, plainValue(file, key, value)])), ...overrides };
}

/** A value as the SDK reads it. What a stack's own key encrypted opens for nobody else. */
function plainValue(file: string, key: string, value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if ("secure" in value)
    throw new UserError(
      `${file}: ${key} is encrypted for a real stack; give a value for this run: --secret-config ${key}=...`,
    );
  return JSON.stringify(value);
}

/** The program as a function that loads and runs it once: the module itself, or the function that it exports. */
export function loadProgram(project: ProjectFiles): Program {
  return () => {
    if (!fs.existsSync(project.main))
      throw new UserError(`the program ${project.main} (package.json \`main\`) does not exist`);
    const exported: unknown = createRequire(path.join(project.root, "package.json"))(project.main);
    return typeof exported === "function" ? (exported() as unknown) : exported;
  };
}

/**
 * Loads the Pulumi packages that package.json names, which the program is about to ask for: while the state's key is
 * derived on another thread, this one has nothing better to do. What cannot be loaded is the program's business.
 */
export function warmUp(project: ProjectFiles): void {
  const load = createRequire(path.join(project.root, "package.json"));
  const manifest = JSON.parse(readIfThere(path.join(project.root, "package.json")) ?? "{}") as {
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

function parseYaml(file: string): unknown {
  const text = readIfThere(file);
  if (text === undefined) throw new UserError(`${file} does not exist: the project is incomplete`);
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new UserError(`${file} is not valid YAML: ${(error as Error).message}`);
  }
}

/** The Pulumi project that is run: its name, its entry point, and each stack's configuration on the sandbox. */
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { UserError } from "../core/errors";
import { isObject, type PropertyMap, type Value } from "../property/values";
import { readIfThere } from "../storage/journaled-file";
import { entryIn } from "./entry";
import { noSuchStack, stackConfigFile } from "../project/stack-config";

/** A project on disk. */
export interface ProjectFiles {
  readonly name: string;
  readonly root: string;
  /** What runs the program, such as `nodejs`. */
  readonly runtime: string;
  /** The folder that the program runs in: the root, unless Pulumi.yaml has a `main`. */
  readonly folder: string;
  /** Absolute path of the program's entry point; undefined where there is none. */
  readonly main: string | undefined;
}

/** The members of Pulumi.yaml that count here. */
interface ProjectYaml {
  readonly name?: unknown;
  readonly runtime?: string | { readonly name?: string };
  /** A folder or a file. */
  readonly main?: string;
}

/** @throws UserError when Pulumi.yaml or package.json is missing or incomplete. */
export function readProject(root: string): ProjectFiles {
  const yaml = (parseYaml(path.join(root, "Pulumi.yaml")) as ProjectYaml | null) ?? {};
  if (typeof yaml.name !== "string") throw new UserError(`${path.join(root, "Pulumi.yaml")}: \`name\` is missing`);
  const runtime = typeof yaml.runtime === "string" ? yaml.runtime : (yaml.runtime?.name ?? "nodejs");
  return { name: yaml.name, root, runtime, ...entryOf(path.resolve(root), yaml.main ?? ".") };
}

/** As the real engine has it, a `main` in Pulumi.yaml moves the working directory too (Pulumi engine.go, getPwdMain). */
function entryOf(root: string, main: string): Pick<ProjectFiles, "folder" | "main"> {
  const named = path.join(root, main);
  if (fs.statSync(named, { throwIfNoEntry: false })?.isFile() === true)
    return { folder: path.dirname(named), main: named };
  return { folder: named, main: entryIn(named) };
}

/**
 * The stack's configuration on the sandbox, from the folder that {@link readLayout} names.
 * @param overrides `--config key=value`, for this run only.
 * @param named another file than the project's.
 * @throws UserError with exit code 6 for an unknown stack, and for a value that was encrypted for a real stack.
 */
export function readConfig(
  root: string,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
  named?: string,
): Record<string, string> {
  const file = named ?? stackConfigFile(root, stack);
  if (named === undefined && !fs.existsSync(file)) throw noSuchStack(root, stack);
  const entries = Object.entries(configIn(file)).filter(([key]) => !(key in overrides));
  return { ...Object.fromEntries(entries.map(([key, value]) => [key, plainValue(file, key, value)])), ...overrides };
}

/** What the file configures: nothing where it is empty or without configuration, as `pulumi stack init` leaves it. */
function configIn(file: string): PropertyMap {
  const document = (parseYaml(file) ?? {}) as Value;
  const config = isObject(document) ? (document.config ?? {}) : undefined;
  if (!isObject(config)) throw new UserError(`${file}: \`config:\` must be a map of namespace:key to value.`);
  return config;
}

/** A value as the SDK reads it. What a stack's own key encrypted opens with no other key. */
function plainValue(file: string, key: string, value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if ("secure" in value)
    throw new UserError(
      `${file}: ${key} is encrypted for a real stack; give a value for this run: --secret-config ${key}=...`,
    );
  return JSON.stringify(value);
}

function parseYaml(file: string): unknown {
  const text = readIfThere(file);
  if (text === undefined) throw new UserError(`${file} does not exist`);
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new UserError(`${file} is not valid YAML: ${(error as Error).message}`);
  }
}

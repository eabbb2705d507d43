/** A project's settings besides its program: the property `fridayproof` of its package.json. */
import * as path from "node:path";
import { UserError } from "../core/errors";
import { readIfThere } from "../storage/journaled-file";

/** Folders and files of a project, relative to its Pulumi.yaml. */
export interface Layout {
  /** Holds `Pulumi.<stack>.yaml` of each stack on the sandbox. @default where Pulumi itself looks: `stackConfigDir`, or the root */
  readonly stackConfig: string;
  /** The policy project. @default `policies` */
  readonly policyPack: string;
  /** Holds `<stack>.json`, the policies' configuration of each stack. @default `policies/config` */
  readonly policyConfig: string;
  /** A module of the project that the command line calls before each run. @default none */
  readonly hooks?: string;
  /** The stack that all others stand on: brought up before them, destroyed after them. @default none */
  readonly foundation?: string;
}

/** Pulumi's own folder for the stacks' configuration; read without a YAML parser, which would cost every verb its load time. */
function pulumisFolder(root: string): string {
  const text = readIfThere(path.join(root, "Pulumi.yaml")) ?? "";
  return /^stackConfigDir: *["']?([^"'#\n]+?)["']? *(?:#.*)?$/m.exec(text)?.[1] ?? ".";
}

/** @throws UserError when package.json is no JSON, or names a folder that is no text. */
export function readLayout(root: string): Layout {
  const file = path.join(root, "package.json");
  let own: Partial<Record<keyof Layout, unknown>>;
  try {
    const manifest = JSON.parse(readIfThere(file) ?? "{}") as { fridayproof?: typeof own } | null;
    own = manifest?.fridayproof ?? {};
  } catch (error) {
    throw new UserError(`${file} is not valid JSON: ${(error as Error).message}`);
  }
  const named = (key: keyof Layout, allowed: string): string | undefined => {
    const value = own[key] ?? undefined;
    if (value === undefined || typeof value === "string") return value;
    throw new UserError(`${file}: fridayproof.${key}: got ${JSON.stringify(value)}; allowed: ${allowed}.`);
  };
  const folder = (key: keyof Layout, fallback: string): string =>
    named(key, `a folder, such as "${fallback}"`) ?? fallback;
  return {
    stackConfig: folder("stackConfig", pulumisFolder(root)),
    policyPack: folder("policyPack", "policies"),
    policyConfig: folder("policyConfig", "policies/config"),
    hooks: named("hooks", "the path of a module"),
    foundation: named("foundation", "the name of a stack"),
  };
}

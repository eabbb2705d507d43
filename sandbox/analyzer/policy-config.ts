/** The policies' configuration of a stack, as `--policy-pack-config` would name it. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { UserError } from "../core/errors";
import { readLayout } from "../project/layout";
import type { PolicyConfig } from "./policy-runner";
import { readIfThere } from "../storage/journaled-file";

/** Where it is, whether or not the stack has one. */
export function policyConfigFile(root: string, stack: string): string {
  return path.join(root, readLayout(root).policyConfig, `${stack}.json`);
}

/**
 * The rules' configuration for the stack; empty in a project that configures none, where each rule has its own defaults.
 * @param named another file than the project's.
 * @throws UserError where other stacks are configured and this one is not: the rules would check it by defaults that fit nothing.
 */
export function readPolicyConfig(root: string, stack: string, named?: string): PolicyConfig {
  const file = named ?? policyConfigFile(root, stack);
  const text = readIfThere(file);
  if (text === undefined && named !== undefined) throw new UserError(`${file} does not exist.`);
  if (text === undefined) {
    if (!existsSync(path.dirname(file))) return {};
    throw new UserError(
      `${file} does not exist: the rules have no configuration for ${stack}. Run \`make policy-files\`, which writes it from stacks/.`,
    );
  }
  return parsed(file, text);
}

/** The rules' configuration for rendered YAML; empty in a project without one. @throws UserError when it is no JSON. */
export function readManifestConfig(root: string): PolicyConfig {
  const file = path.join(root, readLayout(root).policyConfig, "lint-manifests.json");
  return parsed(file, readIfThere(file) ?? "{}");
}

function parsed(file: string, text: string): PolicyConfig {
  try {
    return JSON.parse(text) as PolicyConfig;
  } catch (error) {
    throw new UserError(`${file} is not valid JSON: ${(error as Error).message}`);
  }
}

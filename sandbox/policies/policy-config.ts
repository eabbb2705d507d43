/** The policies' configuration of a stack: `policies/config/<stack>.json`, as `--policy-pack-config` would name it. */
import * as path from "node:path";
import { UserError } from "../errors";
import type { PolicyConfig } from "./policy-runner";
import { readIfThere } from "../store/journaled-file";

/** Empty where the stack has none: then every rule runs with its own defaults. */
export function readPolicyConfig(root: string, stack: string): PolicyConfig {
  const file = path.join(root, "policies", "config", `${stack}.json`);
  const text = readIfThere(file);
  if (text === undefined) return {};
  try {
    return JSON.parse(text) as PolicyConfig;
  } catch (error) {
    throw new UserError(`${file} is not valid JSON: ${(error as Error).message}`);
  }
}

/** Which stacks the sandbox has: one file in the project's folder of configurations each. Loads nothing, so that a typo is refused at once. */
import * as fs from "node:fs";
import * as path from "node:path";
import { EXIT_NO_STACK, UserError } from "../core/errors";
import { readLayout } from "./layout";

/** Where the stack's configuration on the sandbox is, whether or not there is such a stack. */
export function stackConfigFile(root: string, stack: string): string {
  return path.join(root, readLayout(root).stackConfig, `Pulumi.${stack}.yaml`);
}

/** Whether the sandbox has a configuration of the stack. */
export function isConfigured(root: string, stack: string): boolean {
  return fs.existsSync(stackConfigFile(root, stack));
}

/** Names of the stacks, in order; none where the project has no such folder. */
export function knownStacks(root: string): readonly string[] {
  const folder = path.dirname(stackConfigFile(root, ""));
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? [])
    .sort();
}

/** The error for a stack without configuration. @param hint what stands behind the first sentence. */
export function noSuchStack(root: string, stack: string, hint = ""): UserError {
  const file = path.relative(root, stackConfigFile(root, stack));
  const known = knownStacks(root);
  const there =
    known.length > 0
      ? `Stacks of the sandbox: ${known.join(", ")}. A new one needs ${file}.`
      : `${root} has none: the sandbox reads the configuration of each stack from a file such as ${file}.`;
  return new UserError(`no stack named '${stack}' found.${hint} ${there}`, EXIT_NO_STACK);
}

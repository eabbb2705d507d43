/** The states of the selected engine: the embedded one, or the real CLI. */
import { EXIT_NO_STACK, UserError } from "@fridayproof/sandbox/errors";
import { embeddedStates, realEngineStates, type StackStates } from "@fridayproof/sandbox/stacks";
import type { EngineFlags } from "../context/options";
import { findProject } from "../context/project";

/** The states of the selected engine. */
export function statesOf(flags: Pick<EngineFlags, "engine" | "cwd" | "work">): StackStates {
  const project = findProject(flags);
  return flags.engine === "pulumi" ? realEngineStates(project) : embeddedStates(project);
}

/** Resources of a stack. @throws UserError with exit code 6 where the stack has none. */
export async function standingResources(
  flags: Pick<EngineFlags, "engine" | "cwd" | "work" | "stack">,
): ReturnType<StackStates["resources"]> {
  const { stack } = flags;
  const resources = await statesOf(flags).resources(stack);
  if (resources.length > 0) return resources;
  throw new UserError(`${stack} does not stand. \`npx fridayproof up -s ${stack}\` brings it up.`, EXIT_NO_STACK);
}

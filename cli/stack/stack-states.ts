/** The states that the flags mean: those of the embedded engine, or of the real CLI. */
import { embeddedStates, realEngineStates, type StackStates } from "@fridayproof/sandbox/stacks";
import type { EngineFlags } from "../context/options";
import { findProject } from "../context/project";

/** The states of the engine that the flags name. */
export function statesOf(flags: Pick<EngineFlags, "engine" | "cwd" | "work">): StackStates {
  const project = findProject(flags);
  return flags.engine === "pulumi" ? realEngineStates(project) : embeddedStates(project);
}

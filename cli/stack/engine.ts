/** Which engine carries a verb out: the embedded one, or the real Pulumi CLI on the simulated providers. */
import { EXIT_USAGE, UserError } from "@fridayproof/sandbox/errors";
import type { EngineFlags } from "../context/options";
import { hooksOf } from "../context/hooks";
import { findProject } from "../context/project";
import { checkPrerequisites, requireStack } from "../context/prerequisites";
import { runEngine, type RunRequest } from "./run";

/** Runs the verb, sets the exit code and returns it. */
export async function runVerb(flags: EngineFlags, request: RunRequest): Promise<number> {
  requireStack(findProject(flags), flags.stack);
  if (flags.engine !== "pulumi") return (await runEngine(flags, request)).exitCode;
  if (request.operation === "update" && request.yes !== true) {
    const what = `${flags.stack} was not changed: the real CLI runs without a terminal of its own.`;
    throw new UserError(`${what} Read \`preview\` and add --yes.`, EXIT_USAGE);
  }
  const project = findProject(flags);
  if (request.operation !== "destroy") checkPrerequisites(project, flags.stack);
  if (flags.policies !== false) hooksOf(project.root).prepare?.(project.root);
  const { runRealEngine } = await import("@fridayproof/sandbox/serve");
  const { stack, policies, config, secretConfig, target, parallel, quotas } = flags;
  const told = { stack, policies, config, secretConfig, targets: target, parallel, quotas };
  const code = await runRealEngine({ ...project, ...told, ...request });
  process.exitCode = code;
  return code;
}

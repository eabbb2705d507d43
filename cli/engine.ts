/** Which engine carries a verb out: the embedded one, or the real Pulumi CLI on the simulated providers. */
import { buildPolicies } from "../scripts/install.cjs";
import type { Operation } from "../sandbox/report/events";
import type { EngineFlags } from "./options";
import { findProject } from "./project";
import { checkRows } from "./rows";
import { runEngine, type RunRequest } from "./run";

/** A verb that both engines know. */
export interface VerbRequest extends RunRequest {
  readonly operation: Exclude<Operation, "refresh">;
}

/** Runs the verb, sets the exit code and returns it. */
export async function runVerb(flags: EngineFlags, request: VerbRequest): Promise<number> {
  if (flags.engine !== "pulumi") return (await runEngine(flags, request)).exitCode;
  const project = findProject(flags);
  if (request.operation !== "destroy") checkRows(project, flags.stack);
  if (flags.policies !== false) buildPolicies(project.root);
  const { runRealEngine } = await import("../sandbox/real-engine");
  const { stack, policies, config, secretConfig, target, quotas } = flags;
  const { operation, json, refresh, expectNoChanges, replaces } = request;
  const told = { operation, stack, policies, config, secretConfig, targets: target, replaces, quotas };
  const code = await runRealEngine({ ...project, ...told, json, refresh, expectNoChanges });
  process.exitCode = code;
  return code;
}

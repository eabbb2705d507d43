/** Which engine carries a verb out: the embedded one, or the real Pulumi CLI on the simulated providers. */
import { UserError } from "../../sandbox/core/errors";
import { matchesTarget } from "../../sandbox/property/urn";
import { buildPolicies } from "../../tools/setup/install.cjs";
import type { EngineFlags } from "../context/options";
import { findProject } from "../context/project";
import { checkRows, requireStack } from "../context/rows";
import { runEngine, type RunRequest } from "./run";
import { statesOf } from "./stack-states";

/** Runs the verb, sets the exit code and returns it. */
export async function runVerb(flags: EngineFlags, request: RunRequest): Promise<number> {
  requireStack(findProject(flags), flags.stack);
  if (flags.engine !== "pulumi") return (await runEngine(flags, request)).exitCode;
  const project = findProject(flags);
  if (request.operation !== "destroy") checkRows(project, flags.stack);
  if (flags.policies !== false) buildPolicies(project.root);
  await rejectIdlePatterns(flags, request);
  const { runRealEngine } = await import("../../sandbox/pulumi-cli/run");
  const { stack, policies, config, secretConfig, target, parallel, quotas } = flags;
  const told = { stack, policies, config, secretConfig, targets: target, parallel, quotas };
  const code = await runRealEngine({ ...project, ...told, ...request });
  process.exitCode = code;
  return code;
}

/**
 * The real CLI lets a pattern match nothing: then a typo is "no changes". A target of `up` or `preview` is left to it,
 * because it may name what the program adds.
 * @throws UserError naming the pattern.
 */
async function rejectIdlePatterns(flags: EngineFlags, { operation, replaces = [] }: RunRequest): Promise<void> {
  const isOfState = operation === "destroy" || operation === "refresh";
  const patterns = [...replaces, ...((isOfState && flags.target) || [])].filter((pattern) => pattern.includes("*"));
  if (patterns.length === 0) return;
  const rows = await statesOf(flags).rows(flags.stack);
  const idle = patterns.find((pattern) => !rows.some(({ urn }) => matchesTarget(pattern, String(urn))));
  if (idle !== undefined) throw new UserError(`Target '${idle}' could not be found in the stack.`);
}

/** Runs a verb on the selected engine: the embedded one, or the real Pulumi CLI on the simulated providers. */
import { EXIT_USAGE, UserError } from "@fridayproof/sandbox/errors";
import type { Plan } from "@fridayproof/sandbox/run";
import type { RealEngineOptions } from "@fridayproof/sandbox/serve";
import type { EngineFlags } from "../context/options";
import { hooksOf } from "../context/hooks";
import { outagesOf } from "../context/outage-options";
import { findProject } from "../context/project";
import { checkPrerequisites, requireStack } from "../context/prerequisites";
import { checkOutageFlags, outageProblemText } from "./outages";
import { requireFreshPolicies } from "./policy-freshness";
import { runEngine, type RunRequest } from "./run";
import { timeBlock } from "./times";

/** The plan of the real CLI; undefined where the preview failed. */
async function plannedByRealEngine(
  run: (options: RealEngineOptions) => Promise<number>,
  options: Omit<RealEngineOptions, "operation">,
): Promise<Plan | undefined> {
  let text = "";
  const code = await run({ ...options, operation: "preview", json: true, answer: (all) => (text = all) });
  return code === 0 ? (JSON.parse(text) as Plan) : undefined;
}

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
  requireFreshPolicies(flags, request.operation);
  if (flags.policies !== false) hooksOf(project.root).prepare?.(project.root);
  const { runRealEngine } = await import("@fridayproof/sandbox/serve");
  const { stack, policies, config, secretConfig, target, parallel, quotas } = flags;
  checkOutageFlags(flags);
  const outages = outagesOf(flags);
  const options = { stack, policies, config, secretConfig, targets: target, parallel, quotas, outages };
  const isUpdate = request.operation === "update";
  const reject = async (plan: Plan): Promise<string | undefined> =>
    outageProblemText(flags, plan) ?? (await request.reject?.(plan));
  if (request.reject !== undefined || (outages !== undefined && isUpdate)) {
    const plan = await plannedByRealEngine(runRealEngine, { ...project, ...options });
    const rejection = plan === undefined ? "the preview failed: nothing was changed." : await reject(plan);
    if (rejection !== undefined) throw new UserError(rejection);
    if (plan !== undefined)
      for (const line of timeBlock(request.time?.(plan), Infinity)) process.stdout.write(`${line}\n`);
  }
  const code = await runRealEngine({ ...project, ...options, ...request });
  process.exitCode = code;
  return code;
}

/** A run of the engine behind its plan: what is missing beneath it, the plan, and the update that was approved. */
import { UserError } from "./core/errors";
import type { EngineOptions, EngineResult } from "./engine/execute";
import { Snapshot } from "./state/snapshot";

/** A stack that is missing beneath another one. */
export interface Beneath {
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
}

/** Decides about a plan. */
export type Approve = (plan: EngineResult) => Promise<boolean>;

type Execute = (options: EngineOptions) => Promise<EngineResult>;

/** What a preview stands on: made in the account that is open in memory, which a preview never saves. */
export async function planBeneath(engine: EngineOptions, { stack, config }: Beneath, execute: Execute): Promise<void> {
  // No option of the stack above holds for the one beneath: no targets, no expectation, no listener.
  const { project, program, packages, parallel, signal } = engine;
  const own = { stack, config, snapshot: new Snapshot([]), operation: "update" } as const;
  const { exitCode, diagnostics } = await execute({ ...own, project, program, packages, parallel, signal });
  if (exitCode === 0) return;
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  throw new UserError(`${stack} is missing beneath this stack, and its plan fails:\n${errors.join("\n")}`);
}

/** Without anybody to approve it the run itself; else its plan first, and the run only as far as the plan goes. */
export async function planAndRun(
  engine: EngineOptions,
  approve: Approve | undefined,
  execute: Execute,
): Promise<EngineResult> {
  if (approve === undefined) return execute(engine);
  const plan = await execute(asPlan(engine));
  if (!(await mayGoOn(plan, approve))) return plan;
  await engine.policies?.beginUpdate();
  return execute({ ...engine, approved: plan.begun });
}

/** The same run without doing anything. */
function asPlan(engine: EngineOptions): EngineOptions {
  return engine.operation === "update" ? { ...engine, operation: "preview" } : { ...engine, previewOnly: true };
}

/** A plan that failed or changes nothing ends the run; every other one needs an approval. */
async function mayGoOn(plan: EngineResult, approve: Approve): Promise<boolean> {
  return plan.exitCode === 0 && !plan.leavesState && (await approve(plan));
}

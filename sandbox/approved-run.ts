/** A run of the engine behind its plan: what is missing beneath it, what came before, the plan, and the update that was approved. */
import { UserError } from "./core/errors";
import type { EngineOptions, EngineResult } from "./engine/execute";
import type { Diagnostic } from "./events/events";
import { Snapshot } from "./state/snapshot";
import type { CutOff } from "./state/state-file";

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
  // Nothing that was asked of the stack above holds for the one beneath: no targets, no expectation, no listener.
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

/** A plan that failed or changes nothing ends the run; every other one is somebody's decision. */
async function mayGoOn(plan: EngineResult, approve: Approve): Promise<boolean> {
  return plan.exitCode === 0 && !plan.leavesState && (await approve(plan));
}

/** A run after one that was cut off says what it found, before anything is decided. */
export function goesOn({ changed, open }: CutOff): Diagnostic {
  const steps = changed === 1 ? "1 step of it is kept" : `${changed} steps of it are kept`;
  const uncertain =
    open === 0 ? "" : `, and the account is asked about ${open} that ${open === 1 ? "was" : "were"} under way`;
  return { severity: "info", message: `This run goes on after one that was cut off: ${steps}${uncertain}.` };
}

interface Noted<R> {
  readonly approve?: (plan: R) => Promise<boolean>;
  readonly note: (result: R) => R;
}

/** The notes stand with the plan where somebody is shown one, else with the result: once either way. */
export function withNotes<R extends { readonly diagnostics: readonly Diagnostic[] }>(
  notes: readonly Diagnostic[],
  approve: ((plan: R) => Promise<boolean>) | undefined,
): Noted<R> {
  let isShown = false;
  const note = (result: R): R =>
    isShown || notes.length === 0 ? result : { ...result, diagnostics: [...notes, ...result.diagnostics] };
  if (approve === undefined) return { note };
  const noted = (plan: R): Promise<boolean> => {
    const withOwn = note(plan);
    isShown = true;
    return approve(withOwn);
  };
  return { approve: noted, note };
}

/** Whether a leg of a failover pair may be changed now: not shortly after a change of the other leg. */
import { lastChange, legProblems } from "@fridayproof/guard/legs";
import type { Plan } from "@fridayproof/sandbox/run";
import type { ProjectPaths } from "@fridayproof/sandbox/stacks";
import type { Command } from "commander";
import type { LegPair } from "../context/hook-types";
import { hooksOf } from "../context/hooks";
import type { EngineFlags } from "../context/options";
import { findProject } from "../context/project";
import { refusalOf } from "./refusal";
import { statesOf } from "./stack-states";

/** Flags of {@link addLegOption}. */
export interface LegFlags {
  readonly bothLegs?: string;
}

/** --both-legs. */
export function addLegOption(command: Command): Command {
  return command.option(
    "--both-legs <reason>",
    "change the stack although its other leg was changed just now, with the reason",
  );
}

function pairOf(project: ProjectPaths): LegPair | undefined {
  try {
    return hooksOf(project.root).legPair?.(project);
  } catch {
    // No environment has a replica.
    return undefined;
  }
}

/** The stack's other leg; undefined where it has none. */
function otherLeg(stack: string, project: ProjectPaths): string | undefined {
  const { primary, replica } = pairOf(project) ?? {};
  if (stack === primary?.stack) return replica?.stack;
  return stack === replica?.stack ? primary?.stack : undefined;
}

/** Whether the stack is a leg of a pair. */
export function isLeg(flags: EngineFlags): boolean {
  return otherLeg(flags.stack, findProject(flags)) !== undefined;
}

/** Why a leg must not be changed now; undefined where it may be, or where --both-legs has a reason. */
export async function legProblemText(
  flags: EngineFlags & LegFlags,
  { steps }: Pick<Plan, "steps">,
): Promise<string | undefined> {
  const { stack, bothLegs = "" } = flags;
  const other = otherLeg(stack, findProject(flags));
  if (other === undefined) return undefined;
  const changed = lastChange(await statesOf(flags).resources(other));
  const problems = legProblems({ other, steps, changed, now: new Date() }, '--both-legs "..."');
  if (bothLegs.trim() === "") return refusalOf(`the update of ${stack}`, problems, "Nothing was changed.");
  for (const { path, got } of problems)
    process.stderr.write(`${path} ${String(got)}; ${stack} changes all the same: ${bothLegs}\n`);
  return undefined;
}

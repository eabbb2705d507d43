/** `fridayproof destroy`: what holds a stack is released first, then everything goes. */
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { type Hold, holdLine, holdsOf } from "../../guard/protection";
import { UserError } from "../../sandbox/errors";
import { runVerb } from "../engine";
import { addEngineOptions, type EngineFlags } from "../options";
import { findProject, type Project } from "../project";
import { hasState, readDeployment, rowsOf } from "../state";
import type { Verb } from "../verb";

/** Lifts protection in the program; given to one run, never stored. */
const TEARDOWN = { "fridayproof:teardown": "true" };

/** The stack whose roles, keys and images all others use. */
const FOUNDATION = "foundation";

/** How many held resources are named before the rest is only counted. */
const SHOWN = 12;

function holdsIn(project: Project, stack: string): readonly Hold[] {
  return hasState(project, stack) ? holdsOf(rowsOf(readDeployment(project, stack))) : [];
}

/** Without the foundation nobody could destroy what still stands on it. */
function refuseUnderOthers(project: Project, stack: string): void {
  if (stack !== FOUNDATION) return;
  const names = readdirSync(path.join(project.work, "stacks")).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
  const standing = names.filter((name) => name !== FOUNDATION && hasState(project, name));
  if (standing.length === 0) return;
  throw new UserError(
    `foundation carries ${standing.join(", ")}: destroy ${standing.length > 1 ? "those" : "that"} first.`,
  );
}

function listOf(holds: readonly Hold[]): string {
  const lines = holds.slice(0, SHOWN).map((hold) => `  ${holdLine(hold)}\n`);
  const rest = holds.length - lines.length;
  return `${lines.join("")}${rest > 0 ? `  and ${rest} more\n` : ""}`;
}

async function liftProtection(flags: EngineFlags): Promise<boolean> {
  return (await runVerb({ ...flags, config: { ...flags.config, ...TEARDOWN } }, { operation: "update" })) === 0;
}

/** @returns whether nothing holds the stack any more. @throws UserError when something still does. */
async function release(flags: EngineFlags, project: Project, holds: readonly Hold[]): Promise<boolean> {
  process.stdout.write(
    `${flags.stack} is held by ${holds.length} setting(s); an update with fridayproof:teardown=true lifts them first:\n`,
  );
  process.stdout.write(listOf(holds));
  if (!(await liftProtection(flags))) return false;
  const left = holdsIn(project, flags.stack);
  if (left.length === 0) return true;
  throw new UserError(`nothing was deleted, because the program still holds:\n${listOf(left)}`.trimEnd());
}

/** Options and action. */
export const verb: Verb = (command) => {
  addEngineOptions(command).action(async (flags: EngineFlags) => {
    const project = findProject(flags);
    // A part of a stack is deleted as the engine does it: what is protected is refused, one by one.
    if (flags.target === undefined && flags.engine === "pulumi") {
      // Its state is its backend's; what still holds is refused by the engine itself.
      if (!(await liftProtection(flags))) return;
    } else if (flags.target === undefined) {
      if (hasState(project, flags.stack)) refuseUnderOthers(project, flags.stack);
      const holds = holdsIn(project, flags.stack);
      if (holds.length > 0 && !(await release(flags, project, holds))) return;
    }
    await runVerb(flags, { operation: "destroy" });
  });
};

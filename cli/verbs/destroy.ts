/** `fridayproof destroy`: what holds a stack is released first, then everything goes. */
import { type Hold, holdLine, holdsOf } from "../../guard/protection";
import { UserError } from "../../sandbox/errors";
import { readLayout, type StackStates } from "../../sandbox/stacks";
import { runVerb } from "../stack/engine";
import { addEngineOptions, type EngineFlags } from "../context/options";
import { findProject } from "../context/project";
import { requireStack } from "../context/rows";
import { statesOf } from "../stack/stack-states";
import type { Verb } from "../context/verb";

/** Lifts protection in the program; given to one run, never stored. */
const TEARDOWN = { "fridayproof:teardown": "true" };

/** How many held resources are named before the rest is only counted. */
const SHOWN = 12;

/** Without the foundation nobody could destroy what still stands on it. */
async function rejectWhileUsed(states: StackStates, stack: string, foundation: string | undefined): Promise<void> {
  if (stack !== foundation) return;
  const names = await states.names();
  if (!names.includes(stack)) return;
  const standing = names.filter((name) => name !== stack).sort();
  if (standing.length === 0) return;
  throw new UserError(
    `${stack} carries ${standing.join(", ")}: destroy ${standing.length > 1 ? "those" : "that"} first.`,
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
async function release(flags: EngineFlags, states: StackStates): Promise<boolean> {
  const holds = holdsOf(await states.resources(flags.stack));
  if (holds.length === 0) return true;
  process.stdout.write(
    `${flags.stack} is held by ${holds.length} setting(s); an update with fridayproof:teardown=true lifts them first:\n`,
  );
  process.stdout.write(listOf(holds));
  if (!(await liftProtection(flags))) return false;
  const left = holdsOf(await states.resources(flags.stack));
  if (left.length === 0) return true;
  throw new UserError(`nothing was deleted, because the program still holds:\n${listOf(left)}`.trimEnd());
}

/** Options and action. */
export const verb: Verb = (command) => {
  addEngineOptions(command).action(async (flags: EngineFlags) => {
    const project = findProject(flags);
    requireStack(project, flags.stack);
    // A part of a stack is deleted as the engine does it: what is protected is refused, one by one.
    if (flags.target === undefined) {
      const states = statesOf(flags);
      await rejectWhileUsed(states, flags.stack, readLayout(project.root).foundation);
      if (!(await release(flags, states))) return;
    }
    await runVerb(flags, { operation: "destroy" });
  });
};

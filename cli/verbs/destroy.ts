/** `fridayproof destroy`: removes the protections of a stack, then deletes it. */
import { counted } from "@fridayproof/components/core";
import { holdLine, holdsOf } from "@fridayproof/guard/protection";
import { UserError } from "@fridayproof/sandbox/errors";
import { isDefaultProvider, readLayout, type StackStates } from "@fridayproof/sandbox/stacks";
import { terminalOn } from "@fridayproof/sandbox/terminal";
import { EXIT_DECLINED, mayDestroy, requireYes } from "../stack/approval";
import { runVerb } from "../stack/engine";
import { EventLines } from "../stack/event-lines";
import { writeOut, type RunRequest } from "../stack/run";
import { teardownLines, type Teardown } from "../stack/teardown";
import { addEngineOptions, type EngineFlags } from "../context/options";
import { findProject } from "../context/project";
import { requireStack } from "../context/prerequisites";
import { statesOf } from "../stack/stack-states";
import type { Verb } from "../context/verb";

/** Configuration that turns protection off in the program; passed to one run, never stored. */
const TEARDOWN = { "fridayproof:teardown": "true" };

interface DestroyFlags extends EngineFlags {
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** One stream for the events of both runs; undefined without --json. */
type Events = Pick<RunRequest, "json" | "events">;

/** The foundation is destroyed last, because environments need its roles for their own deletion. */
async function rejectWhileUsed(states: StackStates, stack: string, foundation: string | undefined): Promise<void> {
  if (stack !== foundation) return;
  const names = await states.names();
  if (!names.includes(stack)) return;
  const standing = names.filter((name) => name !== stack).sort();
  if (standing.length === 0) return;
  throw new UserError(
    `${stack} is used by ${standing.join(", ")}: destroy ${standing.length > 1 ? "those" : "that"} first.`,
  );
}

async function liftProtection(flags: EngineFlags, count: number, events: Events): Promise<boolean> {
  const config = { ...flags.config, ...TEARDOWN };
  const closing = `${flags.stack}: ${counted(count, "protection")} lifted.`;
  const request = { operation: "update", planFirst: true, yes: true, brief: true, closing, ...events } as const;
  return (await runVerb({ ...flags, config }, request)) === 0;
}

/** @returns whether the run succeeded. @throws UserError where the program still protects something. */
async function release(flags: EngineFlags, states: StackStates, count: number, events: Events): Promise<boolean> {
  if (!(await liftProtection(flags, count, events))) return false;
  const left = holdsOf(await states.resources(flags.stack));
  if (left.length === 0) return true;
  const lines = left.map((hold) => `\n  ${holdLine(hold)}`).join("");
  throw new UserError(`nothing was deleted, because the program still protects:${lines}`);
}

/** Deletes the whole stack: shows what is deleted, and prompts for its name. */
async function destroyAll({ yes = false, json = false, ...flags }: DestroyFlags): Promise<void> {
  const { stack } = flags;
  const states = statesOf(flags);
  const { foundation } = readLayout(findProject(flags).root);
  await rejectWhileUsed(states, stack, foundation);
  const under = stack === foundation ? undefined : foundation;
  // Default providers are not declared by the program, and no run counts them.
  const resources = (await states.resources(stack)).filter(({ urn }) => !isDefaultProvider(urn));
  const holds = holdsOf(resources);
  const { columns, write } = terminalOn(json ? process.stderr : process.stdout, process.env);
  const show = (): void =>
    write(
      `${teardownLines({ stack, resources: resources as unknown as Teardown["resources"], holds, foundation: under }, columns).join("\n")}\n`,
    );
  if (resources.length > 0) {
    show();
    if (!(await mayDestroy({ stack, verb: "destroy", yes, details: show }))) {
      write(`${stack}: nothing was changed.\n`);
      process.exitCode = EXIT_DECLINED;
      return;
    }
  }
  const events: Events = json ? { json, events: new EventLines(writeOut) } : {};
  if (holds.length > 0 && !(await release(flags, states, holds.length, events))) return;
  await runVerb(flags, { operation: "destroy", brief: true, ...events });
}

/** Options and action. */
export const verb: Verb = (command) => {
  addEngineOptions(command)
    .option("-y, --yes", "destroy without a prompt")
    .option("--json", "print the events as `pulumi destroy --json` does, one a line; needs --yes")
    .action(async (flags: DestroyFlags) => {
      const { yes, json, ...engineFlags } = flags;
      requireYes(flags);
      requireStack(findProject(flags), flags.stack);
      if (flags.target === undefined) return destroyAll(flags);
      // With --target the engine decides: it refuses each protected resource.
      await runVerb(engineFlags, { operation: "destroy", planFirst: true, yes, json });
    });
};

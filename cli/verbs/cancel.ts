/** `fridayproof cancel`. */
import { breakLocks } from "@fridayproof/sandbox/stacks";
import { addEmbeddedEngine, addStackOptions, type StackOptions } from "../context/options";
import { findProject } from "../context/project";
import { requireStack } from "../context/prerequisites";
import type { Verb } from "../context/verb";

/** Options and action. */
export const verb: Verb = (command) => {
  addEmbeddedEngine(addStackOptions(command)).action(({ stack, ...folders }: StackOptions) => {
    const project = findProject(folders);
    const removed = breakLocks(project, stack);
    if (removed.length === 0) requireStack(project, stack);
    const closing =
      removed.length === 0
        ? `Nothing is locked: neither stack ${stack} nor the account.`
        : "If that process still runs, end it before the next run: two at once would lose each other's changes.";
    console.log([...removed, closing].join("\n"));
  });
};

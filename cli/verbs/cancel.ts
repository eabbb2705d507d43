/** `fridayproof cancel`. */
import { rmSync } from "node:fs";
import { accountPath } from "../../sandbox/cloud/account/account-file";
import { statePath } from "../../sandbox/state/state-file";
import { writing } from "../../sandbox/storage/journaled-file";
import { lockPath, readHolder } from "../../sandbox/storage/lock";
import { addEmbeddedEngine, addStackOptions, type StackOptions } from "../context/options";
import { findProject } from "../context/project";
import { requireStack } from "../context/rows";
import type { Verb } from "../context/verb";

/** Removes the lock, if there is one, and returns what to tell. */
function breakLock(file: string): string[] {
  const holder = readHolder(file);
  if (holder === undefined) return [];
  writing(file, () => rmSync(file, { force: true }));
  return [`Removed ${file}: process ${holder.pid} on ${holder.host}, since ${holder.since} (${holder.command}).`];
}

/** Options and action. */
export const verb: Verb = (command) => {
  addEmbeddedEngine(addStackOptions(command)).action(({ stack, ...places }: StackOptions) => {
    const project = findProject(places);
    const locks = [statePath(project.work, stack), accountPath(project.work)].map(lockPath);
    const removed = locks.flatMap(breakLock);
    if (removed.length === 0) requireStack(project, stack);
    const closing =
      removed.length === 0
        ? `Nothing is locked: neither stack ${stack} nor the account.`
        : "If that process still runs, end it before the next run: two at once would lose each other's changes.";
    console.log([...removed, closing].join("\n"));
  });
};

/** `fridayproof lock`: checks the lock file offline, and prints the commands that look up its entries. */
import * as path from "node:path";
import { dayOf } from "@fridayproof/components/core";
import { type LockFinding, lockFindings, lockUpdates } from "@fridayproof/guard/lock-check";
import { UserError } from "@fridayproof/sandbox/errors";
import { readText } from "../context/files";
import { addFolderOptions, dayOption } from "../context/options";
import { findProject, type Folders } from "../context/project";
import type { Verb } from "../context/verb";

interface LockFlags extends Folders {
  readonly check?: boolean;
  readonly update?: boolean;
  readonly today?: string;
}

function readLockFile(folders: Folders): unknown {
  const file = path.join(findProject(folders).root, "stacks", "env.lock.json");
  const text = readText(file);
  if (text === undefined) throw new UserError(`there is no ${file}: restore it from git.`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UserError(`${file} is not JSON: ${(error as Error).message}. Restore it from git.`);
  }
}

function check(lock: unknown, today: string): void {
  const findings = lockFindings(lock, today);
  const count = (level: LockFinding["level"]) => findings.filter((finding) => finding.level === level).length;
  for (const finding of findings) {
    process.stdout.write(`${finding.level.padEnd("warning".length)}  ${finding.path}: ${finding.text}\n`);
  }
  process.stdout.write(
    `${count("error")} error(s), ${count("warning")} warning(s), ${count("note")} note(s) on ${today}.\n`,
  );
  if (count("error") > 0) process.exitCode = 1;
}

function update(lock: unknown): void {
  process.stdout.write(
    "NOT RUN: each command needs the network, those of AWS also credentials. Run them, then write\n",
  );
  process.stdout.write("version, proof, source and date into stacks/env.lock.json:\n");
  for (const entry of lockUpdates(lock)) process.stdout.write(`  ${entry.path}\n    ${entry.command}\n`);
}

/** Options and action. */
export const verb: Verb = (command) => {
  addFolderOptions(command)
    .option(
      "--check",
      "list entries that are unresolved, old, or soon out of support; fails when support has ended (the default)",
    )
    .option("--update", "print the commands that look up each entry; nothing is run")
    .option("--today <day>", "date of the check (default: today)", dayOption)
    .action(({ update: shouldUpdate, today, ...folders }: LockFlags) => {
      const lock = readLockFile(folders);
      if (shouldUpdate === true) return update(lock);
      return check(lock, today ?? dayOf(new Date()));
    });
};

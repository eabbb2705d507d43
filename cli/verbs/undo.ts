/** `fridayproof undo`: reverts a release by a commit, which Argo CD deploys like any other. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { UserError } from "@fridayproof/sandbox/errors";
import type { Command } from "commander";
import { commitChanges } from "../context/commit";
import type { UndoPlan } from "../context/hook-types";
import { hooksOf } from "../context/hooks";
import { addFolderOptions } from "../context/options";
import { findProject, type Folders } from "../context/project";
import type { Verb } from "../context/verb";

interface UndoFlags extends Folders {
  readonly to?: string;
  /** False with --no-commit. */
  readonly commit: boolean;
}

/** @throws UserError with why there is no undo; nothing is written. */
function planned(plan: () => UndoPlan): UndoPlan {
  try {
    return plan();
  } catch (error) {
    throw error instanceof Error ? new UserError(`${error.message}\nNothing was changed.`) : error;
  }
}

function changes(root: string, { files, stale }: UndoPlan): readonly string[] {
  const sign = (file: string): string => (existsSync(path.join(root, file)) ? "~" : "+");
  return [...files.map(({ file }) => `  ${sign(file)} ${file}`), ...stale.map((file) => `  - ${file}`)];
}

function takeBack(application: string, { to, commit, ...folders }: UndoFlags): void {
  const project = findProject(folders);
  const { root } = project;
  const { undo } = hooksOf(root);
  if (undo === undefined) throw new UserError(`${root} has no applications: its hooks export no undo.`);
  const plan = planned(() => undo({ application, to }, project));
  const lines = [plan.summary, ...changes(root, plan), ...plan.notes.map((note) => `note: ${note}`)];
  if (commit) {
    const name = commitChanges(root, plan, plan.message);
    lines.push(`committed as ${name}`, "Next   git push   Argo CD applies what is pushed: docs/how-to/roll-back.md");
  } else lines.push("Nothing was written: without --no-commit this is one commit.");
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** Options and action. */
export const verb: Verb = (command: Command) => {
  command.argument("<application>", "application whose release is reverted");
  addFolderOptions(command)
    .option("--to <digest>", "digest of the image to return to (default: the one before)")
    .option("--no-commit", "write nothing; print what the commit would change")
    .action(takeBack);
};

/** A copy of the project in which a drill changes the environments; the files of the project itself are not changed. */
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { replaceFiles } from "../context/files";
import type { LegPair } from "../context/hook-types";
import { hooksOf } from "../context/hooks";
import { UserError } from "@fridayproof/sandbox/errors";

/** Copied because a drill changes it; everything else is linked. */
const COPIED = "stacks";
/** Left out: what a run writes, and what no run reads. */
const LEFT_OUT = new Set([".git", ".fridayproof", "reports"]);

/** The copy. */
export interface Scratch {
  readonly root: string;
  /** Folder of the states and of the simulated account of the drill. */
  readonly work: string;
  readonly pair: LegPair;
  /** Writes the files that put the legs into a state. */
  readonly setLegs: (legs: Parameters<LegPair["files"]>[0]) => void;
  readonly remove: () => void;
}

/** Creates the copy. @throws UserError where no environment has a replica. */
export function scratchOf(project: { readonly root: string; readonly work: string }): Scratch {
  const { legPair } = hooksOf(project.root);
  if (legPair === undefined) throw new UserError("no environment of this project has a replica.");
  const folder = mkdtempSync(path.join(tmpdir(), "fridayproof-drill-"));
  const root = path.join(folder, "project");
  const work = path.join(folder, "work");
  cpSync(path.join(project.root, COPIED), path.join(root, COPIED), { recursive: true });
  for (const entry of readdirSync(project.root))
    if (entry !== COPIED && !LEFT_OUT.has(entry)) symlinkSync(path.join(project.root, entry), path.join(root, entry));
  const pair = legPair({ ...project, root });
  return {
    root,
    work,
    pair,
    setLegs: (legs) => replaceFiles(pair.files(legs).map(({ file, text }) => ({ file: path.join(root, file), text }))),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

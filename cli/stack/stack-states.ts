/** What stacks there are and what is in them, whichever engine keeps their states. */
import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { UserError } from "../../sandbox/core/errors";
import { statePath } from "../../sandbox/state/state-file";
import { journalPath } from "../../sandbox/storage/journaled-file";
import type { PropertyMap, Value } from "../../sandbox/property/values";
import type { EngineFlags } from "../context/options";
import { findProject, type Project } from "../context/project";
import { requireStack } from "../context/rows";
import { hasState, readDeployment, readOutputs, rowsOf } from "./state";

/** A row of a state, as far as it is one. */
type Row = ReturnType<typeof rowsOf>[number];

/** The states of one engine. */
export interface StackStates {
  /** Names of the stacks that have resources. */
  names(): Promise<readonly string[]>;
  /** The rows of a stack; none when there is no such stack. */
  rows(stack: string): Promise<readonly Row[]>;
  /** The outputs of a stack. @throws UserError when there is no such stack. */
  outputs(stack: string): Promise<PropertyMap>;
}

/** The states of the engine that the flags name. */
export function statesOf(flags: Pick<EngineFlags, "engine" | "cwd" | "work">): StackStates {
  const project = findProject(flags);
  return flags.engine === "pulumi" ? backendStates(project) : fileStates(project);
}

function fileStates(project: Project): StackStates {
  return {
    names: async () => stackFiles(project).filter((name) => hasState(project, name)),
    rows: async (stack) => (hasState(project, stack) ? rowsOf(readDeployment(project, stack)) : []),
    outputs: async (stack) => {
      rejectUnfinished(project, stack);
      return readOutputs(readDeployment(project, stack));
    },
  };
}

/** @throws UserError when there is no such stack, or its last run was cut short: what it would print is not what is there. */
function rejectUnfinished(project: Project, stack: string): void {
  const file = statePath(project.work, stack);
  if (!existsSync(file)) requireStack(project, stack);
  if (existsSync(journalPath(file)))
    throw new UserError(`the last run of ${stack} did not end, or goes on: \`make up STACK=${stack}\` finishes it.`);
}

function stackFiles({ work }: Project): string[] {
  try {
    return readdirSync(path.join(work, "stacks")).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
  } catch {
    return [];
  }
}

/** The real CLI keeps its states in its backend, and answers for them. */
function backendStates(project: Project): StackStates {
  const { openBackend, stacksIn, exportStack, stackOutputs } =
    require("../../sandbox/pulumi-cli/workspace") as typeof import("../../sandbox/pulumi-cli/workspace");
  const names = async (): Promise<readonly string[]> => stacksIn(await openBackend(project));
  return {
    names,
    rows: async (stack) => {
      if (!(await names()).includes(stack)) return [];
      return rowsOf((await exportStack(await openBackend(project), stack)) as Value);
    },
    outputs: async (stack) => stackOutputs(await openBackend(project), stack),
  };
}

/** Reads the states that arguments name: a stack of the sandbox, a file, or standard input. */
import { existsSync } from "node:fs";
import { ParityError, readDocument, type StackState, stateOf } from "@fridayproof/guard/parity";
import { endedDeployment, hasStateFile, openedSecrets, type ProjectPaths } from "@fridayproof/sandbox/stacks";
import { requireStack } from "../context/prerequisites";
import { bytesOf } from "./plan-files";

/** Whether the argument is a file: names of stacks have no slash and no extension; `./name` is a file with the name of a stack. */
export function isFile(name: string): boolean {
  return name === "-" || /[/\\]|\.json$/.test(name) || existsSync(name);
}

/** The state of a stack of the sandbox without pending operations. @throws UserError where there is none. */
export function stackDocument(stack: string, project: ProjectPaths): unknown {
  if (!hasStateFile(project, stack)) requireStack(project, stack);
  return endedDeployment(project, stack);
}

function documentOf(name: string, project: () => ProjectPaths): unknown {
  return isFile(name) ? readDocument(bytesOf(name)) : stackDocument(name, project());
}

/**
 * The state of a stack or in a file, its secrets opened where their passphrase is known.
 * @param project called only for the name of a stack: files can be compared outside of a project.
 * @throws ParityError with the name in front.
 */
export async function stateIn(name: string, project: () => ProjectPaths): Promise<StackState> {
  try {
    return stateOf(await openedSecrets(documentOf(name, project)));
  } catch (error) {
    if (error instanceof ParityError) throw new ParityError(`${name}: ${error.message}`);
    throw error;
  }
}

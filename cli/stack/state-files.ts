/** States that a person names on the command line: a stack of the sandbox, a file, or standard input. */
import { existsSync } from "node:fs";
import { ParityError, readDocument, type StackState, stateOf } from "@fridayproof/guard/parity";
import { endedDeployment, hasStateFile, openedSecrets, type ProjectPaths } from "@fridayproof/sandbox/stacks";
import { requireStack } from "../context/prerequisites";
import { bytesOf } from "./plan-files";

/** A stack has no slash and no ending in its name; a file of the same name as a stack is written as ./name. */
function isFile(name: string): boolean {
  return name === "-" || /[/\\]|\.json$/.test(name) || existsSync(name);
}

function documentOf(name: string, project: () => ProjectPaths): unknown {
  if (isFile(name)) return readDocument(bytesOf(name));
  const found = project();
  if (!hasStateFile(found, name)) requireStack(found, name);
  return endedDeployment(found, name);
}

/**
 * The state of a stack or in a file, its secrets opened where their passphrase is known.
 * @param project found only where a stack is named: files are compared anywhere.
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

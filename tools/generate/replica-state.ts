/** The state of the replica, which is one line of its environment's file: read and written here only. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { replica } from "../../stacks/environments/replica";
import type { ReplicaState } from "../../stacks/environments/replica-of";

/** From the root. */
export const REPLICA_FILE = path.join("stacks", "environments", `${replica.name}.ts`);
const STATE = /^ {2}state: "(standby|scaled|open)",$/m;

/** The file as it is. */
export interface ReplicaStateFile {
  readonly now: ReplicaState;
  /** The file with another state. */
  readonly inState: (state: ReplicaState) => { readonly file: string; readonly text: string };
}

/** Reads the file. @throws Error where it writes the state another way. */
export function replicaStateFile(root: string): ReplicaStateFile {
  const text = readFileSync(path.join(root, REPLICA_FILE), "utf8");
  const now = STATE.exec(text)?.[1] as ReplicaState | undefined;
  if (now === undefined)
    throw new Error(`${REPLICA_FILE} has no line like \`  state: "standby",\`: change its state by hand.`);
  return { now, inState: (state) => ({ file: REPLICA_FILE, text: text.replace(STATE, `  state: "${state}",`) }) };
}

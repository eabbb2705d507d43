/** The state of the replica, which is one line of its environment's file: read and written here only. */
import type { PlannedFile } from "../../cli/context/hook-types";
import { replica } from "../../stacks/environments/replica";
import type { ReplicaState } from "../../stacks/environments/replica-of";
import { environmentFile, environmentLine } from "./environment-line";

/** From the root. */
export const REPLICA_FILE = environmentFile(replica.name);
const STATE = /^ {2}state: "(standby|scaled|open)",$/m;

/** The file as it is. */
export interface ReplicaStateFile {
  readonly now: ReplicaState;
  /** The file with another state. */
  readonly inState: (state: ReplicaState) => PlannedFile;
}

/** Reads the file. @throws Error where it writes the state another way. */
export function replicaStateFile(root: string): ReplicaStateFile {
  const like = '`  state: "standby",`: change its state by hand.';
  const { input, 1: now } = environmentLine(root, replica.name, STATE, like);
  return {
    now: now as ReplicaState,
    inState: (state) => ({ file: REPLICA_FILE, text: input.replace(STATE, `  state: "${state}",`) }),
  };
}

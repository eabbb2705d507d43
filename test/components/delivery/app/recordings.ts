/** Recordings of Argo Rollouts 1.9.0 on a real API server: what each release did, second by second. */
import { readFileSync } from "node:fs";
import * as path from "node:path";

/** Something that was seen; only what changed stands in it. */
export interface Seen {
  /**
   * Since the first manifest.
   * @unit seconds
   */
  readonly t: number;
  /** What was done, such as a deployment by Git. */
  readonly command?: string;
  /** Percent of the traffic of the coming version, in the VirtualService. */
  readonly canaryWeight?: number;
  /** A Service, and the version that it selects. */
  readonly service?: string;
  readonly pods?: string;
  /** Status of the Rollout. */
  readonly rollout?: {
    readonly phase?: string;
    readonly step?: number;
    readonly abort?: boolean;
    readonly promoteFull?: boolean;
    readonly currentPodHash?: string;
    readonly stableRS?: string;
    readonly available?: number;
  };
}

/** One scenario. */
export interface Recording {
  readonly settings: {
    readonly replicas: number;
    readonly minReadySeconds: number;
    readonly progressDeadlineSeconds: number;
  };
  readonly events: readonly Seen[];
}

/** Reads a scenario. */
export function recordingOf(scenario: string): Recording {
  const file = path.resolve(__dirname, "../../../recordings/rollouts", `${scenario}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Recording;
}

/** The first event that a condition holds for, from a time on. @throws Error where there is none. */
export function firstSeen(recording: Recording, holds: (seen: Seen) => boolean, from = 0): Seen {
  const found = recording.events.find((seen) => seen.t >= from && holds(seen));
  if (found === undefined) throw new Error(`nothing of the kind was seen from ${from} s on`);
  return found;
}

/** When the command that begins so was given. */
export const givenAt = (recording: Recording, command: string): number =>
  firstSeen(recording, (seen) => seen.command?.startsWith(command) === true).t;

/** How long after a command something was seen. */
export function secondsAfter(recording: Recording, command: string, holds: (seen: Seen) => boolean): number {
  const given = givenAt(recording, command);
  return firstSeen(recording, holds, given).t - given;
}

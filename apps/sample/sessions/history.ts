/** Which formats each release reads and writes: a format changes in two steps, or users are logged out twice. */
import type { Format } from "./formats";

/** What one release does with tokens. */
export interface SessionRelease {
  readonly release: string;
  readonly reads: readonly Format[];
  readonly writes: Format;
}

/** The oldest first; the last one is what this code does. A release that changes nothing here has no row of its own. */
export const sessionHistory: readonly SessionRelease[] = [
  { release: "1.0", reads: [1], writes: 1 },
  { release: "1.1", reads: [1, 2], writes: 1 },
];

/** What this code reads and writes. @throws Error for a history without a release. */
export function currentSessions(history: readonly SessionRelease[] = sessionHistory): SessionRelease {
  const last = history.at(-1);
  if (last === undefined) throw new Error("sessionHistory has no release: its last row is what the service does.");
  return last;
}

/**
 * What is wrong with a history. Two releases that follow each other serve the same users side by side, and the way back
 * goes from the later to the earlier one: each must read what the other writes.
 */
export function missingSteps(history: readonly SessionRelease[]): readonly string[] {
  return history.flatMap((later, index) => {
    const own = later.reads.includes(later.writes) ? [] : [`${later.release} does not read what it writes itself`];
    const earlier = history[index - 1];
    return earlier === undefined ? own : [...own, ...between(earlier, later)];
  });
}

function between(earlier: SessionRelease, later: SessionRelease): readonly string[] {
  const problems: string[] = [];
  if (!later.reads.includes(earlier.writes))
    problems.push(
      `${later.release} does not read format ${earlier.writes}, which ${earlier.release} writes: its users would be logged out. Drop a format one release after the last that writes it.`,
    );
  if (!earlier.reads.includes(later.writes))
    problems.push(
      `${later.release} writes format ${later.writes}, which ${earlier.release} does not read: on the way back its users would be logged out. Read it in one release and write it in the next.`,
    );
  return problems;
}

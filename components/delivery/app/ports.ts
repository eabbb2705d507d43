/** Ports that a spec names. */
import type { Problem } from "../../core/checks";
import { applicationLimits } from "../../core/limits/application";

const LARGEST_PORT = applicationLimits.largestPort.value;

/** What is wrong with a port; empty when nothing is. */
export function portProblem(path: string, port: number | undefined): Problem[] {
  if (port === undefined || (Number.isInteger(port) && port >= 1 && port <= LARGEST_PORT)) return [];
  return [
    { path, got: port, allowed: `a whole number from 1 to ${LARGEST_PORT}`, fix: "Give the port that it listens on." },
  ];
}

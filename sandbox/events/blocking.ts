/** Which findings stop an update. */
import type { PolicyFinding } from "./events";

/** Whether the finding stops an update: neither remediated nor advisory. */
export function isBlocking({ level, remediated }: PolicyFinding): boolean {
  return !remediated && level !== "advisory";
}

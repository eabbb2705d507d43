/** Which findings of the policies stop an update. */
import type { PolicyFinding } from "../events/events";

/** Whether the finding stops an update. */
export function isBlocking(finding: PolicyFinding): boolean {
  return !finding.remediated && finding.level !== "advisory";
}

/** Everything that the simulated cloud refuses. */
import type { Making } from "./aws/making";
/** Refuses. */
export function refuse(_made: Making, _operation: "create" | "update" | "delete"): void {}

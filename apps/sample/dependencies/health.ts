/** Whether an instance can serve: a function from its checks' results to a status. */
import type { DependencyName, Need } from "../config";

/** What is known of one dependency. */
export interface Health {
  readonly need: Need;
  /** Checks in a row that failed. */
  readonly failures: number;
  /** Whether a check has succeeded since the start. */
  readonly seen: boolean;
  readonly problem?: string;
}

/** What is known of all of them. */
export type HealthByName = Readonly<Record<DependencyName, Health>>;

/** Before the first check: nothing is known, so nothing that is required is there. */
export const unknownHealth = (need: Need): Health => ({ need, failures: 0, seen: false, problem: "not checked yet" });

/** One more check. @param problem why it failed; undefined when it did not. */
export function afterCheck({ need, failures, seen }: Health, problem: string | undefined): Health {
  return problem === undefined ? { need, failures: 0, seen: true } : { need, failures: failures + 1, seen, problem };
}

/** Whether it counts as there: from its first success until `most` failures in a row. */
const available = ({ failures, seen }: Health, most: number): boolean => seen && failures < most;

/** The response of /ready. */
export interface Readiness {
  readonly ready: boolean;
  /** Whether something optional is missing. */
  readonly degraded: boolean;
}

/** Without something required an instance gets no requests; without something optional it serves less. */
export function readinessOf(health: HealthByName, most: number): Readiness {
  const missing = Object.values(health).filter((one) => !available(one, most));
  return {
    ready: missing.every(({ need }) => need === "optional"),
    degraded: missing.some(({ need }) => need === "optional"),
  };
}

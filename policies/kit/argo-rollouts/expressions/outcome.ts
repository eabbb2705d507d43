/** Outcome of a measurement by both conditions, as Argo Rollouts evaluates them (utils/evaluate, EvaluateResult). */
import { evaluate } from "./evaluate";
import { EvaluationError } from "./functions";
import type { Node } from "./node";

/** Phase of one measurement in Argo Rollouts. */
export type Outcome = "success" | "failure" | "inconclusive" | "error";

/** The conditions of one metric; at least one is given. */
export interface Conditions {
  readonly success?: Node;
  readonly failure?: Node;
}

/** Outcome of a result.
 * @throws ConditionError when a condition uses what is not known here. */
export function outcomeOf({ success, failure }: Conditions, result: unknown): Outcome {
  try {
    const [passed, failed] = [success && evaluate(success, result), failure && evaluate(failure, result)];
    if (failed === true) return "failure";
    if (passed === undefined || passed) return "success";
    return failed === undefined ? "failure" : "inconclusive";
  } catch (error) {
    if (error instanceof EvaluationError) return "error";
    throw error;
  }
}

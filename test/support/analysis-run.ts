/**
 * How Argo Rollouts v1.9.0 comes from measurements to a verdict, restated from analysis/analysis.go (runMeasurements,
 * assessMetricStatus, assessMetricFailureInconclusiveOrError) and utils/evaluate/evaluate.go (EvaluateResult).
 */

/** What one query gave: the samples of a vector, or an error. */
export type Measured = readonly number[] | "error";

/** Phase of a metric; `Running` while it would measure again. */
export type Phase = "Running" | "Successful" | "Failed" | "Inconclusive" | "Error";

/** A metric whose arguments are resolved. */
export interface ResolvedMetric {
  readonly count?: number;
  readonly failureLimit: number;
  readonly inconclusiveLimit?: number;
  readonly consecutiveErrorLimit: number;
  readonly consecutiveSuccessLimit?: number | string;
  readonly successCondition: string;
  readonly failureCondition: string;
}

/** The condition over a result, in the part of the expression language that JavaScript shares. */
export function holds(condition: string, result: readonly number[]): boolean {
  const text = condition.replaceAll("len(result)", "result.length");
  return new Function("result", `return ${text};`)(result) as boolean;
}

function phaseOf(metric: ResolvedMetric, measured: Measured): Exclude<Phase, "Running"> {
  if (measured === "error") return "Error";
  if (holds(metric.failureCondition, measured)) return "Failed";
  return holds(metric.successCondition, measured) ? "Successful" : "Inconclusive";
}

interface Tally {
  count: number;
  failed: number;
  inconclusive: number;
  successesInARow: number;
  errorsInARow: number;
}

function add(tally: Tally, phase: Exclude<Phase, "Running">): void {
  tally.errorsInARow = phase === "Error" ? tally.errorsInARow + 1 : 0;
  tally.successesInARow = phase === "Successful" ? tally.successesInARow + 1 : 0;
  if (phase === "Error") return;
  tally.count += 1;
  if (phase === "Failed") tally.failed += 1;
  if (phase === "Inconclusive") tally.inconclusive += 1;
}

function assessed(metric: ResolvedMetric, tally: Tally): Phase {
  const successes = Number(metric.consecutiveSuccessLimit ?? 0);
  if (tally.errorsInARow > metric.consecutiveErrorLimit) return "Error";
  if (tally.inconclusive > (metric.inconclusiveLimit ?? 0)) return "Inconclusive";
  if (metric.failureLimit >= 0 && tally.failed > metric.failureLimit) return "Failed";
  if (successes > 0 && tally.successesInARow >= successes) return "Successful";
  if (metric.count === undefined || tally.count < metric.count) return "Running";
  if (successes === 0) return "Successful";
  return metric.failureLimit >= 0 ? "Inconclusive" : "Failed";
}

/** The metric's phase after these measurements; those after its end are not taken. */
export function phaseAfter(metric: ResolvedMetric, measurements: readonly Measured[]): Phase {
  const tally: Tally = { count: 0, failed: 0, inconclusive: 0, successesInARow: 0, errorsInARow: 0 };
  for (const measured of measurements) {
    add(tally, phaseOf(metric, measured));
    const phase = assessed(metric, tally);
    if (phase !== "Running") return phase;
  }
  return "Running";
}

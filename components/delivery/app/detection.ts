/** How soon a gate detects a bug, and how often it aborts a good version: exact sums over its measurements, no simulation. */
import type { Problem } from "../../core/checks";
import { analysisLimits } from "../../core/limits/analysis";
import { applicationLimits } from "../../core/limits/application";
import { applicationSpecLimits } from "../../core/limits/application-spec";
import { observabilityLimits } from "../../core/limits/observability";
import { weightLimits } from "../../core/limits/weights";
import { inSeconds } from "../../core/units";
import { isRollout } from "./manifest";
import type { AppSpec } from "./spec";
import { bakeCount, weightsOf } from "./strategy";
import { minimumRequests, requestsPerWindow } from "./volume";

const HALF = 0.5;

/** A gate on the share of failed requests since the shift. */
export interface ErrorGate {
  /**
   * Requests that the coming version gets.
   * @unit requests per second
   */
  readonly rate: number;
  /** Share above which a look fails. */
  readonly bound: number;
  /** Requests before which no look counts. */
  readonly minimum: number;
  /**
   * When it measures, counted from the shift, ascending.
   * @unit seconds
   */
  readonly measurements: readonly number[];
}

/** Probabilities of 0, 1, 2 … events with a mean. */
function poisson(mean: number, most: number): number[] {
  const probabilities = [Math.exp(-mean)];
  for (let count = 1; count <= most; count++) probabilities.push(((probabilities[count - 1] ?? 0) * mean) / count);
  return probabilities;
}

/** The sum of two counts; what is above the end of the first is left out. */
function convolve(left: readonly number[], right: readonly number[]): number[] {
  return left.map((_, total) => left.slice(0, total + 1).reduce((sum, p, i) => sum + p * (right[total - i] ?? 0), 0));
}

/**
 * Probability that the gate has failed by each of its measurements, for a version that fails a share of its requests. Failures
 * arrive independently of each other; the number of requests is taken as the rate times the time.
 */
export function failedByMeasurement(gate: ErrorGate, errorRatio: number): readonly number[] {
  const last = gate.rate * (gate.measurements.at(-1) ?? 0);
  const counted = applicationSpecLimits.countedFailures.value;
  // More requests only leave less to chance: those that are not counted make no bug less seen and no alarm more likely.
  const share = Math.min(1, counted / (gate.bound * Math.max(last, gate.minimum)));
  if (share < 1)
    return failedByMeasurement({ ...gate, rate: gate.rate * share, minimum: gate.minimum * share }, errorRatio);
  // With more failures than this every measurement that counts fails: no need to distinguish them.
  const most = Math.floor(gate.bound * Math.max(last, gate.minimum)) + 1;
  let passing: number[] = Array.from({ length: most + 1 }, (_, count) => (count === 0 ? 1 : 0));
  let before = 0;
  return gate.measurements.map((measurement) => {
    passing = convolve(passing, poisson(gate.rate * (measurement - before) * errorRatio, most));
    before = measurement;
    const requests = gate.rate * measurement;
    if (requests < gate.minimum) return 0;
    passing = passing.map((probability, failures) => (failures > gate.bound * requests ? 0 : probability));
    return 1 - passing.reduce((sum, probability) => sum + probability, 0);
  });
}

/** What a gate does at one weight. */
export interface Detection {
  /** Percent of the traffic. */
  readonly weight: number;
  /** Probability that a version without a bug is sent back at this weight. */
  readonly falseAlarm: number;
  /** Probability that a bug of one request in ten is seen at this weight. */
  readonly seen: number;
  /**
   * When it is seen in half of the cases, counted from the shift; absent where it is not.
   * @unit seconds
   */
  readonly seenAfter?: number;
}

/** Bound of the gate on 5xx responses by the objectives. */
function serverErrorBound({ objectives }: AppSpec): number {
  const { serverErrorRatio, serverErrorRatioStrict } = analysisLimits;
  return objectives === "strict" ? serverErrorRatioStrict.value : serverErrorRatio.value;
}

/** The gate on 5xx responses at a weight: it measures first when the volume is there and the rates have a value. */
function errorGate(spec: AppSpec, expectedRps: number, weight: number): ErrorGate {
  const rate = (expectedRps * weight) / weightLimits.weightTotal.value;
  const minimum = minimumRequests(spec, weight);
  const scrape = inSeconds(observabilityLimits.scrapeInterval);
  const filled = Math.ceil(minimum / rate / scrape) * scrape;
  const { gateCount, gateDelay, gateInterval, serverErrorWindow } = analysisLimits;
  const count = weight === weightLimits.weightTotal.value ? bakeCount : gateCount.value;
  const first = filled + inSeconds(gateDelay);
  // Later measurements have a window that has moved on: each of them is a chance more to detect a bug, and is left out here.
  const measurements = Array.from(
    { length: count },
    (_, measurement) => first + measurement * inSeconds(gateInterval),
  ).filter((measurement) => measurement <= Math.max(first, inSeconds(serverErrorWindow)));
  return { rate, bound: serverErrorBound(spec), minimum, measurements };
}

/** What the gate on 5xx responses does at each weight; an undo has no gate, and nothing is known without an expected rate. */
export function detections(spec: AppSpec): readonly Detection[] {
  const { expectedRps, undo, usualErrorRatio = applicationLimits.usualErrorRatio.value } = spec;
  if (expectedRps === undefined || undo !== undefined) return [];
  return weightsOf(spec).map((weight) => {
    const gate = errorGate(spec, expectedRps, weight);
    const bug = failedByMeasurement(gate, applicationLimits.bugRatio.value);
    const half = gate.measurements[bug.findIndex((probability) => probability >= HALF)];
    return {
      weight,
      falseAlarm: failedByMeasurement(gate, usualErrorRatio).at(-1) ?? 0,
      seen: bug.at(-1) ?? 0,
      ...(half !== undefined && { seenAfter: half }),
    };
  });
}

/** Traffic that cannot fill a step's volume gate: every release would wait for five minutes and be sent back. */
export function gateProblems(spec: AppSpec): Problem[] {
  const { expectedRps, usualErrorRatio } = spec;
  const problems: Problem[] = [];
  if (usualErrorRatio !== undefined && !(usualErrorRatio >= 0 && usualErrorRatio < 1)) {
    const fix = "Write the share of requests that fails without a bug, such as 0.001.";
    problems.push({ path: "usualErrorRatio", got: usualErrorRatio, allowed: "a share from 0 to below 1", fix });
  }
  const bound = serverErrorBound(spec);
  if (usualErrorRatio !== undefined && isRollout(spec) && usualErrorRatio > bound && usualErrorRatio < 1) {
    const allowed = `up to ${bound}, above which the gate on 5xx sends a version back`;
    const fix = "Mend what fails first: as it is, no version could be released.";
    problems.push({ path: "usualErrorRatio", got: usualErrorRatio, allowed, fix });
  }
  if (expectedRps === undefined) return problems;
  const [first] = weightsOf(spec);
  if (!(expectedRps > 0)) {
    const fix = "Leave it out where it is unknown: a Job then sends the requests that a step needs.";
    return [...problems, { path: "expectedRps", got: expectedRps, allowed: "a number above 0", fix }];
  }
  if (first === undefined) return problems;
  const usual = Math.floor(requestsPerWindow(expectedRps, first));
  const { volumeFloor, volumeShare } = applicationLimits;
  const needed = volumeFloor.value / volumeShare.value;
  if (usual >= needed) return problems;
  const window = inSeconds(analysisLimits.volumeWindow);
  const least = Math.ceil((needed * weightLimits.weightTotal.value) / (window * first));
  const allowed = `at least ${least} at a first step of ${first} %: it brings ${usual} requests in ${window} s, and a step needs ${needed} or more`;
  const fix = "Begin with more traffic, or leave expectedRps out: a Job then sends the requests that a step needs.";
  return [...problems, { path: "expectedRps", got: expectedRps, allowed, fix }];
}

/** Gates that would send good versions back too often, as sentences; they are no reason to refuse a spec. */
export function gateWarnings(spec: AppSpec): readonly string[] {
  const most = applicationLimits.falseAlarmsAtMost.value;
  const percent = (ratio: number): string => `${(ratio * weightLimits.weightTotal.value).toFixed(1)} %`;
  return detections(spec)
    .filter(({ falseAlarm }) => falseAlarm > most)
    .map(
      ({ weight, falseAlarm }) =>
        `at ${weight} % the gate on 5xx sends ${percent(falseAlarm)} of good versions back: ` +
        `${percent(spec.usualErrorRatio ?? applicationLimits.usualErrorRatio.value)} of requests fail without a bug, and ` +
        `the gate allows ${percent(serverErrorBound(spec))}. Lower the usual errors, or take more traffic into the step.`,
    );
}

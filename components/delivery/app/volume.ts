/** How many requests each step waits for, and whether the expected traffic brings them in time. */
import { analysisLimits } from "../../core/limits/analysis";
import { applicationLimits } from "../../core/limits/application";
import { weightLimits } from "../../core/limits/weights";
import { inSeconds } from "../../core/units";
import type { AppSpec } from "./spec";

/** Requests that the coming version gets in one window of the volume gate at a weight. @param weight percent. */
export function requestsPerWindow(expectedRps: number, weight: number): number {
  return (expectedRps * inSeconds(analysisLimits.volumeWindow) * weight) / weightLimits.weightTotal.value;
}

/**
 * What the volume gate of a step requires: the specification's 500, or where the traffic does not bring them half of what
 * it does, so that an hour with half the traffic still opens the gate. Without an expected rate a Job sends them.
 * @param weight percent.
 */
export function minimumRequests({ expectedRps }: AppSpec, weight: number): number {
  const { volumeFloor, volumeShare } = applicationLimits;
  if (expectedRps === undefined) return volumeFloor.value;
  const usual = Math.floor(requestsPerWindow(expectedRps, weight) * volumeShare.value);
  return Math.min(analysisLimits.minimumRequests.value, Math.max(volumeFloor.value, usual));
}

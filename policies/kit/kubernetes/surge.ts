/** Surge of a release: how many pods it adds before it removes any. */
import { workloadLimits } from "../../limits/workloads";
import { type Amount, amountOf, roundedUp } from "../reading/amount";
import type { Field } from "../reading/field";
import type { Resource } from "../reading/resource";
import { types } from "../reading/types";

/** Members of `trafficRouting` that are no routers. */
const noRouters: readonly string[] = ["managedRoutes", "maxTrafficWeight"];

/** Whether the canary's traffic is split by a router; an empty object splits nothing. */
export function isRoutedCanary(canary: Field): boolean {
  return canary
    .at("trafficRouting")
    .members()
    .some(([key, router]) => !noRouters.includes(key) && router.isSet());
}

/** The field with the numbers of a rolling update; undefined for a workload with another strategy. */
function rollingUpdateOf(workload: Resource): Field | undefined {
  const strategy = workload.at("spec", "strategy");
  if (workload.is(types.deployment))
    return (strategy.at("type").text() ?? "RollingUpdate") === "RollingUpdate"
      ? strategy.at("rollingUpdate")
      : undefined;
  const basic = workload.is(types.rollout) && !runsBoth(workload);
  return basic ? strategy.at("canary") : undefined;
}

/** Whether a release of the rollout runs all pods of both versions: blue and green, or a canary behind a router. */
function runsBoth(rollout: Resource): boolean {
  const strategy = rollout.at("spec", "strategy");
  const canary = strategy.at("canary");
  if (strategy.at("blueGreen").isSet()) return true;
  return isRoutedCanary(canary) && canary.at("dynamicStableScale").flag() !== true;
}

/** Pods that a release adds to the given number of pods. */
export function surgeOf(workload: Resource, replicas: number): number {
  if (workload.is(types.rollout) && runsBoth(workload)) return replicas;
  const update = rollingUpdateOf(workload);
  if (update === undefined) return 0;
  const usual: Amount = { value: workloadLimits.surgeByDefault.value, percent: true };
  return roundedUp(amountOf(update.at("maxSurge")) ?? usual, replicas);
}

/** Whether a release removes no pod before a new one is ready, by the workload's own numbers. */
export function takesNone(workload: Resource): boolean {
  if (workload.is(types.rollout) && runsBoth(workload)) return true;
  const update = rollingUpdateOf(workload);
  return update !== undefined && amountOf(update.at("maxUnavailable"))?.value === 0;
}

/** Workloads of Kubernetes' own whose releases are paused: no new version is rolled out, without an error. */
import { type Finding, violation } from "../../kit/finding/finding";
import { identityOf } from "../../kit/kubernetes/kubernetes";
import { fix, remove } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";
import { floorOf, isWorkloadRefTarget } from "../../kit/kubernetes/workloads";

/** Kinds whose releases can be paused. */
export const pausable = [types.deployment, types.statefulSet, types.daemonSet] as const;

/** A pause, a partition, or an update that waits until a person deletes each pod. */
export function* checkPaused(stack: Stack, workload: Resource): Iterable<Finding> {
  if (workload.is(types.deployment)) {
    const paused = workload.at("spec", "paused");
    if (paused.flag() !== true) return;
    // Who it is decides whether a rollout runs its pods.
    identityOf(workload);
    if (isWorkloadRefTarget(stack, workload)) return;
    yield violation(workload, {
      at: paused.path,
      got: "true, so that no release goes out",
      expected: "nothing: whoever needs a pause sets it in the cluster",
      fix: remove(paused),
    });
    return;
  }
  const strategy = workload.at("spec", "updateStrategy");
  if (strategy.at("type").text() === "OnDelete") {
    yield violation(workload, {
      at: strategy.at("type").path,
      got: "OnDelete: a new version goes out when somebody deletes the pods",
      expected: "RollingUpdate",
      fix: fix`${remove(strategy)}, which means RollingUpdate`,
    });
    return;
  }
  const partition = strategy.at("rollingUpdate", "partition");
  const kept = partition.number() ?? 0;
  if (kept <= 0 || workload.is(types.daemonSet)) return;
  const pods = floorOf(stack, workload);
  yield violation(workload, {
    at: partition.path,
    got:
      kept >= pods ? `${kept} of ${pods} pods, so that no release goes out` : `${kept} pods that keep the old version`,
    expected: "no partition: whoever tries a version on some pods sets it in the cluster",
    fix: remove(partition),
    ...(kept >= pods ? {} : { advisory: true }),
  });
}

/** Whether a canary has the pods for the traffic that its steps give it: a scale of its own does not follow the weight. */
import { everybody, has, type Step, stepsOf } from "../kit/canary";
import { type Finding, violation } from "../kit/finding";
import type { Resource } from "../kit/resource";

/** The first step that sends more to the new version than its pods are for. */
export function* judgeCapacity(rollout: Resource): Iterable<Finding> {
  const replicas = rollout.at("spec", "replicas").number();
  for (const step of stepsOf(rollout)) {
    const pods = step.scale === undefined ? undefined : podsFor(step, replicas);
    if (pods === undefined || step.share === undefined || pods.share >= step.share) continue;
    const at = has(step.field, "setWeight") ? step.field.at("setWeight") : step.field;
    yield violation(rollout, {
      at: at.path,
      got: `${step.share} % of the traffic for ${pods.words}`,
      wanted: "at least as many pods as the weight is worth",
      fix: "add setCanaryScale: { matchTrafficWeight: true } before it, or raise the scale",
    });
    return;
  }
}

/** Pods of the canary as a share of the rollout's; what an autoscaler decides is not known here. */
function podsFor(
  { scale }: Step,
  replicas: number | undefined,
): { readonly share: number; readonly words: string } | undefined {
  const count = scale?.at("replicas").number();
  if (count !== undefined) {
    if (replicas === undefined || replicas === 0) return count === 0 ? { share: 0, words: "no pod" } : undefined;
    // Argo Rollouts rounds the pods of a weight up: one pod less than that is too few.
    return { share: (count * everybody) / replicas, words: `${count} of ${replicas} pod(s)` };
  }
  const weight = scale?.at("weight").number();
  return weight === undefined ? undefined : { share: weight, words: `${weight} % of the pods` };
}

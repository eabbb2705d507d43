/** Whether a canary has the pods for the traffic that its steps give it: a scale of its own does not follow the weight. */
import { releaseLimits } from "../../limits/releases";
import { canaryOf, fullWeight, has, type Step, stepsOf } from "../../kit/argo-rollouts/canary";
import { counted } from "@fridayproof/components/core";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { either, insert, type Remedy, set } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { eachPart, guarded } from "../../kit/rule/rule";
import { autoscalerOf, leastReplicas } from "../../kit/kubernetes/scaling";

/** Steps that send more to a version than its pods are for. */
export function* checkCapacity(stack: Stack, rollout: Resource): Iterable<Finding> {
  yield* guarded(rollout, () => checkThreshold(rollout));
  yield* guarded(rollout, () => checkExperiments(rollout));
  yield* guarded(rollout, () => checkScale(stack, rollout));
  // A step that a preview hides may be a scale.
  yield* eachPart(rollout, stepsOf(rollout), unknownIn);
}

/** Weight moves once so many pods are there, whatever it is worth. Source: ReplicaProgressThresholdMet. */
function* checkThreshold(rollout: Resource): Iterable<Finding> {
  const threshold = canaryOf(rollout).at("replicaProgressThreshold");
  if (!threshold.isSet()) return;
  const [field, least] = [threshold.at("value"), releaseLimits.podsReadyAtLeast.value];
  const value = field.number() ?? 0;
  const byPods = threshold.at("type").text() !== "Percent";
  // Beside an autoscaler the share of a fixed number of pods is not known.
  const all = byPods ? (rollout.at("spec", "replicas").number() ?? 0) : fullWeight;
  if (all === 0 || value < 0 || (value * fullWeight) / all >= least) return;
  yield violation(rollout, {
    at: field.path,
    got: byPods ? `${value} of ${counted(all, "pod")}` : `${value} %`,
    expected: `at least ${least} % of the pods before the weight moves`,
    fix: set(threshold, { type: "Percent", value: least }),
  });
}

/** An experiment has one pod where nothing is said. */
function* checkExperiments(rollout: Resource): Iterable<Finding> {
  const replicas = rollout.at("spec", "replicas").number();
  if (replicas === undefined || replicas === 0) return;
  for (const step of stepsOf(rollout))
    for (const template of step.field.at("experiment", "templates").list()) {
      const [weight, pods] = [template.at("weight"), template.at("replicas").number() ?? 1];
      const percent = weight.number() ?? 0;
      if ((pods * fullWeight) / replicas >= percent) continue;
      yield violation(rollout, {
        at: weight.path,
        got: `${percent} % of the traffic for ${pods} of ${counted(replicas, "pod")}`,
        expected: "at least as many pods as the weight is worth",
        fix: either(
          set(template.at("replicas"), Math.ceil((percent * replicas) / fullWeight)),
          set(weight, Math.floor((pods * fullWeight) / replicas)),
        ),
      });
    }
}

/** The first step whose own scale is too small for its weight. */
function* checkScale(stack: Stack, rollout: Resource): Iterable<Finding> {
  // An autoscaler keeps its minimum or more: a share of more pods is smaller still.
  const scaled = autoscalerOf(stack, rollout);
  const replicas = scaled === undefined ? rollout.at("spec", "replicas").number() : leastReplicas(scaled);
  const least = scaled === undefined ? "" : "at least ";
  for (const step of stepsOf(rollout)) {
    const pods = step.scale === undefined ? undefined : podsFor(step, replicas, least);
    if (pods === undefined) continue;
    step.unknown?.number();
    if (step.share === undefined || pods.share >= step.share) continue;
    const at = has(step.field, "setWeight") ? step.field.at("setWeight") : step.field;
    yield violation(rollout, {
      at: at.path,
      got: `${step.share} % of the traffic for ${pods.words}`,
      expected: "at least as many pods as the weight is worth",
      fix: followed(step.field),
    });
    return;
  }
}

/** Pods that follow the weight from the step on. */
function followed(step: Field): Remedy {
  const setCanaryScale = { matchTrafficWeight: true };
  const own = step.at("setCanaryScale");
  return own.isSet() ? set(own, setCanaryScale) : insert(step, { setCanaryScale });
}

/** Pods of the canary as a share of the rollout's; what an autoscaler decides is not known here. */
function podsFor(
  { scale }: Step,
  replicas: number | undefined,
  least: string,
): { readonly share: number; readonly words: string } | undefined {
  const count = scale?.at("replicas").number();
  if (count !== undefined) {
    if (replicas === undefined || replicas === 0) return count === 0 ? { share: 0, words: "no pod" } : undefined;
    // Argo Rollouts rounds the pods of a weight up: one pod less than that is too few.
    return { share: (count * fullWeight) / replicas, words: `${count} of ${least}${counted(replicas, "pod")}` };
  }
  const weight = scale?.at("weight").number();
  return weight === undefined ? undefined : { share: weight, words: `${weight} % of the pods` };
}

function unknownIn({ field }: Step): readonly Finding[] {
  field.at("setCanaryScale").isSet();
  return [];
}

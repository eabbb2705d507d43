/** Rule rollout-proceeds. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { releaseLimits } from "../../limits/releases";
import { canaryOf, isComplete } from "../../kit/argo-rollouts/canary";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { identityOf, labelsOf } from "../../kit/kubernetes/kubernetes";
import { either, type Remedy, remove, set, together } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { eachResource, guarded, suppressors, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { types } from "../../kit/reading/types";
import { workloadRefTarget, workloadRefOf, isWorkloadRefTarget, replicasOf } from "../../kit/kubernetes/workloads";
import { checkRouting } from "./canary-routing";
import { deadlineOf, delayOf, outlives, patience, patiently } from "./delay-before-deadline";
import { firstWeight, pauseStep } from "./example-steps";
import { podsFor } from "./pod-weights";
import { pausable, checkPaused } from "./paused-releases";
import { checkStepForms } from "./step-forms";

/** Argo Rollouts accepts the rollout, and releases get somewhere. */
export const rolloutProceeds = stackRule({
  id: "rollout-proceeds",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A rollout that Argo Rollouts refuses or that another controller releases past its steps, and a workload whose releases stand still.",
  prevents: "No release gets out any more, the fix for an outage included; or one gets out unseen.",
  source: "Argo Rollouts at v1.9, pkg/apis/rollouts/validation, and migrating; InvalidSpec was recorded",
  settings: {},
  limits: "Blue and green are left to no-selector-switch. What stands only in the cluster is not known.",
  examples: {
    bad: "steps: [{ setWeight: 120 }]",
    good: "steps: [{ setWeight: 20 }, { pause: { duration: 2m } }]",
  },
  *check(stack) {
    yield* eachResource(stack.of(types.rollout), function* (rollout) {
      yield* guarded(rollout, () => checkStrategy(stack, rollout));
      yield* guarded(rollout, () => checkStandstill(rollout));
      yield* guarded(rollout, () => checkEnd(rollout));
      yield* guarded(rollout, () => checkPods(stack, rollout));
      if (!canaryOf(rollout).isSet()) return;
      yield* guarded(rollout, () => checkMetadata(rollout));
      yield* checkRouting(rollout);
      yield* guarded(rollout, () => checkStepForms(rollout));
    });
    yield* suppressors(stack.of(types.rollout), (one) => [
      workloadRefOf(one),
      one.at("spec", "workloadRef", "scaleDown").text(),
    ]);
    yield* eachResource(stack.of(...pausable), (workload) => checkPaused(stack, workload));
  },
});

const example = [{ setWeight: firstWeight }, pauseStep, { setWeight: 25 }, pauseStep];

function* checkStrategy(stack: Stack, rollout: Resource): Iterable<Finding> {
  const strategy = rollout.at("spec", "strategy");
  const stated = ["canary", "blueGreen"].filter((key) => strategy.at(key).isSet());
  if (stated.length === 1 || (stated.length === 0 && !isComplete(rollout))) return;
  yield violation(rollout, {
    at: strategy.path,
    got: stated.length === 0 ? "neither canary nor blueGreen" : "canary and blueGreen",
    expected: "one strategy: Argo Rollouts refuses anything else",
    fix: stated.length === 0 ? walking(stack, rollout, strategy) : remove(strategy.at("blueGreen")),
  });
}

/** Steps, and the pods that the first of them needs without a router. */
function walking(stack: Stack, rollout: Resource, strategy: Field): Remedy {
  const more = podsFor(stack, rollout, firstWeight, releaseLimits.firstWeightAtMost.value);
  return together([set(strategy.at("canary", "steps"), example), ...more]);
}

function* checkStandstill(rollout: Resource): Iterable<Finding> {
  const paused = rollout.at("spec", "paused");
  if (paused.flag() === true)
    yield violation(rollout, {
      at: paused.path,
      got: "true, so that no release goes on",
      expected: "nothing: pauses are steps",
      fix: remove(paused),
    });
  const ready = rollout.at("spec", "minReadySeconds").number() ?? 0;
  const field = rollout.at("spec", "progressDeadlineSeconds");
  const deadline = field.number() ?? releaseLimits.deadlineByDefault.value;
  if (deadline > ready) return;
  yield violation(rollout, {
    at: field.path,
    got: `${deadline} s beside minReadySeconds of ${ready}, which Argo Rollouts refuses`,
    expected: `more than ${ready} s`,
    fix: set(field, ready + releaseLimits.deadlineByDefault.value),
  });
}

/** When old pods go after the deadline, the controller finds no progress: recorded at 900 s beside 600 s, seven of seven. */
function* checkEnd(rollout: Resource): Iterable<Finding> {
  if (rollout.at("spec", "progressDeadlineAbort").flag() !== true) return;
  const [delay, deadline] = [delayOf(rollout), deadlineOf(rollout)];
  if (!outlives(rollout, deadline)) return;
  yield violation(rollout, {
    at: canaryOf(rollout).at("scaleDownDelaySeconds").path,
    got: `${delay} s, with a progressDeadlineSeconds of ${deadline}: a good release is aborted for a moment, and reported as failed`,
    expected: "old pods that go before the deadline",
    fix: together(patiently(canaryOf(rollout).path, patience(deadline, trafficLimits.deregistrationDelay.value))),
    advisory: true,
  });
}

/** A rollout has pods of its own or those of a `workloadRef`, a Deployment; then the Deployment may not release them as well. */
function* checkPods(stack: Stack, rollout: Resource): Iterable<Finding> {
  const reference = rollout.at("spec", "workloadRef");
  const template = rollout.at("spec", "template");
  if (!reference.isSet()) return;
  if (template.isSet())
    yield violation(rollout, {
      at: template.path,
      got: "a template beside workloadRef, which Argo Rollouts refuses",
      expected: "one of them",
      fix: either(remove(template), remove(reference)),
    });
  reference.at("scaleDown").text();
  const target = workloadRefTarget(stack, rollout);
  if (target === undefined) yield* reportUnreadable(stack.of(types.deployment), identityOf);
  if (target === undefined || isWorkloadRefTarget(stack, target) || replicasOf(target) === 0) return;
  yield violation(rollout, {
    at: reference.at("scaleDown").path,
    got: "a Deployment that keeps its pods and releases each version past all steps",
    expected: "its pods gone once the rollout runs",
    fix: either(set(reference.at("scaleDown"), "onsuccess"), set(target.at("spec", "replicas"), 0, target)),
  });
}

/** Labels that the controller puts on running pods must leave those alone by which Services find them. */
function* checkMetadata(rollout: Resource): Iterable<Finding> {
  const own = labelsOf(rollout.at("spec", "template"));
  for (const part of ["canaryMetadata", "stableMetadata"])
    for (const [key, value] of canaryOf(rollout).at(part, "labels").members()) {
      if (!own.has(key) || own.get(key) === value.text()) continue;
      yield violation(rollout, {
        at: value.path,
        got: "another value for a label of the pod template, by which Services and budgets find the pods",
        expected: "a label of its own",
        fix: remove(value),
      });
    }
}

/** Rule scaledown-after-drain. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { releaseLimits } from "../../limits/releases";
import { deregistrationOf, deregistrationSeconds } from "../../kit/network/draining";
import type { Field } from "../../kit/reading/field";
import { type Violation, type Finding, violation } from "../../kit/finding/finding";
import { either, fix, remove, set, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachResource, guarded, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { deadlineOf, patience, patiently } from "./delay-before-deadline";

/** Old pods stay until they get no more requests. */
export const scaledownAfterDrain = stackRule({
  id: "scaledown-after-drain",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A rollout that removes old pods, or those of an aborted version, before the load balancer has let go of them.",
  prevents: "Requests to pods that are gone, and no instant way back.",
  source:
    "Argo Rollouts, specification, and defaults.go, replicaset.go and validation.go at v1.9; a canary that stays after an abort was recorded",
  settings: { deregistration: quantity(trafficLimits.deregistrationDelay, "lower", { minimum: 1 }) },
  limits: "Where no target group is in sight (manifests), the platform's own deregistration delay counts.",
  examples: { bad: "canary: { scaleDownDelaySeconds: 5 }", good: "canary: { scaleDownDelaySeconds: 540 }" },
  *check(stack, { deregistration }) {
    const delay = deregistrationSeconds(stack, deregistration);
    yield* reportUnreadable(stack.of(types.targetGroup), deregistrationOf);
    yield* eachResource(stack.of(types.rollout), function* (rollout) {
      const strategy = rollout.at("spec", "strategy");
      const blueGreen = strategy.at("blueGreen").isSet();
      const owner = strategy.at(blueGreen ? "blueGreen" : "canary");
      if (!blueGreen && !owner.at("trafficRouting").isSet()) {
        yield* checkUnrouted(rollout, owner);
        return;
      }
      yield* guarded(rollout, () => checkAbort(rollout, owner, delay));
      yield* guarded(rollout, () => checkRevisions(rollout, owner));
      yield* guarded(rollout, () => checkSessions(rollout, owner));
      yield* blueGreen ? checkDelay(rollout, owner, delay) : checkCanary(rollout, owner, delay);
    });
  },
});

/** Argo Rollouts rejects both without a traffic router (InvalidSpec). */
function* checkUnrouted(rollout: Resource, canary: Field): Iterable<Finding> {
  const expected = "it beside trafficRouting, or nothing";
  for (const key of ["scaleDownDelaySeconds", "dynamicStableScale"]) {
    const field = canary.at(key);
    if (!field.isSet() || (key === "dynamicStableScale" && field.flag() !== true)) continue;
    const got = "a setting without trafficRouting, which Argo Rollouts refuses";
    yield violation(rollout, {
      at: field.path,
      got,
      expected,
      fix: remove(field),
    });
  }
}

function* checkCanary(rollout: Resource, canary: Field, delay: number): Iterable<Finding> {
  const dynamic = canary.at("dynamicStableScale");
  if (dynamic.flag() === true) yield violation(rollout, whileShifting(rollout, canary, dynamic, delay));
  else yield* checkDelay(rollout, canary, delay);
}

/** With dynamicStableScale old pods go while the weight moves, and Argo Rollouts refuses a delay beside it. */
function whileShifting(rollout: Resource, canary: Field, dynamic: Field, least: number): Violation {
  return {
    at: dynamic.path,
    got: "true, which removes old pods while traffic still moves and admits no scaleDownDelaySeconds",
    expected: "old pods that stay until the load balancer has let go of them",
    fix: fix`${remove(dynamic)} and ${together(patiently(canary.path, patience(deadlineOf(rollout), least)))}`,
  };
}

function* checkDelay(rollout: Resource, owner: Field, delay: number): Iterable<Finding> {
  const field = owner.at("scaleDownDelaySeconds");
  const seconds = field.number() ?? releaseLimits.scaleDownDelayByDefault.value;
  if (seconds >= delay) return;
  yield violation(rollout, {
    at: field.path,
    got: field.isSet() ? `${seconds} s` : `nothing, which means ${seconds} s`,
    expected: `at least the deregistration delay of ${delay} s`,
    fix: together(patiently(owner.path, patience(deadlineOf(rollout), delay))),
  });
}

/** Pods of an aborted version finish what they were sent; with 0 they never go, and their Service flaps meanwhile. */
function* checkAbort(rollout: Resource, owner: Field, delay: number): Iterable<Finding> {
  const field = owner.at("abortScaleDownDelaySeconds");
  const seconds = field.number();
  if (seconds === undefined || seconds >= delay) return;
  const never = "0, which keeps the pods of an aborted version for ever while their Service is rewritten all the time";
  yield violation(rollout, {
    at: field.path,
    got: seconds === 0 ? never : `${seconds} s`,
    expected: `at least the deregistration delay of ${delay} s`,
    fix: set(field, delay),
  });
}

/** At 0 every old version goes at once, whatever the delay. Source: scaleDownDelayHelper. */
function* checkRevisions(rollout: Resource, owner: Field): Iterable<Finding> {
  const field = owner.at("scaleDownDelayRevisionLimit");
  const most = field.number();
  if (most === undefined || most >= 1) return;
  yield violation(rollout, {
    at: field.path,
    got: `${most}, which removes old pods at once, whatever the delay`,
    expected: "at least 1, or nothing, which means every version",
    fix: remove(field),
  });
}

/** A session that sticks to a target group outlives its weight, and must not outlive its pods. */
function* checkSessions(rollout: Resource, owner: Field): Iterable<Finding> {
  const sticky = owner.at("trafficRouting", "alb", "stickinessConfig");
  if (sticky.at("enabled").flag() !== true) return;
  const abort = owner.at("abortScaleDownDelaySeconds").number() ?? releaseLimits.scaleDownDelayByDefault.value;
  const duration = sticky.at("durationSeconds");
  const seconds = duration.number() ?? 0;
  if (seconds <= abort && duration.isSet()) return;
  yield violation(rollout, {
    at: duration.path,
    got: `${duration.isSet() ? `${seconds} s` : "nothing"}: users stay on an aborted version after its pods are gone`,
    expected: `at most the ${abort} s for which those pods stay`,
    fix: either(set(duration, abort), remove(sticky)),
    advisory: true,
  });
}

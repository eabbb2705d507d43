/** Rule surge-only-update. */
import { nodeLimits } from "../../limits/nodes";
import { replicaLimits } from "../../limits/replicas";
import { amountOf, roundedUp, written } from "../../kit/reading/amount";
import { counted } from "@fridayproof/components/core";
import type { Field } from "../../kit/reading/field";
import { type Finding, valueText, violation } from "../../kit/finding/finding";
import { either, set, together } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { eachResource, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { autoscalerOf, readAutoscaler, scalers } from "../../kit/kubernetes/scaling";
import { isRoutedCanary } from "../../kit/kubernetes/surge";
import { types } from "../../kit/reading/types";
import { floorOf, replicasOf } from "../../kit/kubernetes/workloads";
import { checkCapacity } from "./canary-capacity";

const percent = 100;

/** A release never has fewer pods than before it. */
export const surgeOnlyUpdate = stackRule({
  id: "surge-only-update",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A release that stops old pods before new ones are ready, or gives new ones more traffic than they are for.",
  prevents: "A dip of capacity in the middle of every release: at peak, an outage.",
  source: "EKS best practices, Applications, rollbacks; Argo Rollouts, canary",
  settings: {},
  limits:
    "StatefulSets cannot surge: they replace pod by pod, or a third of them, and so does a DaemonSet. Beside an autoscaler a fixed setCanaryScale is checked by its minimum.",
  examples: {
    bad: "strategy: {}   # unset maxUnavailable means 25%",
    good: "strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }",
  },
  *check(stack) {
    yield* reportUnreadable(stack.of(...scalers), readAutoscaler);
    yield* eachResource(stack.of(types.statefulSet), (one) => checkStatefulSet(stack, one));
    yield* eachResource(stack.of(types.deployment, types.rollout, types.daemonSet), (workload) => {
      if (workload.is(types.daemonSet)) return checkDaemonSet(workload);
      return workload.is(types.rollout) ? checkRollout(stack, workload) : checkDeployment(stack, workload);
    });
  },
});

function* checkDeployment(stack: Stack, deployment: Resource): Iterable<Finding> {
  const strategy = deployment.at("spec", "strategy");
  const type = strategy.at("type").text() ?? "RollingUpdate";
  if (type !== "RollingUpdate") {
    yield violation(deployment, {
      at: strategy.at("type").path,
      got: valueText(type),
      expected: "RollingUpdate",
      fix: set(strategy, { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } }),
    });
    return;
  }
  const update = strategy.at("rollingUpdate");
  const away = amountOf(update.at("maxUnavailable"));
  // A quarter of two is no pod: Kubernetes rounds down. Of more, or with an autoscaler, it soon is one.
  const rounded =
    away === undefined || away.percent
      ? Math.floor((replicasOf(deployment) * (away?.value ?? replicaLimits.unavailableByDefault.value)) / percent)
      : 1;
  const isSmall = replicasOf(deployment) <= replicaLimits.replicasAtLeast.value;
  if (isSmall && rounded === 0 && surges(update) && autoscalerOf(stack, deployment) === undefined) return;
  yield* check(deployment, update, "25%");
}

function* checkRollout(stack: Stack, rollout: Resource): Iterable<Finding> {
  const strategy = rollout.at("spec", "strategy");
  const canary = strategy.at("canary");
  if (strategy.at("blueGreen").isSet()) return;
  yield* isRoutedCanary(canary) ? checkCapacity(stack, rollout) : check(rollout, canary, "1 or more");
}

/** A DaemonSet replaces pod by pod; more at once is a part of all nodes. */
function* checkDaemonSet(daemonSet: Resource): Iterable<Finding> {
  const update = daemonSet.at("spec", "updateStrategy", "rollingUpdate");
  const [field, surge] = [update.at("maxUnavailable"), update.at("maxSurge")];
  const most = amountOf(field);
  const share = nodeLimits.nodesUnavailableAtMost.value;
  if (most === undefined || most.value <= (most.percent ? share : 1)) return;
  yield violation(daemonSet, {
    at: field.path,
    got: written(most),
    expected: `1, or at most ${share}% of the nodes`,
    fix: either(set(field, 1), together([set(field, 0), set(surge, 1)])),
  });
}

/** A StatefulSet replaces one pod after the other where nothing is said. Source: Kubernetes, maximum unavailable Pods. */
function* checkStatefulSet(stack: Stack, owner: Resource): Iterable<Finding> {
  const field = owner.at("spec", "updateStrategy", "rollingUpdate", "maxUnavailable");
  const amount = amountOf(field);
  if (amount === undefined) return;
  const pods = floorOf(stack, owner);
  const most = Math.max(1, Math.floor((pods * nodeLimits.nodesUnavailableAtMost.value) / percent));
  const away = roundedUp(amount, pods);
  if (away <= most) return;
  yield violation(owner, {
    at: field.path,
    got: `${written(amount)}, which is ${away} of ${counted(pods, "pod")} at once`,
    expected: `at most ${most}`,
    fix: set(field, most),
  });
}

function* check(workload: Resource, update: Field, unset: string): Iterable<Finding> {
  const field = update.at("maxUnavailable");
  const most = amountOf(field);
  if (most?.value === 0) {
    yield* checkRoom(workload, update.at("maxSurge"));
    return;
  }
  yield violation(workload, {
    at: field.path,
    got: most === undefined ? `nothing, which means ${unset}` : written(most),
    expected: "0",
    fix: together([set(field, 0), ...(surges(update) ? [] : [set(update.at("maxSurge"), "25%")])]),
  });
}

/** Whether pods may come on top; both projects add a quarter where nothing is said. */
function surges(update: Field): boolean {
  const surge = amountOf(update.at("maxSurge"));
  return surge === undefined || surge.value > 0;
}

/** With no pod away and none on top, nothing can ever be replaced: the API refuses it. */
function* checkRoom(workload: Resource, surge: Field): Iterable<Finding> {
  if (amountOf(surge)?.value !== 0) return;
  yield violation(workload, {
    at: surge.path,
    got: "0 beside a maxUnavailable of 0",
    expected: "at least one pod on top",
    fix: set(surge, "25%"),
  });
}

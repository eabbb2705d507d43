/** Rule release-has-room. */
import { releaseLimits } from "../../limits/releases";
import { workloadLimits } from "../../limits/workloads";
import { amountOf } from "../../kit/reading/amount";
import { type Finding, violation } from "../../kit/finding/finding";
import { either, example, fix, remove, set } from "../../kit/finding/remedy";
import { defaultsOf } from "../../kit/kubernetes/limit-ranges";
import type { Resource } from "../../kit/reading/resource";
import { certain, eachResource, stackRule, reportUnreadable, suppressors } from "../../kit/rule/rule";
import { leastOf, mostOf, readAutoscaler, scalers } from "../../kit/kubernetes/scaling";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { workloadsOf } from "../../kit/kubernetes/workloads";
import { checkGrowth, checkPause, checkTargets, readTargets } from "./autoscaling";
import { isNarrow, checkApart, checkClaims } from "./surge-placement";
import { checkQuota, readNeeds, readQuota } from "./quotas";
import { checkRange, ranged, statedBy } from "./limit-ranges";

/** A release finds a place for its new pods. */
export const releaseHasRoom = stackRule({
  id: "release-has-room",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A release, or a peak, whose new pods have no place: quota, range, volume, zone, or an autoscaler that cannot grow, or not in time.",
  prevents: "A release that hangs half-way until its deadline, and a peak that meets the pods of a quiet night.",
  source: "Kubernetes, Resource Quotas, Persistent Volumes (access modes), Assigning Pods to Nodes; our design",
  settings: { zones: quantity(workloadLimits.zonesOfNodes, "higher", { minimum: 1 }) },
  limits:
    "Counts what is in sight, at its lowest: a quota that others share may be too small all the same. How many nodes there are is not seen, so that pods that keep apart by host block nothing.",
  examples: {
    bad: "kind: ResourceQuota, spec: { hard: { pods: 3 } }   # for three replicas that surge",
    good: "spec: { hard: { pods: 8 } }",
  },
  *check(stack, { zones }) {
    const quotas = stack.of(types.resourceQuota);
    yield* reportUnreadable(stack.of(...scalers), readAutoscaler);
    yield* reportUnreadable(stack.of(types.persistentVolumeClaim), isNarrow);
    if (quotas.length > 0) yield* reportUnreadable(workloadsOf(stack), (workload) => readNeeds(stack, workload));
    yield* reportUnreadable(quotas, readQuota);
    if (quotas.length > 0) yield* suppressors(stack.of(types.limitRange), defaultsOf);
    yield* eachResource(quotas, (quota) => checkQuota(stack, quota));
    const ranges = stack.of(types.limitRange);
    if (ranges.length > 0) yield* reportUnreadable(stack.of(...ranged), statedBy);
    yield* eachResource(ranges, (range) => checkRange(stack, range));
    yield* eachResource(workloadsOf(stack), (workload) => checkTargets(stack, workload));
    yield* eachResource(workloadsOf(stack), function* (workload) {
      yield* checkClaims(stack, workload);
      yield* checkApart(stack, workload, zones);
      yield* checkDeadline(workload);
    });
    yield* eachResource(stack.of(types.daemonSet), checkDaemonSet);
    for (const check of [readTargets, checkScale, checkIdle, checkGrowth])
      yield* certain(eachResource(stack.of(...scalers), check));
    yield* certain(eachResource(stack.of(types.scaledObject, types.scaledJob), checkPause));
  },
});

/** Times the minimum that stands for what only the application's own peak says. */
const peak = 2;

/** An autoscaler has somewhere to go. */
function* checkScale(autoscaler: Resource): Iterable<Finding> {
  const field = mostOf(autoscaler);
  const { pods: least } = leastOf(autoscaler);
  const most = field.number();
  if (most === undefined || most > least) return;
  yield violation(autoscaler, {
    at: field.path,
    got: `${most}, with a minimum of ${least}`,
    expected: most < least ? "more than the minimum: the API refuses it" : "more than the minimum",
    fix: example(set(field, Math.max(least * peak, least + 1)), "what a peak needs"),
  });
}

/** KEDA goes to the number of idle hours from above. Source: KEDA, validateScaledObject. */
function* checkIdle(autoscaler: Resource): Iterable<Finding> {
  const field = autoscaler.at("spec", "idleReplicaCount");
  const idle = field.number();
  const lowest = autoscaler.at("spec", "minReplicaCount");
  const least = lowest.number() ?? 0;
  if (!autoscaler.is(types.scaledObject) || idle === undefined || idle < least) return;
  yield violation(autoscaler, {
    at: field.path,
    got: `${idle}, with a minimum of ${least}`,
    expected: "less than the minimum: KEDA refuses it",
    fix: least > 1 ? remove(field) : set(lowest, Math.max(idle, 1) + 1),
  });
}

/** A pod counts as available before the release gives up. */
function* checkDeadline(workload: Resource): Iterable<Finding> {
  // A rollout that cannot proceed is one finding, of rollout-proceeds.
  if (!workload.is(types.deployment)) return;
  const field = workload.at("spec", "minReadySeconds");
  const deadline = workload.at("spec", "progressDeadlineSeconds");
  const [ready, until] = [field.number() ?? 0, deadline.number() ?? releaseLimits.deadlineByDefault.value];
  if (ready < until) return;
  yield violation(workload, {
    at: field.path,
    got: `${ready} s, with a progressDeadlineSeconds of ${until}`,
    expected: "less than the deadline: it is refused otherwise",
    fix: either(set(deadline, ready + releaseLimits.deadlineByDefault.value), set(field, Math.max(0, until - 1))),
  });
}

/** With no pod away and none on top, nothing can be replaced: the API refuses it. */
function* checkDaemonSet(daemonSet: Resource): Iterable<Finding> {
  const update = daemonSet.at("spec", "updateStrategy", "rollingUpdate");
  const field = update.at("maxSurge");
  const none = amountOf(update.at("maxUnavailable"))?.value === 0 && (amountOf(field)?.value ?? 0) === 0;
  if (!none) return;
  yield violation(daemonSet, {
    at: field.path,
    got: `${field.isSet() ? "0" : "nothing, which means 0"}, beside a maxUnavailable of 0`,
    expected: "at least one pod on top",
    fix: fix`${set(field, 1)}`,
  });
}

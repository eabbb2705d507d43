/** Rule abort-on-deadline. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { releaseLimits } from "../limits/releases";
import { type Finding, violation } from "../kit/finding";
import { toleranceOf } from "../kit/probe";
import { type Remedy, set, together } from "../kit/remedy";
import type { Resource } from "../kit/resource";
import { type Assignment, resourceRule } from "../kit/rule";
import { quantity } from "../kit/settings";
import { types } from "../kit/types";
import { podSpec } from "../kit/workloads";
import { checkRelease, releaseRemedy, releasing } from "./helm-releases";
import { deadlineOf, outlives, patience, type Patience, patiently } from "./delay-before-deadline";

const seconds = "progressDeadlineSeconds";
const abort = "progressDeadlineAbort";

/** A release that misses its deadline is noticed, and goes back. */
export const abortOnDeadline = resourceRule({
  id: "abort-on-deadline",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A release that stays half done when its deadline passes, or whose deadline is hours, or a moment, away, or sooner than its pods may start; a release of Helm that leaves out its chart's hooks and checks.",
  prevents: "Two versions serve for hours because nobody noticed that the new one never became ready.",
  source:
    "Argo Rollouts, specification, progressDeadlineAbort; Kubernetes, Deployments, failed deployment; Helm, atomic",
  settings: {
    deadlineAtMost: quantity(releaseLimits.deadlineAtMost, "higher", { minimum: 1 }),
    timeoutAtLeast: quantity(releaseLimits.timeoutAtLeast, "lower", { minimum: 1 }),
  },
  resourceTypes: [types.rollout, types.deployment, ...releasing],
  limits: "A Deployment never goes back by itself: its deadline only says when somebody is told.",
  examples: {
    bad: "spec: { progressDeadlineSeconds: 600 }",
    good: "spec: { progressDeadlineSeconds: 600, progressDeadlineAbort: true }",
  },
  *check(resource, { deadlineAtMost, timeoutAtLeast }) {
    if (resource.is(...releasing)) {
      yield* checkRelease(resource, timeoutAtLeast);
      return;
    }
    if (resource.is(types.rollout)) {
      const field = resource.at("spec", abort);
      const got = field.isSet() ? "false" : "nothing, which means false";
      if (field.flag() !== true)
        yield violation(resource, {
          at: field.path,
          got,
          expected: "true",
          fix: together([set(field, true), ...sooner(resource)]),
        });
    }
    const deadline = resource.at("spec", seconds);
    const stated = deadline.number() ?? 0;
    if (stated <= deadlineAtMost) {
      yield* checkStart(resource, deadlineAtMost);
      return;
    }
    const expected = `at most ${deadlineAtMost} s`;
    const fix = together([set(deadline, byDefault), ...sooner(resource, byDefault)]);
    yield violation(resource, { at: deadline.path, got: `${stated} s`, expected, fix });
  },
  remedy: (resource, { deadlineAtMost, timeoutAtLeast }) => {
    if (resource.is(...releasing)) return releaseRemedy(resource, timeoutAtLeast);
    const late = (resource.at("spec", seconds).number() ?? 0) > deadlineAtMost;
    const deadline: readonly Assignment[] = late ? [{ path: ["spec", seconds], value: byDefault }] : [];
    if (!resource.is(types.rollout)) return deadline;
    const pair = shorter(resource, late ? byDefault : deadlineOf(resource));
    const delay = { path: ["spec", "strategy", "canary", "scaleDownDelaySeconds"], value: pair?.delay ?? 0 };
    return [{ path: ["spec", abort], value: true }, ...deadline, ...(pair === undefined ? [] : [delay])];
  },
});

/** Seconds that a pod may take until it counts as available: its slowest startup probe, and the time that it must stay ready. */
function startOf(resource: Resource): number {
  const probes = podSpec(resource)
    .at("containers")
    .list()
    .map((container) => container.at("startupProbe"))
    .filter((probe) => probe.isSet())
    .map((probe) => toleranceOf(probe));
  const slowest = Math.max(0, ...probes.map(({ failures, period, delay }) => delay + failures * period));
  return slowest + (resource.at("spec", "minReadySeconds").number() ?? 0);
}

/** How much longer a deadline is than the slowest start. */
const twice = 2;

/** A pod that starts as slowly as it may is no failed release. */
function* checkStart(resource: Resource, most: number): Iterable<Finding> {
  const [deadline, start] = [deadlineOf(resource), startOf(resource)];
  // Beyond the longest deadline nothing mends it, and a minimum of ready seconds alone is told by other rules.
  if (start < deadline || start >= most || start === (resource.at("spec", "minReadySeconds").number() ?? 0)) return;
  const field = resource.at("spec", seconds);
  yield violation(resource, {
    at: field.path,
    got: `${deadline} s, where a pod may take ${start} s until it counts as available`,
    expected: `more than ${start} s, and at most ${most} s`,
    fix: set(field, Math.min(most, Math.max(byDefault, twice * start))),
  });
}

/** Where old pods outlive the deadline, an abort by deadline would end good releases: they go before it. */
function sooner(resource: Resource, deadline = deadlineOf(resource)): readonly Remedy[] {
  const pair = shorter(resource, deadline);
  return pair === undefined ? [] : patiently("spec.strategy.canary", pair);
}

function shorter(resource: Resource, deadline: number): Patience | undefined {
  const late = resource.is(types.rollout) && outlives(resource, deadline);
  return late ? patience(deadline, trafficLimits.deregistrationDelay.value) : undefined;
}

const byDefault = releaseLimits.deadlineByDefault.value;

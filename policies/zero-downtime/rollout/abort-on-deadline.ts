/** Rule abort-on-deadline. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { releaseLimits } from "../../limits/releases";
import { type Finding, violation } from "../../kit/finding/finding";
import { toleranceOf } from "../../kit/kubernetes/probe";
import { type Remedy, set, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { type Assignment, resourceRule } from "../../kit/rule/rule";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { podSpec } from "../../kit/kubernetes/workloads";
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
  limits: "A Deployment never goes back by itself: its deadline only sets when it is reported.",
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
    const value = late ? byDefault : patientEnough(resource, deadlineAtMost);
    const deadline: readonly Assignment[] = value === undefined ? [] : [{ path: ["spec", seconds], value }];
    if (!resource.is(types.rollout)) return deadline;
    const pair = shorter(resource, value ?? deadlineOf(resource));
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

/** A deadline beyond the slowest start; undefined where the stated one is, or where none that is short enough can be. */
function patientEnough(resource: Resource, most: number): number | undefined {
  const [deadline, start] = [deadlineOf(resource), startOf(resource)];
  // minReadySeconds by itself is checked by other rules.
  const waits = start === (resource.at("spec", "minReadySeconds").number() ?? 0);
  return waits || start < deadline || start >= most ? undefined : Math.min(most, Math.max(byDefault, twice * start));
}

/** A pod that starts as slowly as it may is no failed release. */
function* checkStart(resource: Resource, most: number): Iterable<Finding> {
  const enough = patientEnough(resource, most);
  if (enough === undefined) return;
  const field = resource.at("spec", seconds);
  const start = startOf(resource);
  yield violation(resource, {
    at: field.path,
    got: `${deadlineOf(resource)} s, where a pod may take ${start} s until it counts as available`,
    expected: `more than ${start} s, and at most ${most} s`,
    fix: set(field, enough),
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

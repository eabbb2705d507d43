/** Rules about leaving: a pod goes on serving until nobody sends to it any more, and has the time to finish. */
import { policyLimits } from "../../components/core/limits/policies";
import { trafficLimits } from "../../components/core/limits/traffic";
import {
  deregistrationOf,
  deregistrationSeconds,
  type Drain,
  drainOfRelease,
  drainOfWorkload,
  drainSeconds,
  gatewayReleases,
  graceSeconds,
  isGateway,
  preStopSeconds,
} from "../kit/draining";
import { type Finding, violation } from "../kit/finding";
import { containers, namespaceOf, platformNamespaces, podSpec, replicated } from "../kit/kubernetes";
import type { Resource, Stack } from "../kit/resource";
import { eachPart, eachResource, stackRule, unreadable } from "../kit/rule";
import { quantity, texts } from "../kit/settings";
import { types } from "../kit/types";

const limitsNote = "The gateway is a Helm release: its values are read, its rendered pods only by lint-manifests.";
const namespaces = texts(platformNamespaces, "Namespaces of add-ons, whose charts decide how their pods leave.");

/** Pods wait before they stop listening. */
export const prestopDelay = stackRule({
  id: "prestop-delay",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A serving pod that stops listening before everyone has stopped sending to it.",
  prevents: "502s at every roll, scale-down and node drain.",
  source: "EKS best practices, Load balancing, gracefully handle client requests",
  settings: {
    least: quantity(policyLimits.prestopAtLeast, "lower", { minimum: 1 }),
    deregistration: quantity(trafficLimits.deregistrationDelay, "lower", { minimum: 1 }),
    platformNamespaces: namespaces,
  },
  limits: limitsNote,
  examples: {
    bad: "{ name: web, ports: […] }   # no preStop",
    good: "lifecycle: { preStop: { sleep: { seconds: 15 } } }",
  },
  *check(stack, values) {
    const delay = deregistrationSeconds(stack, values.deregistration);
    yield* unreadable(stack.of(types.targetGroup), deregistrationOf);
    yield* eachGateway(stack, (drain) =>
      judgeWait(drain.resource, drain.hook, delay, "the target group's deregistration delay"),
    );
    yield* eachApp(stack, values.platformNamespaces, (app) =>
      eachPart(app, servingContainers(app), (container) =>
        judgeWait(app, container, values.least, "what endpoints need to spread"),
      ),
    );
  },
});

function* judgeWait(
  resource: Resource,
  owner: ReturnType<Resource["at"]>,
  least: number,
  because: string,
): Iterable<Finding> {
  const wait = preStopSeconds(owner);
  if (wait !== undefined && wait >= least) return;
  yield violation(resource, {
    at: owner.at("lifecycle", "preStop").path,
    got: wait === undefined ? "nothing" : `${wait} s`,
    wanted: `at least ${least} s, ${because}`,
    fix: `set lifecycle.preStop.sleep.seconds to ${least} or more`,
  });
}

/** Pods have the time to finish what they began. */
export const graceCoversDrain = stackRule({
  id: "grace-covers-drain",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A grace period that ends before the wait and the drain do.",
  prevents: "SIGKILL in the middle of requests.",
  source: "EKS best practices, Applications, handling disruptions; the sum is our own (traffic section 3)",
  settings: { drain: quantity(policyLimits.appDrain, "lower", { minimum: 0 }), platformNamespaces: namespaces },
  limits: `${limitsNote} That the gateway waits out the deregistration delay is judged by prestop-delay.`,
  examples: {
    bad: "preStop: sleep 60, grace unset   # 30 s",
    good: "preStop: sleep 15, terminationGracePeriodSeconds: 60",
  },
  *check(stack, values) {
    yield* eachGateway(stack, (drain) => {
      const wait = preStopSeconds(drain.hook) ?? 0;
      return judgeGrace(drain.resource, drain.grace, wait, drainSeconds(drain.proxyConfig));
    });
    yield* eachApp(stack, values.platformNamespaces, (app) => {
      const waits = servingContainers(app).map((container) => preStopSeconds(container) ?? 0);
      if (waits.length === 0) return [];
      return judgeGrace(app, podSpec(app).at("terminationGracePeriodSeconds"), Math.max(...waits), values.drain);
    });
  },
});

function* judgeGrace(
  resource: Resource,
  field: ReturnType<Resource["at"]>,
  wait: number,
  drain: number,
): Iterable<Finding> {
  const grace = graceSeconds(field);
  if (grace >= wait + drain) return;
  yield violation(resource, {
    at: field.path,
    got: field.isSet() ? `${grace} s` : `nothing, which means ${grace} s`,
    wanted: `at least ${wait + drain} s: ${wait} s of preStop and ${drain} s of drain`,
    fix: `set terminationGracePeriodSeconds to ${wait + drain} or more`,
  });
}

function* eachGateway(stack: Stack, check: (drain: Drain) => Iterable<Finding>): Iterable<Finding> {
  const judge = (drain: Drain | undefined): Iterable<Finding> => (drain === undefined ? [] : check(drain));
  yield* eachResource(gatewayReleases(stack), (release) => judge(drainOfRelease(release)));
  yield* eachResource(stack.of(...replicated), (workload) => judge(drainOfWorkload(workload)));
}

function eachApp(
  stack: Stack,
  platform: readonly string[],
  check: (app: Resource) => Iterable<Finding>,
): Iterable<Finding> {
  return eachResource(stack.of(...replicated), (app) =>
    isGateway(app) || platform.includes(namespaceOf(app)) ? [] : check(app),
  );
}

function servingContainers(app: Resource): ReturnType<typeof containers> {
  return containers(podSpec(app)).filter((container) => container.at("ports").list().length > 0);
}

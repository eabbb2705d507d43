/** Rules about shutdown: a pod serves until it gets no more requests, and has the time to finish them. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { drainingLimits } from "../../limits/draining";
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
} from "../../kit/network/draining";
import { secondsOf, secondsPer } from "../../kit/reading/amount";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { addOnNamespaces, isAddOn } from "../../kit/kubernetes/kubernetes";
import { type Container, containersIn } from "../../kit/kubernetes/pods";
import { preStopWait, waitsByName } from "../../kit/kubernetes/pre-stop";
import { fix, set } from "../../kit/finding/remedy";
import { checkProbeGrace } from "./probe-grace";
import type { Resource, Stack } from "../../kit/reading/resource";
import { eachPart, eachResource, guarded, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { quantity, texts } from "../../kit/rule/settings";
import { readService, servingContainers } from "../../kit/network/serving";
import { types } from "../../kit/reading/types";
import { podSpec, running } from "../../kit/kubernetes/workloads";

const limitsNote = "The gateway is a Helm release: its values are read, its rendered pods only by lint-manifests.";
const namespaces = texts(addOnNamespaces, "Namespaces of add-ons, whose charts decide how their pods leave.");

/** Pods wait before they stop listening. */
export const prestopDelay = stackRule({
  id: "prestop-delay",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A serving pod that stops listening before everyone has stopped sending to it.",
  prevents: "502s at every roll, scale-down and node drain.",
  source: "EKS best practices, Load balancing, gracefully handle client requests",
  settings: {
    least: quantity(drainingLimits.prestopAtLeast, "lower", { minimum: 1 }),
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
    yield* reportUnreadable(stack.of(types.targetGroup), deregistrationOf);
    yield* eachGateway(stack, (drain) =>
      checkWait(drain.resource, drain.hook, delay, "the target group's deregistration delay"),
    );
    yield* reportUnreadable(stack.of(types.service), readService);
    yield* eachApp(stack, values.platformNamespaces, (app) =>
      eachPart(app, stoppingFirst(stack, app), (container) =>
        checkWait(app, container, values.least, "what endpoints need to spread"),
      ),
    );
  },
});

function* checkWait(resource: Resource, owner: Field, least: number, because: string): Iterable<Finding> {
  const wait = preStopWait(owner);
  if (wait !== undefined && (wait.seconds >= least || waitsByName(owner))) return;
  yield violation(resource, {
    at: owner.at("lifecycle", "preStop").path,
    got: wait === undefined ? "nothing" : wait.open ? "a hook whose length is not written here" : `${wait.seconds} s`,
    advisory: wait?.open ?? false,
    expected: `at least ${least} s, ${because}`,
    fix: fix`${set(owner.at("lifecycle", "preStop"), { sleep: { seconds: least } })} or longer`,
  });
}

/** Pods have the time to finish what they began. */
export const graceCoversDrain = stackRule({
  id: "grace-covers-drain",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A grace period, of a pod or of a probe, that ends before the wait and the drain do.",
  prevents: "SIGKILL in the middle of requests.",
  source: "EKS best practices, Applications, handling disruptions; the sum is our own (traffic section 3)",
  settings: { drain: quantity(drainingLimits.appDrain, "lower", { minimum: 0 }), platformNamespaces: namespaces },
  limits: `${limitsNote} That the gateway waits out the deregistration delay is checked by prestop-delay.`,
  examples: {
    bad: "preStop: sleep 60, grace unset   # 30 s",
    good: "preStop: sleep 15, terminationGracePeriodSeconds: 60",
  },
  *check(stack, values) {
    const shortest = drainingLimits.prestopAtLeast.value + values.drain;
    const pools = stack.of(types.nodePool);
    yield* eachResource(pools, (pool) => checkPool(stack, pool, shortest));
    if (pools.length > 0) yield* reportUnreadable(stack.of(...running), graceOf);
    yield* eachGateway(stack, (drain) => {
      const wait = preStopWait(drain.hook)?.seconds ?? 0;
      return checkGrace(drain.resource, drain.grace, wait, drainSeconds(drain.proxyConfig));
    });
    yield* eachApp(stack, values.platformNamespaces, (app) => {
      const grace = podSpec(app).at("terminationGracePeriodSeconds");
      const served = new Set(servingContainers(stack, app).map(({ path }) => path));
      return [
        ...guarded(app, () => checkTotal(stack, app, grace, values.drain)),
        ...eachPart(app, staying(app), ({ field }) =>
          checkProbeGrace(app, field, served.has(field.path) ? values.drain : 0),
        ),
      ];
    });
  },
});

/** The grace period of the whole pod. */
function checkTotal(stack: Stack, app: Resource, grace: Field, drain: number): Iterable<Finding> {
  const serving = servingContainers(stack, app).map(waitOf);
  // The grace period is the pod's: a helper's hook that is longer is cut off as well.
  const others = staying(app).map(({ field }) => waitOf(field));
  const longest = Math.max(0, ...others);
  const served = Math.max(0, ...serving);
  if (serving.length > 0 && served + drain >= longest) return checkGrace(app, grace, served, drain);
  return longest === 0 ? [] : checkGrace(app, grace, longest, 0);
}

function* checkGrace(resource: Resource, field: Field, wait: number, drain: number): Iterable<Finding> {
  const grace = graceSeconds(field);
  if (grace >= wait + drain) return;
  yield violation(resource, {
    at: field.path,
    got: field.isSet() ? `${grace} s` : `nothing, which means ${grace} s`,
    expected: `at least ${wait + drain} s: ${wait} s of preStop and ${drain} s of drain`,
    fix: fix`${set(field, wait + drain)} or more`,
  });
}

/** Hours that leave budgets the time to let pods go one by one. */
const patience = 4;

/** Karpenter ends every pod of a node at the pool's own deadline, whatever its grace and its budget say. */
function* checkPool(stack: Stack, pool: Resource, shortest: number): Iterable<Finding> {
  const field = pool.at("spec", "template", "spec", "terminationGracePeriod");
  const until = secondsOf(field);
  if (until === undefined) return;
  const graces = stack.of(...running).map((one) => valueOr(() => graceOf(one), 0));
  const longest = Math.max(shortest, ...graces);
  if (until >= longest) return;
  yield violation(pool, {
    at: field.path,
    got: `${until} s until every pod of a node is killed`,
    expected: `at least ${longest} s, the longest grace of a pod`,
    fix: fix`${set(field, `${Math.max(patience, Math.ceil(longest / secondsPer.h))}h`)} or more: it also ends the wait for disruption budgets`,
  });
}

function graceOf(workload: Resource): number {
  return graceSeconds(podSpec(workload).at("terminationGracePeriodSeconds"));
}

function* eachGateway(stack: Stack, check: (drain: Drain) => Iterable<Finding>): Iterable<Finding> {
  const checkIfDrained = (drain: Drain | undefined): Iterable<Finding> => (drain === undefined ? [] : check(drain));
  yield* eachResource(gatewayReleases(stack), (release) => checkIfDrained(drainOfRelease(release)));
  yield* eachResource(stack.of(...running), (workload) => checkIfDrained(drainOfWorkload(workload)));
}

function eachApp(
  stack: Stack,
  platform: readonly string[],
  check: (app: Resource) => Iterable<Finding>,
): Iterable<Finding> {
  return eachResource(stack.of(...running), (app) => (isGateway(app) || isAddOn(app, platform) ? [] : check(app)));
}

/** Containers that run until the pod ends. */
function staying(app: Resource): readonly Container[] {
  return containersIn(podSpec(app)).filter(({ part }) => part === "main" || part === "sidecar");
}

/**
 * Serving containers that stop as soon as the pod is deleted: the kubelet ends a native sidecar only after the main
 * containers have ended, so the longest of their waits is the sidecar's too.
 */
function stoppingFirst(stack: Stack, app: Resource): readonly Field[] {
  const all = staying(app);
  const mains = all.filter(({ part }) => part === "main").map(({ field }) => field);
  const longest = Math.max(0, ...mains.map(waitOf));
  const sidecars = new Set(all.filter(({ part }) => part === "sidecar").map(({ field }) => field.path));
  return servingContainers(stack, app).filter((field) => !sidecars.has(field.path) || longest === 0);
}

function waitOf(container: Field): number {
  return preStopWait(container)?.seconds ?? 0;
}

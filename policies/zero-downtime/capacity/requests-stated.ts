/** Rule requests-stated. */
import { workloadLimits } from "../../limits/workloads";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { namespaceOf, addOnNamespaces, isAddOn } from "../../kit/kubernetes/kubernetes";
import { defaultsOf, defaultsIn, type StatedBound } from "../../kit/kubernetes/limit-ranges";
import { type Container, type Pods, podSetting, podsOf } from "../../kit/kubernetes/pods";
import { copy, example, named, type Remedy, set, together } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import {
  certain,
  eachPart,
  eachResource,
  guarded,
  suppressors,
  stackRule,
  reportUnreadable,
} from "../../kit/rule/rule";
import { autoscalerOf, type Counted, countedBy, readAutoscaler, scalers } from "../../kit/kubernetes/scaling";
import { quantity, texts } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { running } from "../../kit/kubernetes/workloads";
import { checkAmounts, checkNegative, checkVolumes, isNegative, isStated } from "./request-amounts";

/** Containers say what they need. */
export const requestsStated = stackRule({
  id: "requests-stated",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A container without requests for CPU and memory and a limit of memory, with a limit below its request or in a unit that nobody means, and a volume in memory without a size.",
  prevents:
    "Nodes that are packed until the kubelet evicts pods above their requests, and an autoscaler without a request as the base of its percentage.",
  source:
    "EKS best practices, Reliability, configure and size resource requests and limits; Kubernetes, Horizontal Pod Autoscaling, algorithm details",
  settings: {
    memoryBurst: quantity(workloadLimits.memoryBurstAtMost, "higher", { minimum: 1 }),
    platformNamespaces: texts(addOnNamespaces, "Namespaces of add-ons, whose charts decide what they request."),
  },
  limits:
    "A LimitRange of the namespace counts where it is in sight. Requests of Helm releases are values of their charts; in the platform's namespaces only what an autoscaler counts is required.",
  examples: {
    bad: "{ name: web, image: … }   # no resources",
    good: "resources: { requests: { cpu: 250m, memory: 256Mi }, limits: { memory: 256Mi } }",
  },
  *check(stack, { memoryBurst, platformNamespaces: platform }) {
    yield* suppressors(stack.of(types.limitRange), defaultsOf);
    yield* reportUnreadable(stack.of(...scalers), (autoscaler) => [readAutoscaler(autoscaler), countedBy(autoscaler)]);
    yield* eachResource(stack.of(...running, ...once), (workload) => {
      const exempt = isAddOn(workload, platform);
      return eachPart(workload, podsOf(workload), (pods) => check(stack, workload, pods, { exempt, memoryBurst }));
    });
  },
});

/** Pods that end, or that nothing keeps. */
const once = [types.pod, types.job, types.cronJob, types.scaledJob] as const;

const always: readonly StatedBound[] = [
  { bound: "requests", resource: "cpu" },
  { bound: "requests", resource: "memory" },
  { bound: "limits", resource: "memory" },
];
const wordOf = ({ bound, resource }: StatedBound): string => `${bound}.${resource}`;

interface Circumstances {
  readonly exempt: boolean;
  readonly memoryBurst: number;
}

function* check(
  stack: Stack,
  workload: Resource,
  pods: Pods,
  { exempt, memoryBurst }: Circumstances,
): Iterable<Finding> {
  const containers = pods.containers.filter(staysAndIsOurs);
  const autoscaler = workload.is(...running) ? autoscalerOf(stack, workload) : undefined;
  const counted = autoscaler === undefined ? [] : valueOr(() => countedBy(autoscaler), []);
  const stated = defaultsIn(stack, namespaceOf(workload));
  yield* checkMissing(workload, pods, containers, { exempt, counted, stated });
  if (autoscaler !== undefined) yield* checkNamed(autoscaler, containers, counted);
  if (exempt) return;
  yield* certain(eachPart(workload, containers, ({ field }) => checkNegative(workload, field)));
  yield* certain(eachPart(workload, containers, ({ field }) => checkAmounts(workload, field, memoryBurst)));
  yield* certain(guarded(workload, () => checkVolumes(workload, pods)));
}

/** Containers that stay while the pod runs; the mesh's injector fills in its own. */
function staysAndIsOurs({ part, field }: Container): boolean {
  return (part === "main" || part === "sidecar") && field.at("image").text() !== "auto";
}

interface Demand {
  readonly exempt: boolean;
  readonly counted: readonly Counted[];
  /** What the namespace gives to containers that state nothing. */
  readonly stated: readonly StatedBound[];
}

/** A missing request is one violation of the pod, however many of its containers lack it. */
function* checkMissing(
  workload: Resource,
  pods: Pods,
  containers: readonly Container[],
  { exempt, counted, stated }: Demand,
): Iterable<Finding> {
  const missing = new Set<string>();
  const lacking = new Map<string, Field>();
  const remedies = new Map<string, Remedy>();
  for (const { field } of containers) {
    const name = field.at("name").text();
    const byShare = counted.filter(({ container }) => container === undefined || container === name);
    const expected = [
      ...(exempt ? [] : always),
      ...byShare.map(({ resource }) => ({ bound: "requests" as const, resource })),
    ];
    for (const one of expected) {
      if (stated.some((by) => wordOf(by) === wordOf(one)) || states(field, one) || states(podSetting(pods), one))
        continue;
      missing.add(wordOf(one));
      lacking.set(nameOr(name, "(unnamed)"), field);
      remedies.set(`${field.path} ${wordOf(one)}`, stating(field, one));
    }
  }
  const [first] = lacking.values();
  if (first === undefined) return;
  const words = [...missing].join(", ");
  const uncounted = counted.some(({ resource }) => missing.has(`requests.${resource}`));
  yield violation(workload, {
    at: first.at("resources").path,
    got: `nothing for ${words} in container ${[...lacking.keys()].join(", ")}${uncounted ? ", by which its autoscaler counts" : ""}`,
    expected: "what the container needs",
    fix: example(together([...remedies.values()]), "what it uses at peak"),
  });
}

/** Amounts that stand for what only a measurement gives. */
const examples: Readonly<Record<string, string>> = { cpu: "250m", memory: "256Mi" };

/** A limit is never below the request that stands beside it. */
function stating(container: Field, { bound, resource }: StatedBound): Remedy {
  const resources = container.at("resources");
  const request = resources.at("requests", resource);
  const field = resources.at(bound, resource);
  return bound === "limits" && isStated(request) && !isNegative(request)
    ? copy(request, field)
    : set(field, examples[resource] ?? "1Gi");
}

/** Whether the owner of `resources` states it; a limit is the request where none is stated. */
function states(owner: Field, { bound, resource }: StatedBound): boolean {
  const resources = owner.at("resources");
  const [request, limit] = [resources.at("requests", resource), resources.at("limits", resource)];
  if (bound === "limits") return limit.isSet();
  return request.isSet() ? isStated(request) : limit.isSet();
}

/** An autoscaler that counts one container names one of the pod's. */
function* checkNamed(
  autoscaler: Resource,
  containers: readonly Container[],
  counted: readonly Counted[],
): Iterable<Finding> {
  const names = containers.map(({ field }) => field.at("name").text());
  for (const { container, field } of counted) {
    // What the mesh injects stands in no file.
    if (container === undefined || names.includes(container) || container === "istio-proxy") continue;
    const got = `a container ${nameOr(container, "of another name")}, which its pods do not have`;
    const own = names.find((name) => name !== undefined && named(name) === name);
    const instead = own === undefined ? "name a container of the pod template" : set(field, own);
    yield violation(autoscaler, { at: field.path, got, expected: "a container of its pods", fix: instead });
  }
}

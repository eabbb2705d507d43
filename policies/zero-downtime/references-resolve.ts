/** Rule references-resolve. */
import type { Finding } from "../kit/finding";
import { mayBringPods } from "../kit/pods";
import type { Resource, Stack } from "../kit/resource";
import { certain, eachResource, stackRule, unreadable } from "../kit/rule";
import { scalers } from "../kit/scaling";
import { readSight } from "../kit/sight";
import { types } from "../kit/types";
import { running } from "../kit/workloads";
import { judgeKeys } from "./references/keys";
import { judgeMonitor } from "./references/monitors";
import { judgePods, judgeTarget } from "./references/names";
import { judgeOnce } from "./references/once";
import { judgePulls, judgeResolution } from "./references/resolution";
import { judgeRollout } from "./references/rollout-names";
import { judgeSteered, readSteered } from "./references/steered";
import { judgeRoute, naming, readHosts } from "./references/routes";
import { judgeBudget, judgeOwnSelector, judgeService } from "./references/selectors";

/** What one object names of another is there. */
export const referencesResolve = stackRule({
  id: "references-resolve",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A name, a key, a selector or a port that leads nowhere, a route that its Rollout cannot steer, and one object declared twice.",
  prevents:
    "Requests that reach no pod, a release that the API or the controller refuses, pods that cannot start, a gate without a measurement.",
  source:
    "kube-linter, dangling-service and mismatching-selector; kube-score, service-targets-pod and hpa-has-target; Argo Rollouts, trafficrouting/istio, ValidateHTTPRoutes",
  settings: {},
  limits:
    "A folder rarely holds everything. A namespace is judged where its workloads are in sight and neither a chart nor an object of an operator may bring more; a name, where an object of its kind or the Namespace itself is there too. Secrets, and what is often made elsewhere, block nothing.",
  examples: {
    bad: "kind: Service, spec: { selector: { app: web } }   # the pods say app: shop",
    good: "spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: http }] }   # a port of those pods",
  },
  *check(stack) {
    yield* unreadable(stack.resources, readSight);
    yield* unreadable(stack.of(types.destinationRule, types.serviceEntry), readHosts);
    const judge = (check: (stack: Stack, one: Resource) => Iterable<Finding>) => (one: Resource) => check(stack, one);
    yield* eachResource(stack.of(types.service), judge(judgeService));
    yield* eachResource(stack.of(types.podDisruptionBudget), judge(judgeBudget));
    yield* eachResource(stack.of(types.serviceMonitor), judge(judgeMonitor));
    yield* certain(eachResource(stack.of(...running), judgeOwnSelector));
    const bringing = stack.resources.filter(({ kind }) => mayBringPods(kind));
    for (const check of [judgePods, judgeKeys, judgePulls]) yield* eachResource(bringing, judge(check));
    yield* eachResource(stack.of(types.serviceAccount), judge(judgePulls));
    yield* certain(eachResource(bringing, judgeResolution));
    yield* eachResource(stack.of(...scalers, types.verticalPodAutoscaler), judge(judgeTarget));
    yield* eachResource(stack.of(...naming), judge(judgeRoute));
    yield* eachResource(stack.of(types.rollout), judge(judgeRollout));
    const steering = stack.of(types.rollout);
    if (steering.length > 0) yield* unreadable(stack.of(types.virtualService), readSteered);
    yield* eachResource(steering, judge(judgeSteered));
    yield* eachResource(stack.resources, judge(judgeOnce));
  },
});

/** Rule references-resolve. */
import { applications } from "../../kit/argo-cd/applications";
import type { Finding } from "../../kit/finding/finding";
import { mayBringPods } from "../../kit/kubernetes/pods";
import type { Resource, Stack } from "../../kit/reading/resource";
import { certain, eachResource, stackRule, reportUnreadable, suppressors } from "../../kit/rule/rule";
import { scalers } from "../../kit/kubernetes/scaling";
import { readInventory } from "../../kit/kubernetes/inventory";
import { type ResourceType, types } from "../../kit/reading/types";
import { running } from "../../kit/kubernetes/workloads";
import { checkControlled, checkNodeClass, controlled } from "./controller-references";
import { checkKeys } from "./keys";
import { checkMonitor } from "./service-monitors";
import { checkPods, checkTarget } from "./named-objects";
import { checkDuplicate } from "./duplicate-objects";
import { readTaken } from "./parents";
import { checkPulls, checkResolution } from "./dns-and-pulls";
import { checkProject, readProject, readWidening } from "./projects";
import { checkRollout } from "./rollout-names";
import { checkRolloutRoutes, readRolloutRoute } from "./rollout-routes";
import { checkRoute, naming, readHosts } from "./routes";
import { checkBudget, checkOwnSelector, checkService } from "./selectors";
import { checkSolved, issuing, readIssuer } from "./solvers";
import { called, checkCalled } from "./webhooks";

/** What one object names of another is there. */
export const referencesResolve = stackRule({
  id: "references-resolve",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A name, a key, a selector or a port that leads nowhere, a route that its Rollout cannot steer, an application that its project refuses, a certificate that its issuer cannot prove, and one object declared twice.",
  prevents:
    "Requests that reach no pod, a release that the API or the controller refuses, pods that cannot start, a gate without a measurement, certificates that never come.",
  source:
    "kube-linter, dangling-service and mismatching-selector; kube-score, service-targets-pod and hpa-has-target; Argo Rollouts, trafficrouting/istio, ValidateHTTPRoutes; Gateway API, ReferenceGrant and ParentReference; Argo CD 3.6, AppProject, IsSourcePermitted and isDestinationMatched; cert-manager, solverpicker",
  settings: {},
  limits:
    "A folder rarely holds everything. A namespace is checked where its workloads are in sight and neither a chart nor an object of an operator may bring more; a name, where an object of its kind or the Namespace itself is there too. Secrets, and what is often made elsewhere, block nothing. An application is compared with its project where that one is there once, and Argo CD widens none (globalProjects).",
  examples: {
    bad: "kind: Service, spec: { selector: { app: web } }   # the pods say app: shop",
    good: "spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: http }] }   # a port of those pods",
  },
  *check(stack) {
    yield* reportUnreadable(stack.resources, readInventory);
    yield* reportUnreadable(stack.of(types.destinationRule, types.serviceEntry), readHosts);
    const inStack = (check: (stack: Stack, one: Resource) => Iterable<Finding>) => (one: Resource) => check(stack, one);
    yield* eachResource(stack.of(types.service), inStack(checkService));
    yield* eachResource(stack.of(types.podDisruptionBudget), inStack(checkBudget));
    yield* eachResource(stack.of(types.serviceMonitor), inStack(checkMonitor));
    yield* certain(eachResource(stack.of(...running), checkOwnSelector));
    const bringing = stack.resources.filter(({ type }) => mayBringPods(type));
    for (const check of [checkPods, checkKeys, checkPulls]) yield* eachResource(bringing, inStack(check));
    yield* eachResource(stack.of(types.serviceAccount), inStack(checkPulls));
    yield* certain(eachResource(bringing, checkResolution));
    yield* eachResource(stack.of(...scalers, types.verticalPodAutoscaler), inStack(checkTarget));
    yield* eachResource(stack.of(...controlled), inStack(checkControlled));
    yield* eachResource(stack.of(types.nodePool), inStack(checkNodeClass));
    if (stack.of(types.httpRoute, types.grpcRoute).length > 0)
      yield* reportUnreadable(stack.of(types.gatewayApiGateway, types.referenceGrant), readTaken);
    yield* eachResource(stack.of(...naming), inStack(checkRoute));
    yield* eachResource(stack.of(types.rollout), inStack(checkRollout));
    const steering = stack.of(types.rollout);
    if (steering.length > 0) yield* reportUnreadable(stack.of(types.virtualService), readRolloutRoute);
    yield* eachResource(steering, inStack(checkRolloutRoutes));
    yield* eachResource(stack.of(...called), inStack(checkCalled));
    yield* eachNamed(stack, [types.certificate], issuing, readIssuer, inStack(checkSolved));
    if (stack.of(...applications).length > 0) yield* suppressors(stack.of(types.configMap), readWidening);
    yield* eachNamed(stack, applications, [types.appProject], readProject, inStack(checkProject));
    yield* eachResource(stack.resources, inStack(checkDuplicate));
  },
});

/** Checks the references, and reports objects that may be their targets and cannot be read. */
function* eachNamed(
  stack: Stack,
  naming: readonly ResourceType[],
  named: readonly ResourceType[],
  read: (one: Resource) => unknown,
  check: (one: Resource) => Iterable<Finding>,
): Iterable<Finding> {
  const all = stack.of(...naming);
  if (all.length > 0) yield* reportUnreadable(stack.of(...named), read);
  yield* eachResource(all, check);
}

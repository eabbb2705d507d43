/** Rule gateway-answers. */
import { analysisLimits } from "@fridayproof/components/core/limits";
import { callLimits } from "../../limits/calls";
import { certain, eachResource, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { quantity, text } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { requiredNamespaces } from "../../kit/network/required-connections";
import { running } from "../../kit/kubernetes/workloads";
import { checkAuthorization, readAuthorization } from "./authorization";
import { originatesTls, checkCalls } from "./destination-rules";
import { checkFilter } from "./envoy-filters";
import { checkListenerAnswer, checkRuleAnswer } from "./fixed-responses";
import { readPlainPorts, readPorts } from "./plain-ports";
import { checkGatewayRoute } from "./gateway-routes";
import { checkShared } from "./shared-hosts";
import { checkMatches, matching } from "./shared-matches";
import { checkMerged } from "./shared-destinations";
import { checkVirtualService } from "./virtual-services";

/** A request to the gateway gets its response from a pod. */
export const gatewayAnswers = stackRule({
  id: "gateway-answers",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "What makes the gateway, or the load balancer before it, respond in place of a pod: fixed errors for every request, faults that are injected, time-outs that good responses miss, retries without bound, rules that are never reached or lead nowhere, two objects for one host of which one counts, calls without room, policies that refuse every request.",
  prevents: "Errors that no pod gives and no release explains: 403, 404, 500, 503 or 504 from the gateway itself.",
  source:
    "Istio 1.30: VirtualService, DestinationRule, AuthorizationPolicy, EnvoyFilter; pilot, BuildHTTPRoutesForVirtualService, mergeDestinationRule and validation; istioctl analyze, IST0109; Envoy, per try timeout; Gateway API, HTTPRouteRule",
  settings: {
    shortestTimeout: quantity(analysisLimits.latencyBound, "lower", { minimum: 1 }),
    retries: quantity(callLimits.retriesAtMost, "higher", { minimum: 0 }),
    atOnce: quantity(callLimits.atOnceAtLeast, "lower", { minimum: 1 }),
    gatewayNamespace: text(requiredNamespaces.gateway, "Namespace of the gateway."),
    rootNamespace: text("istio-system", "Root namespace of the mesh, whose policies hold everywhere."),
  },
  limits:
    "A time-out longer than the load balancer's is no fault: the load balancer counts from the last byte. A fault for requests that carry a header or a parameter is a test of whoever sends it. Whether a port serves TLS is known where a probe sets it. Two objects for one host are compared where one folder has both; of two paths of which one begins with the other, the order between two VirtualServices is not looked at.",
  examples: {
    bad: "http: [{ fault: { abort: { httpStatus: 503, percentage: { value: 100 } } }, route: [{ destination: { host: shop } }] }]",
    good: "http: [{ timeout: 15s, retries: { attempts: 2, perTryTimeout: 5s }, route: [{ destination: { host: shop } }] }]",
  },
  *check(stack, { shortestTimeout, retries, atOnce, gatewayNamespace: gateway, rootNamespace: root }) {
    const most = { shortest: shortestTimeout / thousand, retries, atOnce };
    const routes = stack.of(types.virtualService);
    yield* certain(eachResource(routes, (route) => checkVirtualService(route, most)));
    yield* certain(eachResource(stack.of(...matching), (route) => checkGatewayRoute(route, most)));
    yield* eachResource(stack.of(types.listener), (listener) => checkListenerAnswer(stack, listener));
    yield* certain(eachResource(stack.of(types.listenerRule), checkRuleAnswer));
    const rules = stack.of(types.destinationRule);
    if (rules.some(originatesTls)) {
      yield* reportUnreadable(stack.of(types.service), readPorts);
      yield* reportUnreadable(stack.of(...running), readPlainPorts);
    }
    yield* eachResource(rules, (rule) => checkCalls(stack, rule, most));
    yield* certain(eachResource(rules, (rule) => checkMerged(stack, rule)));
    yield* certain(eachResource(routes, (route) => checkShared(stack, route)));
    yield* certain(eachResource(stack.of(...matching), (route) => checkMatches(stack, route)));
    const policies = stack.of(types.authorizationPolicy);
    yield* reportUnreadable(policies, readAuthorization);
    yield* eachResource(policies, (policy) => checkAuthorization(stack, policy, { gateway, root }));
    yield* certain(eachResource(stack.of(types.envoyFilter), (filter) => checkFilter(filter, [gateway, root])));
  },
});

/** Milliseconds of a second. */
const thousand = 1000;

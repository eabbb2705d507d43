/** Rule keepalive-exceeds-idle. */
import { policyLimits } from "../../components/core/limits/policies";
import { secondsOf } from "../kit/amount";
import { gatewayReleases, installs, isGateway } from "../kit/draining";
import { Field, legible } from "../kit/field";
import { type Finding, violation } from "../kit/finding";
import { containers, namespaceOf, platformNamespaces, podSpec, podTemplate, replicated } from "../kit/kubernetes";
import type { Resource, Stack } from "../kit/resource";
import { eachResource, stackRule, unreadable } from "../kit/rule";
import { texts } from "../kit/settings";
import { types } from "../kit/types";

/** Istio's switch for how long the gateway keeps an idle connection. */
const idleVariable = "ISTIO_META_IDLE_TIMEOUT";
/** What an application promises about its own keep-alive. */
const promise = "fridayproof.dev/keep-alive-seconds";

/** On every hop the side that is called keeps idle connections longer than the caller. */
export const keepaliveExceedsIdle = stackRule({
  id: "keepalive-exceeds-idle",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A server that closes idle connections before its client does.",
  prevents: "Random 502s: the client sends on a connection that the server is closing.",
  source: "ALB user guide, connection idle timeout; the same rule one hop in is our own (traffic section 3)",
  settings: {
    platformNamespaces: texts(platformNamespaces, "Namespaces of add-ons, which are no backends of the gateway."),
  },
  limits: `An application's keep-alive is a fact of its code: the annotation ${promise} states it and a test in the application proves it.`,
  examples: {
    bad: "annotations: {}   # keep-alive unknown; Node's default is 5 s",
    good: `annotations: { ${promise}: "65" }`,
  },
  *check(stack, { platformNamespaces: platform }) {
    const albIdle = longestAlbIdle(stack);
    yield* unreadable(stack.of(types.loadBalancer), (balancer) => balancer.at("idleTimeout").number());
    yield* unreadable(stack.of(types.destinationRule), (rule) => [namespaceOf(rule), idleOf(rule)]);
    yield* eachResource(gatewayReleases(stack), (release) =>
      installs(release, "gateway") ? judgeGateway(release, release.at("values", "env", idleVariable), albIdle) : [],
    );
    yield* eachResource(stack.of(...replicated), (workload) => {
      if (isGateway(workload)) return judgeGateway(workload, variableOf(workload), albIdle);
      return platform.includes(namespaceOf(workload)) ? [] : judgeApp(stack, workload);
    });
  },
});

function longestAlbIdle(stack: Stack): number {
  const idles = stack
    .of(types.loadBalancer)
    .flatMap((balancer) => legible(() => balancer.at("idleTimeout").number() ?? [], []));
  return Math.max(policyLimits.albIdleByDefault.value, ...idles);
}

function variableOf(workload: Resource): Field {
  const variables = containers(podSpec(workload)).flatMap((container) => container.at("env").list());
  const found = variables.find((variable) => variable.at("name").text() === idleVariable);
  return (found ?? new Field(undefined, "env")).at("value");
}

function* judgeGateway(gateway: Resource, field: Field, albIdle: number): Iterable<Finding> {
  const idle = secondsOf(field) ?? policyLimits.meshIdleByDefault.value;
  if (idle > albIdle) return;
  yield violation(gateway, {
    at: field.path,
    got: `${idle} s`,
    wanted: `more than the load balancer's ${albIdle} s`,
    fix: `leave ${idleVariable} out (one hour) or raise it`,
  });
}

function* judgeApp(stack: Stack, app: Resource): Iterable<Finding> {
  if (!containers(podSpec(app)).some((container) => container.at("ports").list().length > 0)) return;
  const field = podTemplate(app).at("metadata", "annotations", promise);
  const keepAlive = field.number() ?? 0;
  const idle = callerIdle(stack, namespaceOf(app));
  if (keepAlive > idle) return;
  yield violation(app, {
    at: field.path,
    got: field.isSet() ? `${keepAlive} s` : "nothing",
    wanted: `more than the ${idle} s after which the gateway drops an idle connection`,
    fix: "set the server's keep-alive (65 s beside an idleTimeout of 30 s) and state it in the annotation",
  });
}

function idleOf(rule: Resource): number {
  const field = rule.at("spec", "trafficPolicy", "connectionPool", "http", "idleTimeout");
  return secondsOf(field) ?? policyLimits.meshIdleByDefault.value;
}

/** Longest idle timeout of the namespace's destination rules; without one the mesh keeps connections for an hour. */
function callerIdle(stack: Stack, namespace: string): number {
  const idles = stack
    .of(types.destinationRule)
    .flatMap((rule) => legible(() => (namespaceOf(rule) === namespace ? [idleOf(rule)] : []), []));
  return idles.length === 0 ? policyLimits.meshIdleByDefault.value : Math.max(...idles);
}

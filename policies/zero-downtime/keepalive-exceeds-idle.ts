/** Rule keepalive-exceeds-idle. */
import { policyLimits } from "../../components/core/limits/policies";
import { secondsOf } from "../kit/amount";
import { gatewayReleases, installs, isGateway } from "../kit/draining";
import { Field, legible } from "../kit/field";
import { type Finding, violation } from "../kit/finding";
import { namespaceOf, platformNamespaces } from "../kit/kubernetes";
import { containersIn } from "../kit/pods";
import type { Resource, Stack } from "../kit/resource";
import { hasRoutes, isRouted, type Lookup, routing, rulesFor, targetsOf } from "../kit/routes";
import { eachResource, stackRule, unreadable } from "../kit/rule";
import { readService, servesHttp, servicesOf, servingContainers } from "../kit/serving";
import { text, texts } from "../kit/settings";
import { types } from "../kit/types";
import { podSpec, podTemplate, running } from "../kit/workloads";

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
    gatewayNamespace: text(
      "istio-ingress",
      "Namespace of the gateway: Istio looks for a caller's destination rules there first.",
    ),
    rootNamespace: text("istio-system", "Root namespace of the mesh, where Istio looks last."),
  },
  limits: `An application's keep-alive is a fact of its code: the annotation ${promise} states it and a test in the application proves it.`,
  examples: {
    bad: "annotations: {}   # keep-alive unknown; Node's default is 5 s",
    good: `annotations: { ${promise}: "65" }`,
  },
  *check(stack, { platformNamespaces: platform, gatewayNamespace: gateway, rootNamespace: root }) {
    const albIdle = longestAlbIdle(stack);
    yield* unreadable(stack.of(types.loadBalancer), (balancer) => balancer.at("idleTimeout").number());
    yield* unreadable(stack.of(types.destinationRule), readRule);
    yield* eachResource(gatewayReleases(stack), (release) =>
      installs(release, "gateway") ? judgeGateway(release, release.at("values", "env", idleVariable), albIdle) : [],
    );
    yield* unreadable(stack.of(types.service), readService);
    yield* unreadable(stack.of(...routing), targetsOf);
    yield* eachResource(stack.of(...running), (workload) => {
      if (isGateway(workload)) return judgeGateway(workload, variableOf(workload), albIdle);
      return platform.includes(namespaceOf(workload)) ? [] : judgeApp(stack, workload, { gateway, root });
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
  const variables = containersIn(podSpec(workload)).flatMap(({ field }) => field.at("env").list());
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

function* judgeApp(stack: Stack, app: Resource, lookup: Lookup): Iterable<Finding> {
  const serving = servingContainers(stack, app);
  const field = podTemplate(app).at("metadata", "annotations", promise);
  if (serving.length === 0 || !isBackend(stack, app, serving, lookup, field.isSet())) return;
  const keepAlive = field.number() ?? 0;
  const idle = callerIdle(stack, app, lookup);
  for (const container of serving) yield* contradiction(app, container, keepAlive);
  if (keepAlive > idle) return;
  yield violation(app, {
    at: field.path,
    got: field.isSet() ? `${keepAlive} s` : "nothing",
    wanted: `more than the ${idle} s after which the gateway drops an idle connection`,
    fix: fixFor(idle, lookup),
  });
}

/** Above an hour it is the gateway's side that has to give way first. */
function fixFor(idle: number, { gateway }: Lookup): string {
  const state = "set the server's keep-alive above that and state it in the annotation";
  return idle < policyLimits.meshIdleByDefault.value
    ? state
    : `declare a DestinationRule for its Service (in its namespace or in ${gateway}) with trafficPolicy.connectionPool.http.idleTimeout: 30s, then set the server's keep-alive to 65 s and state that in the annotation`;
}

/** Whether the gateway calls it: a route or a destination rule names its Service, it promises a keep-alive, or routes are out of sight. */
function isBackend(stack: Stack, app: Resource, serving: readonly Field[], lookup: Lookup, promises: boolean): boolean {
  const services = servicesOf(stack, app);
  const named = services.some((service) =>
    legible(() => isRouted(stack, service) || rulesFor(stack, service, lookup).length > 0, true),
  );
  return promises || named || (!hasRoutes(stack) && servesHttp(stack, app, serving));
}

/** An option of the server's own that says less than the annotation promises. */
const option = /--(?:timeout-)?keep-?alive(?:-timeout)?(?:=|\s+)(\d+)\b/;

function* contradiction(app: Resource, container: Field, promised: number): Iterable<Finding> {
  const words = [...container.at("command").texts(), ...container.at("args").texts()].join(" ");
  const given = option.exec(words)?.[1];
  if (given === undefined || Number(given) >= promised) return;
  yield violation(app, {
    at: container.at(container.at("args").isSet() ? "args" : "command").path,
    got: `a keep-alive of ${given} s beside a promise of ${promised} s`,
    wanted: "one number",
    fix: "raise the server's keep-alive to what the annotation states",
  });
}

/** Reads all that a destination rule says of idle connections. */
function readRule(rule: Resource): unknown {
  return [namespaceOf(rule), rule.at("spec", "host").text(), idleOf(rule)];
}

/** Longest idle timeout that the rule gives to some of its connections: a subset or a port replaces the whole pool. */
function idleOf(rule: Resource): number {
  const policy = rule.at("spec", "trafficPolicy");
  const whole = idleIn(policy, policyLimits.meshIdleByDefault.value);
  const subsets = rule
    .at("spec", "subsets")
    .list()
    .map((subset) => subset.at("trafficPolicy"));
  const ports = [policy, ...subsets].flatMap((owner) => owner.at("portLevelSettings").list());
  return Math.max(whole, ...[...subsets, ...ports].map((owner) => idleIn(owner, whole)));
}

function idleIn(policy: Field, inherited: number): number {
  const pool = policy.at("connectionPool");
  if (!pool.isSet()) return inherited;
  return secondsOf(pool.at("http", "idleTimeout")) ?? policyLimits.meshIdleByDefault.value;
}

/** Longest idle timeout with which the gateway calls the workload; without a rule the mesh keeps connections for an hour. */
function callerIdle(stack: Stack, app: Resource, lookup: Lookup): number {
  const services = servicesOf(stack, app);
  const rules =
    services.length === 0 ? rulesIn(stack, app) : services.map((one) => rulesFor(stack, one, lookup)).flat();
  const idles = rules.flatMap((rule) => legible(() => [idleOf(rule)], []));
  return idles.length === 0 ? policyLimits.meshIdleByDefault.value : Math.max(...idles);
}

/** Without a Service in sight, every rule of the namespace may be about it. */
function rulesIn(stack: Stack, app: Resource): readonly Resource[] {
  const namespace = namespaceOf(app);
  return stack.of(types.destinationRule).filter((rule) => legible(() => namespaceOf(rule) === namespace, false));
}

/** Rule keepalive-exceeds-idle. */
import { loadBalancerLimits } from "../../limits/load-balancer";
import { secondsOf } from "../../kit/reading/amount";
import { gatewayReleases, installs, isGateway } from "../../kit/network/draining";
import { Field, valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { addOnNamespaces, isAddOn } from "../../kit/kubernetes/kubernetes";
import { containersIn } from "../../kit/kubernetes/pods";
import { fix, remove, set } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { hasRoutes, isRouted, type Lookup, routing, rulesFor, targetsOf } from "../../kit/network/routes";
import { certain, eachResource, suppressors, stackRule, reportUnreadable } from "../../kit/rule/rule";
import {
  mayBeBehindGateway,
  readBackend,
  readCalls,
  servesHttp,
  servicesOf,
  servingContainers,
} from "../../kit/network/serving";
import { text, texts } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { podSpec, podTemplate, running } from "../../kit/kubernetes/workloads";
import { callerIdle, outlive, readRule, shorten } from "./keepalive-callers";

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
    platformNamespaces: texts(addOnNamespaces, "Namespaces of add-ons, which are no backends of the gateway."),
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
    yield* reportUnreadable(stack.of(types.loadBalancer), (balancer) => balancer.at("idleTimeout").number());
    yield* reportUnreadable(stack.of(types.destinationRule), readRule);
    yield* eachResource(gatewayReleases(stack), (release) =>
      installs(release, "gateway") ? checkRelease(stack, release) : [],
    );
    yield* reportUnreadable(stack.of(types.service), readBackend);
    yield* suppressors(stack.of(types.validatingWebhook, types.mutatingWebhook, types.apiService), readCalls);
    yield* reportUnreadable(stack.of(...routing), targetsOf);
    yield* eachResource(stack.of(...running), (workload) => {
      if (isGateway(workload)) {
        const variable = variableOf(workload);
        return checkGateway(stack, workload, variable, variable.at("value"));
      }
      return isAddOn(workload, platform) ? [] : checkApp(stack, workload, { gateway, root });
    });
  },
});

function longestAlbIdle(stack: Stack): number {
  const idles = stack
    .of(types.loadBalancer)
    .flatMap((balancer) => valueOr(() => balancer.at("idleTimeout").number() ?? [], []));
  return Math.max(loadBalancerLimits.albIdleByDefault.value, ...idles);
}

function variableOf(workload: Resource): Field {
  const variables = containersIn(podSpec(workload)).flatMap(({ field }) => field.at("env").list());
  return variables.find((variable) => variable.at("name").text() === idleVariable) ?? new Field(undefined, "env");
}

/** `owner` is what to leave out for Istio's own hour. */
function* checkGateway(stack: Stack, gateway: Resource, owner: Field, field: Field): Iterable<Finding> {
  const albIdle = longestAlbIdle(stack);
  const byDefault = loadBalancerLimits.meshIdleByDefault.value;
  const idle = secondsOf(field) ?? byDefault;
  if (idle > albIdle) return;
  yield violation(gateway, {
    at: field.path,
    got: `${idle} s`,
    expected: `more than the load balancer's ${albIdle} s`,
    fix: albIdle < byDefault ? fix`${remove(owner)}, which means one hour` : shorten(stack, byDefault),
  });
}

function checkRelease(stack: Stack, release: Resource): Iterable<Finding> {
  const field = release.at("values", "env", idleVariable);
  return checkGateway(stack, release, field, field);
}

function* checkApp(stack: Stack, app: Resource, lookup: Lookup): Iterable<Finding> {
  const serving = servingContainers(stack, app);
  const field = podTemplate(app).at("metadata", "annotations", promise);
  if (serving.length === 0 || !isBackend(stack, app, serving, lookup, field.isSet())) return;
  const keepAlive = field.number() ?? 0;
  const idle = callerIdle(stack, app, lookup);
  for (const container of serving) yield* certain(contradiction(app, container, keepAlive));
  if (keepAlive > idle) return;
  yield violation(app, {
    at: field.path,
    got: field.isSet() ? `${keepAlive} s` : "nothing",
    expected: `more than the ${idle} s after which the gateway drops an idle connection`,
    fix: outlive(stack, app, field, lookup),
  });
}

/** Whether the gateway calls it: a route or a destination rule names its Service, it promises a keep-alive, or routes are out of sight. */
function isBackend(stack: Stack, app: Resource, serving: readonly Field[], lookup: Lookup, promises: boolean): boolean {
  const services = servicesOf(stack, app);
  const named = services.some((service) =>
    valueOr(() => isRouted(stack, service) || rulesFor(stack, service, lookup).length > 0, true),
  );
  if (promises || named) return true;
  // Where no route is declared here, one may lead to any HTTP port, unless its Services have other callers.
  const elsewhere =
    services.length > 0 && services.every((service) => valueOr(() => !mayBeBehindGateway(stack, service), false));
  return !hasRoutes(stack) && !elsewhere && servesHttp(stack, app, serving);
}

/** An option of the server's own that says less than the annotation promises. */
const option = /--(?:timeout-)?keep-?alive(?:-timeout)?(?:=|\s+)(\d+)\b/;
/** The option alone, with its number or before it. */
const itself = /^--(?:timeout-)?keep-?alive(?:-timeout)?=\d+$/;
const named = /^--(?:timeout-)?keep-?alive(?:-timeout)?$/;

function* contradiction(app: Resource, container: Field, promised: number): Iterable<Finding> {
  const list = container.at(container.at("args").isSet() ? "args" : "command");
  const words = [...container.at("command").texts(), ...container.at("args").texts()].join(" ");
  const stated = option.exec(words)?.[1];
  if (stated === undefined || Number(stated) >= promised) return;
  const items = list.list();
  const own = items.find((item) => itself.test(item.textOrEmpty()));
  const name = items.findIndex((item) => named.test(item.textOrEmpty()));
  const value = items[name + 1];
  yield violation(app, {
    at: list.path,
    got: `a keep-alive of ${stated} s beside a promise of ${promised} s`,
    expected: "one number",
    fix:
      own !== undefined
        ? set(own, own.textOrEmpty().replace(/\d+/, String(promised)))
        : name >= 0 && value !== undefined
          ? set(value, String(promised))
          : "raise the server's keep-alive to what the annotation states",
  });
}

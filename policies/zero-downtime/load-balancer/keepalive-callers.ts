/** How long the gateway keeps idle connections to an application, and the changes after which its server keeps them longer. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { loadBalancerLimits } from "../../limits/load-balancer";
import { secondsOf } from "../../kit/reading/amount";
import { type Field, valueOr } from "../../kit/reading/field";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { declareObject, fix, named, type Remedy, set, together } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { type Lookup, rulesFor } from "../../kit/network/routes";
import { servicesOf } from "../../kit/network/serving";
import { types } from "../../kit/reading/types";

const [shortIdle, longKeepAlive] = [trafficLimits.appIdleTimeout.value, trafficLimits.appKeepAlive.value];
const hour = loadBalancerLimits.meshIdleByDefault.value;

/** Reads all that a destination rule says of idle connections. */
export function readRule(rule: Resource): unknown {
  return [namespaceOf(rule), rule.at("spec", "host").text(), poolsOf(rule)];
}

/** Connections of a destination rule, and how long the gateway keeps them when they are idle. */
interface Pool {
  readonly rule: Resource;
  readonly owner: Field;
  readonly idle: number;
}

/** The rule's policies with their idle timeouts: a subset's or a port's replaces the whole pool. */
function poolsOf(rule: Resource): readonly Pool[] {
  const policy = rule.at("spec", "trafficPolicy");
  const perHost = idleIn(policy, hour);
  const subsets = rule
    .at("spec", "subsets")
    .list()
    .map((subset) => subset.at("trafficPolicy"));
  const ports = [policy, ...subsets].flatMap((owner) => owner.at("portLevelSettings").list());
  return [policy, ...subsets, ...ports].map((owner) => ({ rule, owner, idle: idleIn(owner, perHost) }));
}

function idleIn(policy: Field, inherited: number): number {
  const pool = policy.at("connectionPool");
  if (!pool.isSet()) return inherited;
  return secondsOf(pool.at("http", "idleTimeout")) ?? hour;
}

/**
 * Longest idle timeout with which the gateway calls the workload; without a rule the mesh keeps connections for an
 * hour, and where every rule is unknown or malformed there is none.
 */
export function callerIdle(stack: Stack, app: Resource, lookup: Lookup): number {
  const rules = governing(stack, app, lookup);
  return rules.length === 0 ? hour : Math.max(...poolsAmong(rules).map(({ idle }) => idle));
}

function poolsAmong(rules: readonly Resource[]): readonly Pool[] {
  return rules.flatMap((rule) => valueOr(() => poolsOf(rule), []));
}

/** The destination rules that decide how the gateway calls the workload. */
function governing(stack: Stack, app: Resource, lookup: Lookup): readonly Resource[] {
  const services = servicesOf(stack, app);
  if (services.length === 0) return rulesIn(stack, app);
  // A Service with an unknown name is a finding of its own.
  return services.flatMap((service) => valueOr(() => rulesFor(stack, service, lookup), []));
}

/** Without a Service in sight, every rule of the namespace may be about it. */
function rulesIn(stack: Stack, app: Resource): readonly Resource[] {
  const namespace = namespaceOf(app);
  return stack.of(types.destinationRule).filter((rule) => valueOr(() => namespaceOf(rule) === namespace, false));
}

/**
 * A server that outlives its caller: where the caller waits for an hour its destination rule has to give way first, and
 * one is declared where none is about the Service.
 */
export function outlive(stack: Stack, app: Resource, promise: Field, lookup: Lookup): Remedy {
  const rules = governing(stack, app, lookup);
  const patient = poolsAmong(rules)
    .filter(({ idle }) => idle >= longKeepAlive)
    .map(({ rule, owner }) => set(owner.at("connectionPool", "http", "idleTimeout"), `${shortIdle}s`, rule));
  const callers = rules.length === 0 ? [declareRule(stack, app)] : patient;
  const promised = (promise.number() ?? 0) < longKeepAlive ? [set(promise, String(longKeepAlive))] : [];
  return fix`${together([...callers, ...promised])}; the server itself keeps idle connections for as long as the annotation states`;
}

function declareRule(stack: Stack, app: Resource): Remedy {
  const [service] = servicesOf(stack, app);
  const [name, namespace] = [valueOr(() => objectName(service ?? app), app.name), namespaceOf(app)];
  return declareObject("networking.istio.io/v1", "DestinationRule", {
    metadata: { name: `${name}-idle`, namespace },
    spec: { host: named(name), trafficPolicy: { connectionPool: { http: { idleTimeout: `${shortIdle}s` } } } },
  });
}

/** The load balancers that wait longer than the gateway give way first. */
export function shorten(stack: Stack, below: number): Remedy {
  return together(
    stack
      .of(types.loadBalancer)
      .filter((balancer) => valueOr(() => (balancer.at("idleTimeout").number() ?? 0) >= below, false))
      .map((balancer) => set(balancer.at("idleTimeout"), loadBalancerLimits.albIdleByDefault.value, balancer)),
  );
}

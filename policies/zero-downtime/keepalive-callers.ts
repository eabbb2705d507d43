/** How long the gateway keeps idle connections to an application, and the changes after which its server keeps them longer. */
import { policyLimits } from "../limits/policies";
import { trafficLimits } from "../../components/core/limits/traffic";
import { secondsOf } from "../kit/amount";
import { type Field, legible } from "../kit/field";
import { namespaceOf, objectName } from "../kit/kubernetes";
import { declareObject, fix, named, set, together, type Remedy } from "../kit/remedy";
import type { Resource, Stack } from "../kit/resource";
import { type Lookup, rulesFor } from "../kit/routes";
import { servicesOf } from "../kit/serving";
import { types } from "../kit/types";

const [shortIdle, longKeepAlive] = [trafficLimits.appIdleTimeout.value, trafficLimits.appKeepAlive.value];
const hour = policyLimits.meshIdleByDefault.value;

/** Reads all that a destination rule says of idle connections. */
export function readRule(rule: Resource): unknown {
  return [namespaceOf(rule), rule.at("spec", "host").text(), idleOf(rule)];
}

/** Longest idle timeout that the rule gives to some of its connections. */
function idleOf(rule: Resource): number {
  return Math.max(...poolsOf(rule).map(({ idle }) => idle));
}

/** The rule's policies with their idle timeouts: a subset's or a port's replaces the whole pool. */
function poolsOf(rule: Resource): readonly { readonly owner: Field; readonly idle: number }[] {
  const policy = rule.at("spec", "trafficPolicy");
  const whole = idleIn(policy, hour);
  const subsets = rule
    .at("spec", "subsets")
    .list()
    .map((subset) => subset.at("trafficPolicy"));
  const ports = [policy, ...subsets].flatMap((owner) => owner.at("portLevelSettings").list());
  return [policy, ...subsets, ...ports].map((owner) => ({ owner, idle: idleIn(owner, whole) }));
}

function idleIn(policy: Field, inherited: number): number {
  const pool = policy.at("connectionPool");
  if (!pool.isSet()) return inherited;
  return secondsOf(pool.at("http", "idleTimeout")) ?? hour;
}

/**
 * Longest idle timeout with which the gateway calls the workload; without a rule the mesh keeps connections for an
 * hour, and undefined means that every rule is hidden or malformed.
 */
export function callerIdle(stack: Stack, app: Resource, lookup: Lookup): number | undefined {
  const rules = governing(stack, app, lookup);
  const idles = rules.flatMap((rule) => legible(() => [idleOf(rule)], []));
  if (rules.length === 0) return hour;
  return idles.length === 0 ? undefined : Math.max(...idles);
}

/** The destination rules that decide how the gateway calls the workload. */
function governing(stack: Stack, app: Resource, lookup: Lookup): readonly Resource[] {
  const services = servicesOf(stack, app);
  return services.length === 0 ? rulesIn(stack, app) : services.flatMap((one) => rulesFor(stack, one, lookup));
}

/** Without a Service in sight, every rule of the namespace may be about it. */
function rulesIn(stack: Stack, app: Resource): readonly Resource[] {
  const namespace = namespaceOf(app);
  return stack.of(types.destinationRule).filter((rule) => legible(() => namespaceOf(rule) === namespace, false));
}

/**
 * A server that outlives its caller: where the caller waits for an hour its destination rule has to give way first, and
 * one is declared where none is about the Service.
 */
export function outlive(stack: Stack, app: Resource, promise: Field, lookup: Lookup): Remedy {
  const idle = callerIdle(stack, app, lookup) ?? hour;
  const rules = governing(stack, app, lookup);
  const patient = rules.flatMap((rule) =>
    legible(() => poolsOf(rule), [])
      .filter(({ owner, idle: own }) => own >= longKeepAlive && owner.path !== "")
      .map(({ owner }) => set(owner.at("connectionPool", "http", "idleTimeout"), `${shortIdle}s`, rule)),
  );
  const callers = idle < longKeepAlive ? [] : rules.length === 0 ? [declareRule(stack, app)] : patient;
  const promised = (promise.number() ?? 0) < longKeepAlive ? [set(promise, String(longKeepAlive))] : [];
  return fix`${together([...callers, ...promised])}; the server itself keeps idle connections for as long as the annotation says`;
}

function declareRule(stack: Stack, app: Resource): Remedy {
  const [service] = servicesOf(stack, app);
  const [name, namespace] = [objectName(service ?? app), namespaceOf(app)];
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
      .filter((balancer) => legible(() => (balancer.at("idleTimeout").number() ?? 0) >= below, false))
      .map((balancer) => set(balancer.at("idleTimeout"), policyLimits.albIdleByDefault.value, balancer)),
  );
}

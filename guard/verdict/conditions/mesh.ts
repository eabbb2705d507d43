/** Routes inside of a cluster and its mesh: weights, hosts, TLS between pods. */
import type { Resource } from "../plans/change";
import { changes } from "../plans/plan-index";
import { canonical } from "../plans/difference";
import { isMap, listAt, numberAt, textAt, valueAt, type Values } from "../plans/values";
import { named } from "./common";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown, worstOf } from "./condition";
import { podLabelsOf, selects, WORKLOADS } from "./workloads";

const SERVICE = "kubernetes:core/v1:Service";

/** Where a share of the requests goes. */
interface Backend {
  readonly name: string;
  readonly weight: number;
}

/** Backends of an HTTPRoute, destinations of a VirtualService; one without a weight takes what is there. */
function backendsOf(values: Values | undefined): readonly Backend[] {
  const routes = listAt(values, "spec.rules").filter(isMap);
  const refs = routes.flatMap((rule) =>
    listAt(rule, "backendRefs")
      .filter(isMap)
      .map((ref): Backend => ({ name: textAt(ref, "name") ?? "", weight: numberAt(ref, "weight") ?? 1 })),
  );
  const http = listAt(values, "spec.http").filter(isMap);
  const destinations = http.flatMap((rule) => {
    const own = listAt(rule, "route").filter(isMap);
    return own.map((route): Backend => {
      const subset = textAt(route, "destination.subset");
      const host = (textAt(route, "destination.host") ?? "").split(".")[0] ?? "";
      return {
        name: subset === undefined ? host : `${host} ${subset}`,
        weight: numberAt(route, "weight") ?? (own.length === 1 ? 1 : 0),
      };
    });
  });
  return [...refs, ...destinations];
}

/** Everything but the weights and the names of backends. */
function matchesOf(values: Values | undefined): string {
  const rules = [...listAt(values, "spec.rules"), ...listAt(values, "spec.http")].filter(isMap);
  return canonical(rules.map((rule) => Object.entries(rule).filter(([key]) => !/^(backend_?refs|route)$/i.test(key))));
}

function serviceOf({ index, resource }: Context, name: string): Resource | undefined {
  const namespace = textAt(resource.after, "metadata.namespace");
  return index.ofType(SERVICE).find(({ before, after }) => {
    const values = after ?? before;
    return textAt(values, "metadata.name") === name && textAt(values, "metadata.namespace") === namespace;
  });
}

/** What taking a share means, for a Service that had none. */
function gainOutcome(context: Context, { name }: Backend): Outcome {
  const service = serviceOf(context, name);
  if (service === undefined)
    return unknown(`${context.row.when} (whether ${name} has ready pods, the plan does not say)`);
  if (service.operation !== "none" && service.operation !== "update")
    return downtime(`${name} is ${service.operation}d in this run: it has no ready pod when it takes its share`);
  const selector = valueAt(service.after, "spec.selector");
  const pods = context.index.plan.resources.filter(
    ({ type, after }) => WORKLOADS.test(type) && selects(selector, podLabelsOf(after)),
  );
  if (pods.some(({ operation }) => operation === "create" || operation === "replace"))
    return downtime(`${named(pods)}, the pods of ${name}, is made in this run`);
  return pods.length > 0 && pods.every((one) => !changes(one) && (numberAt(one.after, "spec.replicas") ?? 1) > 0)
    ? safe(`${named(pods)}, the pods of ${name}, stands as it is`)
    : unknown(`${context.row.when} (whether ${name} has ready pods, the plan does not say)`);
}

/** Shares between backends. */
function routeWeights(context: Context): Outcome {
  const { resource, row } = context;
  const [old, next] = [backendsOf(resource.before), backendsOf(resource.after)];
  if (next.length > 0 && next.every(({ weight }) => weight === 0)) return downtime("no backend has a weight above 0");
  if (matchesOf(resource.before) !== matchesOf(resource.after))
    return unknown(`${row.when} (which requests a rule is about changes too)`);
  const served = (list: readonly Backend[]): readonly Backend[] => list.filter(({ weight }) => weight > 0);
  if (next.length === 0) return unknown(row.when);
  const gained = served(next).filter(({ name }) => !served(old).some((one) => one.name === name));
  return gained.length === 0
    ? safe("every backend with a weight above 0 took requests before")
    : worstOf(gained.map((backend) => gainOutcome(context, backend)));
}

const hostsOf = (values: Values | undefined): readonly string[] => listAt(values, "spec.hosts").map(String);

/** Rules of a host that go: at a gateway nothing answers then. */
function routingGoes({ index, resource, row }: Context): Outcome {
  const hosts = hostsOf(resource.before);
  const others = index
    .ofType(resource.type)
    .filter(({ address, operation }) => address !== resource.address && operation !== "delete");
  const left = hosts.filter((host) => !others.some(({ after }) => hostsOf(after).includes(host)));
  const gateways = listAt(resource.before, "spec.gateways").filter((gateway) => gateway !== "mesh");
  if (left.length > 0 && gateways.length > 0)
    return downtime(`no rule of the gateway is for ${left.join(", ")}: ${row.when}`);
  return unknown(row.when);
}

interface Port {
  readonly key: string;
  readonly rest: string;
}

function portsOf(values: Values | undefined): readonly Port[] {
  return listAt(values, "spec.servers")
    .filter(isMap)
    .flatMap((server) =>
      listAt(server, "hosts").map((host) => ({
        key: `${String(host)}:${String(valueAt(server, "port.number"))}`,
        rest: canonical([valueAt(server, "tls") ?? null, valueAt(server, "port.protocol") ?? null]),
      })),
    );
}

/** Hosts and ports of a gateway. */
function gatewayServers({ resource, row }: Context): Outcome {
  const [old, next] = [portsOf(resource.before), portsOf(resource.after)];
  const lost = old.filter(({ key }) => !next.some((one) => one.key === key)).map(({ key }) => key);
  if (lost.length > 0) return downtime(`${lost.join(", ")} is no longer served: ${row.when}`);
  return old.every(({ key, rest }) => next.some((one) => one.key === key && one.rest === rest))
    ? safe("hosts or ports come; those that were stay as they are")
    : unknown(row.when);
}

/** A rule about TLS between pods that goes: the next one above decides. */
function meshFallsBack({ resource, row }: Context): Outcome {
  return textAt(resource.before, "spec.mtls.mode") === "STRICT" ? degrades(row.when) : unknown(row.when);
}

/** Conditions about routes inside of a cluster. */
export const mesh: Conditions = { routeWeights, routingGoes, gatewayServers, meshFallsBack };

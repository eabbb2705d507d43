/** Istio and the Gateway API: weights, hosts, TLS between pods. */
import type { Resource } from "../../plans/change";
import { canonical } from "../../plans/difference";
import { changes } from "../../plans/plan-index";
import { isMap, listAt, numberAt, textAt, valueAt, type Values } from "../../plans/values";
import {
  type Conditions,
  type Context,
  degrades,
  downtime,
  type Outcome,
  safe,
  unknown,
  worstOf,
} from "../core/condition";
import { named, othersOf } from "../core/related";
import { namespaceOf } from "./namespaces";
import { podLabelsOf, selects, WORKLOADS } from "./workloads";

const SERVICE = "kubernetes:core/v1:Service";

/** A backend of a rule, with its weight. */
interface Backend {
  readonly name: string;
  /** The backend without its weight: namespace, port, filters. */
  readonly target: string;
  readonly weight: number;
}

/** The match of a rule, and its backends. */
interface Rule {
  readonly match: string;
  readonly backends: readonly Backend[];
}

/** A backend without its weight: another port, namespace or filter makes another target. */
function targetOf(backend: Values): string {
  return canonical(Object.fromEntries(Object.entries(backend).filter(([key]) => key !== "weight")));
}

function backendOf(backend: Values, name: string, weight: number): Backend {
  return { name, target: targetOf(backend), weight: numberAt(backend, "weight") ?? weight };
}

/** The Service of a destination, with the subset of its pods. */
function hostOf(route: Values): string {
  const subset = textAt(route, "destination.subset");
  const host = (textAt(route, "destination.host") ?? "").split(".")[0] ?? "";
  return subset === undefined ? host : `${host} ${subset}`;
}

/** Rules of an HTTPRoute or a VirtualService; a backend without a weight has the API's default weight. */
function rulesOf(values: Values | undefined): readonly Rule[] {
  const rules = [...listAt(values, "spec.rules"), ...listAt(values, "spec.http")].filter(isMap);
  return rules.map((rule) => {
    const refs = listAt(rule, "backendRefs").filter(isMap);
    const routes = listAt(rule, "route").filter(isMap);
    return {
      match: canonical(Object.entries(rule).filter(([key]) => !/^(backend_?refs|route)$/i.test(key))),
      backends: [
        ...refs.map((ref) => backendOf(ref, textAt(ref, "name") ?? "", 1)),
        ...routes.map((route) => backendOf(route, hostOf(route), routes.length === 1 ? 1 : 0)),
      ],
    };
  });
}

function serviceOf({ index, resource }: Context, name: string): Resource | undefined {
  const namespace = namespaceOf(index, resource, resource.after);
  return index.ofType(SERVICE).find((service) => {
    const values = service.after ?? service.before;
    return textAt(values, "metadata.name") === name && namespaceOf(index, service, values) === namespace;
  });
}

/** The effect of requests to a Service that had none. */
function gainOutcome(context: Context, { name }: Backend): Outcome {
  const service = serviceOf(context, name);
  if (service === undefined)
    return unknown(`${context.row.when} (the plan does not state whether ${name} has ready pods)`);
  if (service.operation !== "none" && service.operation !== "update")
    return downtime(`${name} is ${service.operation}d in this run: it has no ready pod when it takes its share`);
  const selector = valueAt(service.after, "spec.selector");
  const pods = context.index.plan.resources.filter(
    ({ type, after }) => WORKLOADS.test(type) && selects(selector, podLabelsOf(after)),
  );
  if (pods.some(({ operation }) => operation === "create" || operation === "replace"))
    return downtime(`${named(pods)}, the pods of ${name}, is created in this run`);
  return pods.length > 0 && pods.every((one) => !changes(one) && (numberAt(one.after, "spec.replicas") ?? 1) > 0)
    ? safe(`${named(pods)}, the pods of ${name}, does not change`)
    : unknown(`${context.row.when} (the plan does not state whether ${name} has ready pods)`);
}

/** Weights of the backends. */
function routeWeights(context: Context): Outcome {
  const { resource, row } = context;
  const [old, next] = [rulesOf(resource.before), rulesOf(resource.after)];
  const backends = next.flatMap((rule) => rule.backends);
  if (backends.length > 0 && backends.every(({ weight }) => weight === 0))
    return downtime("no backend has a weight above 0");
  if (old.length !== next.length || next.some(({ match }, at) => match !== old[at]?.match))
    return unknown(`${row.when} (the match of a rule changes too)`);
  if (backends.length === 0) return unknown(row.when);
  const served = (rule: Rule | undefined): readonly Backend[] =>
    rule?.backends.filter(({ weight }) => weight > 0) ?? [];
  const gained = next.flatMap((rule, at) =>
    served(rule).filter(({ target }) => !served(old[at]).some((one) => one.target === target)),
  );
  return gained.length === 0
    ? safe("every backend with a weight above 0 took these requests before")
    : worstOf(gained.map((backend) => gainOutcome(context, backend)));
}

const hostsOf = (values: Values | undefined): readonly string[] => listAt(values, "spec.hosts").map(String);

/** Deleted rules of a host: at a gateway the host is no longer served. */
function routingGoes(context: Context): Outcome {
  const { resource, row } = context;
  const hosts = hostsOf(resource.before);
  const left = hosts.filter((host) => othersOf(context, ({ after }) => hostsOf(after).includes(host)).length === 0);
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
    ? safe("hosts or ports are added; the others do not change")
    : unknown(row.when);
}

/** A deleted PeerAuthentication: the one of the next scope applies. */
function meshFallsBack({ resource, row }: Context): Outcome {
  return textAt(resource.before, "spec.mtls.mode") === "STRICT" ? degrades(row.when) : unknown(row.when);
}

/** Conditions about routes inside a cluster. */
export const serviceMesh: Conditions = {
  routeWeights,
  routingGoes,
  gatewayServers,
  meshFallsBack,
};

/** Routes: the Services to which the gateway or the load balancer sends requests, and the destination rules of a host. */
import { groupPairs } from "@fridayproof/components/core";
import { type Field, valueOr } from "../reading/field";
import { namespaceOf, objectName } from "../kubernetes/kubernetes";
import { perStack, type Resource, type Stack } from "../reading/resource";
import { type ResourceType, types } from "../reading/types";

/** A Service by namespace and name. */
const serviceKey = (namespace: string, name: string): string => `${namespace}/${name}`;

/** The Service that a host names, as namespace/name: Istio completes short names with the rule's own namespace. */
export function serviceOfHost(host: string, namespace: string): string {
  const [name = "", second, kind] = host.split(".");
  return serviceKey(second !== undefined && (kind === undefined || kind === "svc") ? second : namespace, name);
}

/** Kinds that route requests. */
export const routing: readonly ResourceType[] = [types.virtualService, types.httpRoute, types.ingress];

/** The Services that some route leads to. */
const routed = perStack((stack) => {
  const found = new Set<string>();
  for (const route of stack.of(...routing)) for (const key of valueOr(() => targetsOf(route), [])) found.add(key);
  return found;
});

/** The Services to which a route leads.
 * @throws UnknownRead @throws MalformedRead */
export function targetsOf(route: Resource): readonly string[] {
  const namespace = namespaceOf(route);
  if (route.is(types.virtualService))
    return ["http", "tls", "tcp"]
      .flatMap((key) => route.at("spec", key).list())
      .flatMap((entry) => entry.at("route").list())
      .map((entry) => serviceOfHost(entry.at("destination", "host").textOrEmpty(), namespace));
  if (route.is(types.httpRoute))
    return route
      .at("spec", "rules")
      .list()
      .flatMap((rule) => rule.at("backendRefs").list())
      .map((backend) => serviceKey(backend.at("namespace").text() ?? namespace, backend.at("name").textOrEmpty()));
  const paths = route
    .at("spec", "rules")
    .list()
    .flatMap((rule) => rule.at("http", "paths").list());
  return [route.at("spec", "defaultBackend"), ...paths.map((path) => path.at("backend"))].map((backend) =>
    serviceKey(namespace, backend.at("service", "name").textOrEmpty()),
  );
}

/** Whether the stack declares a route at all: where it declares none, they may be declared elsewhere. */
export function hasRoutes(stack: Stack): boolean {
  return stack.of(...routing).length > 0;
}

/** Whether a route leads to the Service. */
export function isRouted(stack: Stack, service: Resource): boolean {
  return routed(stack).has(serviceKey(namespaceOf(service), objectName(service)));
}

/** Namespaces in which Istio searches rules before and after the called Service's own, for calls of the gateway. */
export interface Lookup {
  readonly gateway: string;
  readonly root: string;
}

/** Rules by namespace. */
const destinationRules = perStack((stack) => {
  const readable = stack
    .of(types.destinationRule)
    .flatMap((rule) => valueOr(() => [[namespaceOf(rule), rule] as const], []));
  return groupPairs(readable);
});

/**
 * The destination rules for calls of the gateway to the Service: those that name it in the first namespace that
 * has one, the caller's, the Service's, then the mesh's root (Istio, destination rule lookup path).
 */
export function rulesFor(stack: Stack, service: Resource, lookup: Lookup): readonly Resource[] {
  const [namespace, name] = [namespaceOf(service), objectName(service)];
  for (const from of [lookup.gateway, namespace, lookup.root]) {
    const here = (destinationRules(stack).get(from) ?? []).filter((rule) =>
      valueOr(() => names(rule.at("spec", "host"), from, namespace, name), false),
    );
    if (here.length > 0) return here;
  }
  return [];
}

/** Whether the host names the Service, by itself or with a wildcard in front. */
function names(host: Field, from: string, namespace: string, name: string): boolean {
  const text = host.textOrEmpty();
  if (text.startsWith("*")) return `${name}.${namespace}.svc.cluster.local`.endsWith(text.slice(1));
  return serviceOfHost(text, from) === serviceKey(namespace, name);
}

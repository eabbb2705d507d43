/** Services that routes name, their ports and subsets, and what a Rollout names of its traffic. */
import { danglingReference } from "../../kit/kubernetes/dangling-references";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { fix, named, set } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { inventoryOf } from "../../kit/kubernetes/inventory";
import { type ResourceType, types } from "../../kit/reading/types";
import { checkGranted, checkParents } from "./parents";
import { checkShortHosts } from "./short-hosts";

/** A Service that something leads to. */
export interface Backend {
  readonly namespace: string;
  readonly name: string;
  readonly field: Field;
  /** The Service's own port, by number or by name. */
  readonly port: Field;
  /** The port where none is stated. @default none is looked for */
  readonly usual?: string;
}

/** Kinds of the Gateway API whose rules name backends. */
const gatewayRoutes: readonly ResourceType[] = [types.httpRoute, types.grpcRoute];
/** Kinds whose rules name Services. */
export const naming: readonly ResourceType[] = [
  types.virtualService,
  types.ingress,
  types.targetGroupBinding,
  ...gatewayRoutes,
];

/** A route leads to Services that exist, at ports that they have. */
export function* checkRoute(stack: Stack, route: Resource): Iterable<Finding> {
  for (const backend of backendsOf(stack, route)) {
    yield* checkBackend(stack, route, backend);
    if (route.is(...gatewayRoutes)) yield* checkGranted(stack, route, backend);
  }
  if (route.is(...gatewayRoutes)) yield* checkParents(stack, route);
  yield* checkSubsets(stack, route);
  if (route.is(types.virtualService)) yield* checkShortHosts(stack, route, destinationsOf(route));
}

function backendsOf(stack: Stack, route: Resource): readonly Backend[] {
  const namespace = namespaceOf(route);
  if (route.is(types.virtualService)) return destinationsOf(route).flatMap((to) => hostOf(stack, to, namespace));
  if (route.is(types.targetGroupBinding)) {
    const service = route.at("spec", "serviceRef");
    return [{ namespace, name: service.at("name").textOrEmpty(), field: service.at("name"), port: service.at("port") }];
  }
  return route.is(types.ingress) ? ofIngress(route, namespace) : ofGatewayRoute(route, namespace);
}

/** Every destination of a VirtualService's rules, mirrors included; what has no host leads nowhere. */
function destinationsOf(route: Resource): readonly Field[] {
  return ["http", "tls", "tcp"]
    .flatMap((key) => route.at("spec", key).list())
    .flatMap((entry) => [
      ...entry
        .at("route")
        .list()
        .map((one) => one.at("destination")),
      ...entry
        .at("mirrors")
        .list()
        .map((one) => one.at("destination")),
      entry.at("mirror"),
    ]);
}

/** The Service of a host; none for names outside of the cluster. */
function hostOf(stack: Stack, to: Field, namespace: string): readonly Backend[] {
  const field = to.at("host");
  const host = field.textOrEmpty();
  if (entries(stack).has(host)) return [];
  const match = /^(?<name>[a-z0-9-]+)(\.(?<space>[a-z0-9-]+)(\.svc(\.cluster\.local)?)?)?$/.exec(host)?.groups;
  if (match === undefined) return [];
  return [{ namespace: match["space"] ?? namespace, name: match["name"] ?? "", field, port: to.at("port", "number") }];
}

/** Hosts that ServiceEntries declare. */
const entries = perStack(
  (stack) =>
    new Set(stack.of(types.serviceEntry).flatMap((entry) => valueOr(() => entry.at("spec", "hosts").texts(), []))),
);

function ofGatewayRoute(route: Resource, namespace: string): readonly Backend[] {
  return route
    .at("spec", "rules")
    .list()
    .flatMap((rule) => [
      ...rule.at("backendRefs").list(),
      ...rule
        .at("filters")
        .list()
        .map((filter) => filter.at("requestMirror", "backendRef")),
    ])
    .filter((one) => (one.at("kind").text() ?? "Service") === "Service" && one.at("group").textOrEmpty() === "")
    .map((one) => ({
      namespace: one.at("namespace").text() ?? namespace,
      name: one.at("name").textOrEmpty(),
      field: one.at("name"),
      port: one.at("port"),
    }));
}

function ofIngress(ingress: Resource, namespace: string): readonly Backend[] {
  const paths = ingress
    .at("spec", "rules")
    .list()
    .flatMap((rule) => rule.at("http", "paths").list());
  return (
    [ingress.at("spec", "defaultBackend"), ...paths.map((path) => path.at("backend"))]
      .map((backend) => backend.at("service"))
      // An action of the load balancer stands in place of a Service (AWS Load Balancer Controller, annotations, actions).
      .filter((service) => service.at("port", "name").text() !== "use-annotation")
      .map((service) => {
        const byNumber = service.at("port", "number");
        const port = byNumber.isSet() ? byNumber : service.at("port", "name");
        return { namespace, name: service.at("name").textOrEmpty(), field: service.at("name"), port };
      })
  );
}

const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;
const byName = perStack((stack) => {
  const found = new Map<string, Resource>();
  for (const service of stack.of(types.service)) {
    const key = valueOr(() => keyOf(namespaceOf(service), objectName(service)), undefined);
    if (key !== undefined) found.set(key, service);
  }
  return found;
});

/** The Service is there, and has the port. */
export function* checkBackend(stack: Stack, route: Resource, backend: Backend): Iterable<Finding> {
  const { namespace, name, field, port, usual } = backend;
  yield* danglingReference(inventoryOf(stack), route, { type: types.service, namespace, name, field });
  const service = byName(stack).get(keyOf(namespace, name));
  const expected = port.text() ?? usual;
  if (service === undefined || expected === undefined) return;
  const ports = service.at("spec", "ports").list();
  if (ports.some((one) => [one.at("port").text(), one.at("name").text()].includes(expected))) return;
  yield violation(route, {
    at: port.path,
    got: "a port that the Service has not",
    expected: "one of the Service's own ports (its port, not its targetPort)",
    fix: portOf(ports, port),
  });
}

/** The Service's only port, as the route writes it; of several a person chooses. */
function portOf(ports: readonly Field[], port: Field): Finding["fix"] {
  const [only, other] = ports;
  const isName = port.path.endsWith(".name");
  const number = only?.at("port").number();
  const name = only?.at("name").text();
  const value = isName ? name : number;
  if (other !== undefined || value === undefined || named(String(value)) !== String(value))
    return "take the port from the Service";
  return fix`${set(port, value)}, the port of the Service`;
}

/** Subsets by the host that destination rules in sight give. */
function* checkSubsets(stack: Stack, route: Resource): Iterable<Finding> {
  const namespace = namespaceOf(route);
  for (const to of destinationsOf(route)) {
    const field = to.at("subset");
    const subset = field.text();
    const [backend] = hostOf(stack, to, namespace);
    if (subset === undefined || backend === undefined) continue;
    const key = keyOf(backend.namespace, backend.name);
    const known = subsets(stack).get(key);
    if (known === undefined || known.has(subset)) continue;
    yield violation(route, {
      at: field.path,
      got: "a subset that no DestinationRule of the host has",
      expected: "a subset of the host",
      fix: "name a subset of the DestinationRule, or declare it there",
    });
  }
}

const subsets = perStack((stack) => {
  const found = new Map<string, Set<string>>();
  for (const rule of stack.of(types.destinationRule))
    for (const [key, name] of valueOr(() => subsetsOf(stack, rule), [])) {
      const same = found.get(key) ?? new Set();
      found.set(key, name === "" ? same : same.add(name));
    }
  return found;
});

function subsetsOf(stack: Stack, rule: Resource): readonly (readonly [string, string])[] {
  return hostOf(stack, rule.at("spec"), namespaceOf(rule)).flatMap(({ namespace, name }) =>
    ["", ...subsetNames(rule)].map((subset) => [keyOf(namespace, name), subset] as const),
  );
}

/** Reads whatever decides which subsets and hosts a destination rule or a service entry gives.
 * @throws UnknownRead @throws MalformedRead */
export function readHosts(resource: Resource): unknown {
  if (resource.is(types.serviceEntry)) return resource.at("spec", "hosts").texts();
  return [namespaceOf(resource), resource.at("spec", "host").text(), subsetNames(resource)];
}

function subsetNames(rule: Resource): readonly string[] {
  return rule
    .at("spec", "subsets")
    .list()
    .map((subset) => subset.at("name").textOrEmpty());
}

/** Rule routes-own-hosts. */
import type { Field } from "../kit/reading/field";
import { type Finding, nameOr, violation } from "../kit/finding/finding";
import { namespaceOf, addOnNamespaces } from "../kit/kubernetes/kubernetes";
import { drop, fix, named, type Remedy, remove, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { resourceRule } from "../kit/rule/rule";
import { rows, text, texts } from "../kit/rule/settings";
import { types } from "../kit/reading/types";

/** A host name with the namespace that owns it. */
type OwnedHost = Readonly<Record<"namespace" | "host", string>>;

/**
 * Istio's reserved gateway name for all sidecars, and the default of `gateways`. This platform has no sidecars
 * (gateway-only-mesh).
 */
const MESH = "mesh";

/** What may follow a Service's name in a destination, besides its namespace. */
const serviceSuffixes = ["", "svc", "svc.cluster.local"];

/** A route of an application has only its own host names and its own Services. */
export const routesOwnHosts = resourceRule({
  id: "routes-own-hosts",
  group: "security",
  level: "mandatory",
  forbids:
    "A VirtualService for another's host name, for a wildcard, or to another namespace's Service; a ServiceEntry for another's host.",
  prevents: "One application takes another's requests, or opens Prometheus, Alertmanager or Argo CD to the internet.",
  source:
    "Istio 1.30.3, pilot/pkg/networking/core/gateway.go: a route is bound by the Gateway's hosts alone; VirtualService, gateways: the word mesh stands for all sidecars",
  settings: {
    hosts: rows(
      ["namespace", "host"],
      "Host names that the gateway takes, each with its namespace; none: <namespace>.…",
    ),
    gateway: text("istio-ingress/public", "The one gateway, as a VirtualService names it."),
    platformNamespaces: texts(addOnNamespaces, "Namespaces of add-ons, whose routes are the program's own.", "any"),
  },
  resourceTypes: [types.virtualService, types.serviceEntry],
  limits:
    "The name of the namespace is the application's; that it may deploy there is the AppProject's business. The name of an own Service passes for the mesh, where it takes nothing from anybody.",
  examples: {
    bad: "spec: { hosts: ['*.example.com'], http: [{ route: [{ destination: { host: prometheus.monitoring } }] }] }",
    good: "spec: { hosts: [shop.example.com], gateways: [istio-ingress/public], http: [{ route: [{ destination: { host: shop } }] }] }",
  },
  *check(route, { hosts, gateway, platformNamespaces: platform }) {
    const namespace = namespaceOf(route);
    if (platform.includes(namespace)) return;
    if (route.is(types.serviceEntry)) {
      yield* checkEntry(route, namespace, hosts);
      return;
    }
    yield* checkHosts(route, namespace, hosts);
    yield* checkGateways(route, namespace, gateway);
    for (const host of destinations(route)) yield* checkDestination(route, namespace, host);
  },
});

function* checkHosts(route: Resource, namespace: string, owned: readonly OwnedHost[]): Iterable<Finding> {
  const field = route.at("spec", "hosts");
  const inMesh = isForMesh(route.at("spec", "gateways").texts());
  const own = owned.filter((row) => row.namespace === namespace).map(({ host }) => host);
  const known = owned.length > 0;
  const expected = known
    ? own.join(" or ") || "none: its namespace has no host name"
    : "a host name below the application's";
  // A subdomain of the namespace's name is the example: the real host name is a setting of the environment.
  const example = own[0] ?? (known ? undefined : `${named(namespace)}.example.com`);
  const renamed = (location: Field, value: unknown): Remedy =>
    fix`${example === undefined ? drop(route) : set(location, value)}; another name is given to the application in the environment (gitOps.apex)`;
  if (field.list().length === 0) {
    yield violation(route, { at: field.path, got: "no host", expected, fix: renamed(field, [example]) });
  }
  for (const host of field.list()) {
    const name = host.textOrEmpty();
    const allowed = known ? own.includes(name) : name.startsWith(`${namespace}.`) && !name.includes("*");
    if (allowed || (inMesh && isOwnService(name, namespace))) continue;
    const got = name.includes("*") ? "a wildcard" : nameOr(name, "no host name");
    yield violation(route, { at: host.path, got, expected, fix: renamed(host, example) });
  }
}

/** Names of Services in the cluster. */
const inside = /^(?:[a-z0-9-]+|\*)\.(?<space>[a-z0-9-]+)\.svc(\.cluster\.local)?$/;

/** A ServiceEntry defines its hosts for every namespace in `exportTo`. The default is all namespaces. */
function* checkEntry(entry: Resource, namespace: string, owned: readonly OwnedHost[]): Iterable<Finding> {
  const exported = entry.at("spec", "exportTo").texts();
  if (exported.length > 0 && exported.every((space) => space === "." || space === namespace)) return;
  const all = entry.at("spec", "hosts").list();
  for (const field of all) {
    const host = field.textOrEmpty();
    const space = inside.exec(host)?.groups?.["space"];
    const others = owned.some((row) => row.host === host && row.namespace !== namespace);
    if (!others && host !== "*" && (space === undefined || space === namespace)) continue;
    yield violation(entry, {
      at: field.path,
      got: host === "*" ? "every host" : `${nameOr(host, "a host")}, which belongs to another namespace`,
      expected: "hosts outside of the cluster, or of its own namespace",
      fix: all.length === 1 ? drop(entry) : remove(field),
    });
  }
}

/** `mesh` besides the gateway exposes nothing more. `mesh` alone applies only to sidecars, and no pod has one. */
function* checkGateways(route: Resource, namespace: string, gateway: string): Iterable<Finding> {
  const field = route.at("spec", "gateways");
  const stated = field.texts();
  const hasOthers = stated.some((each) => each !== gateway && each !== MESH);
  if (stated.includes(gateway) && !hasOthers) return;
  const missing = `${stated.length === 0 ? "no gateway" : "mesh alone"}, which means sidecars only`;
  // The gateway has no Service host names, so the route keeps `mesh` for them.
  const stays =
    isForMesh(stated) &&
    route
      .at("spec", "hosts")
      .texts()
      .some((host) => isOwnService(host, namespace));
  yield violation(route, {
    at: field.path,
    got: hasOthers ? "another gateway" : missing,
    expected: gateway,
    fix: set(field, stays ? [gateway, MESH] : [gateway]),
  });
}

/** Whether the route applies to `mesh`: listed, or no gateways are listed. */
function isForMesh(gateways: readonly string[]): boolean {
  return gateways.length === 0 || gateways.includes(MESH);
}

/** Every field of a VirtualService that references a Service or another VirtualService. */
function destinations(route: Resource): readonly Field[] {
  const http = route.at("spec", "http").list();
  const weighted = ["http", "tcp", "tls"].flatMap((kind) =>
    route
      .at("spec", kind)
      .list()
      .flatMap((rule) => rule.at("route").list()),
  );
  return [
    ...weighted.map((each) => each.at("destination", "host")),
    ...http.map((rule) => rule.at("mirror", "host")),
    ...http.flatMap((rule) => rule.at("mirrors").list()).map((each) => each.at("destination", "host")),
    ...http.map((rule) => rule.at("delegate", "namespace")),
  ].filter((field) => field.isSet());
}

/** Whether the host is a Service of the namespace, by any of its names. */
function isOwnService(host: string, namespace: string): boolean {
  const [name, owner, ...rest] = host.split(".");
  if (name === "" || name === "*") return false;
  return (owner === undefined || owner === namespace) && serviceSuffixes.includes(rest.join("."));
}

function* checkDestination(route: Resource, namespace: string, field: Field): Iterable<Finding> {
  const name = field.textOrEmpty();
  if (field.path.endsWith("namespace") ? name === namespace : isOwnService(name, namespace)) return;
  const expected = "a Service of its own namespace";
  yield violation(route, {
    at: field.path,
    got: nameOr(name, "no name of a Service"),
    expected,
    fix: "route to the application's own Service",
  });
}

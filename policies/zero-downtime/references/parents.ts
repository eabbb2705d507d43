/** Whether a route of the Gateway API is taken: by a listener of the Gateway that it names, and by the namespace that it leads to. */
import type { Field } from "../../kit/reading/field";
import { valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { declareObject, named, remove, set, together } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { inventoryOf } from "../../kit/kubernetes/inventory";
import { manifestKind, types } from "../../kit/reading/types";

/** Reads whatever decides which routes a Gateway takes, or who may lead to a namespace.
 * @throws UnknownRead @throws MalformedRead */
export function readTaken(resource: Resource): unknown {
  if (resource.is(types.referenceGrant)) return [namespaceOf(resource), peersOf(resource)];
  return [namespaceOf(resource), objectName(resource), listenersOf(resource).map(readListener)];
}

/** Gateways that can be read: an unknown one is a finding of its own, and accepts every route to it. */
const gateways = perStack((stack) =>
  stack.of(types.gatewayApiGateway).filter((one) => valueOr(() => readTaken(one) !== undefined, false)),
);

/** Parents in sight take the route. */
export function* checkParents(stack: Stack, route: Resource): Iterable<Finding> {
  const namespace = namespaceOf(route);
  for (const parent of route.at("spec", "parentRefs").list()) {
    if ((parent.at("kind").text() ?? "Gateway") !== "Gateway") continue;
    const space = parent.at("namespace").text() ?? namespace;
    const name = parent.at("name").text();
    const gateway = gateways(stack).find((one) => namespaceOf(one) === space && objectName(one) === name);
    if (gateway !== undefined) yield* checkParent(route, parent, gateway);
  }
}

function* checkParent(route: Resource, parent: Field, gateway: Resource): Iterable<Finding> {
  const listeners = listenersOf(gateway).filter((listener) => isNamed(parent, listener));
  const [first] = listeners;
  if (first === undefined) {
    const stated = [parent.at("sectionName"), parent.at("port")].filter((field) => field.isSet());
    yield violation(route, {
      at: stated[0]?.path ?? parent.path,
      got: "a listener that the Gateway does not have",
      expected: "one of its listeners: no listener takes the route otherwise",
      fix: together(stated.map((field) => remove(field))),
    });
    return;
  }
  const open = listeners.filter((listener) => lets(listener, namespaceOf(gateway), namespaceOf(route)));
  if (open.length === 0) {
    const from = first.at("allowedRoutes", "namespaces", "from");
    yield violation(route, {
      at: parent.path,
      got: "a Gateway whose listeners take routes of its own namespace only",
      expected: "a listener that takes routes of other namespaces",
      fix: set(from, "All", gateway),
    });
    return;
  }
  const hosts = route.at("spec", "hostnames");
  if (hosts.list().length === 0 || open.some((listener) => hosts.texts().some((host) => meets(listener, host)))) return;
  yield violation(route, {
    at: hosts.path,
    got: "hosts of which no listener takes one",
    expected: "a host below a listener's hostname: no listener takes the route otherwise",
    fix: "name a host that a listener takes, or give the Gateway a listener for these",
  });
}

function listenersOf(gateway: Resource): readonly Field[] {
  return gateway.at("spec", "listeners").list();
}

function readListener(listener: Field): unknown {
  return [
    listener.at("name").text(),
    listener.at("port").number(),
    listener.at("hostname").text(),
    listener.at("allowedRoutes", "namespaces", "from").text(),
  ];
}

function isNamed(parent: Field, listener: Field): boolean {
  const [section, port] = [parent.at("sectionName").text(), parent.at("port").number()];
  return (
    (section === undefined || section === listener.at("name").text()) &&
    (port === undefined || port === listener.at("port").number())
  );
}

/** A listener accepts routes of its own namespace by default; a namespace selector is not evaluated. */
function lets(listener: Field, own: string, other: string): boolean {
  return own === other || (listener.at("allowedRoutes", "namespaces", "from").text() ?? "Same") !== "Same";
}

/** Whether some name is taken by both; `*` stands for one label and more. Source: Gateway API, HTTPRouteSpec, hostnames. */
function meets(listener: Field, host: string): boolean {
  const own = listener.at("hostname").textOrEmpty();
  if (own === "" || own === host) return true;
  const covers = (wide: string, name: string): boolean => wide.startsWith("*.") && name.endsWith(wide.slice(1));
  return covers(own, host) || covers(host, own);
}

/** Who may lead to a namespace, and to what of it. */
interface Peers {
  readonly from: readonly (readonly [kind: string, namespace: string])[];
  readonly to: readonly (readonly [kind: string, name: string])[];
}

function peersOf(grant: Resource): Peers {
  const spec = grant.at("spec");
  const from = spec.at("from").list();
  const to = spec.at("to").list();
  return {
    from: from.map((one) => [one.at("kind").textOrEmpty(), one.at("namespace").textOrEmpty()]),
    to: to.map((one) => [one.at("kind").textOrEmpty(), one.at("name").textOrEmpty()]),
  };
}

/** A Service of another namespace, all of whose objects are in sight, lets the route in. */
export function* checkGranted(
  stack: Stack,
  route: Resource,
  backend: { readonly namespace: string; readonly name: string; readonly field: Field },
): Iterable<Finding> {
  const { namespace, name, field } = backend;
  const own = namespaceOf(route);
  if (namespace === own || !inventoryOf(stack).has(types.service, namespace, name)) return;
  const kind = manifestKind(route.type);
  const grants = (one: Resource): boolean => {
    const { from, to } = peersOf(one);
    return (
      namespaceOf(one) === namespace &&
      from.some(([caller, space]) => caller === kind && space === own) &&
      to.some(([what, called]) => what === "Service" && (called === "" || called === name))
    );
  };
  if (stack.of(types.referenceGrant).some((one) => valueOr(() => grants(one), false))) return;
  yield violation(route, {
    at: field.path,
    got: `a Service of the namespace ${nameOr(namespace, "that it names")}, without a grant for it: the gateway returns 500`,
    expected: "a ReferenceGrant beside the Service, or a route beside it",
    fix: declareObject("gateway.networking.k8s.io/v1beta1", "ReferenceGrant", {
      metadata: { name: `${named(own)}-${named(name)}`, namespace },
      spec: {
        from: [{ group: "gateway.networking.k8s.io", kind, namespace: named(own) }],
        to: [{ group: "", kind: "Service", name: named(name) }],
      },
    }),
  });
}

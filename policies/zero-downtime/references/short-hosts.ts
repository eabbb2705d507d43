/** Short host names of Istio: they mean the namespace of the object that states them, wherever the Service stands. */
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { example, set } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { inventoryOf } from "../../kit/kubernetes/inventory";
import { types } from "../../kit/reading/types";

/** Namespaces of the Services in sight, by the Services' name. */
const namespacesOf = perStack((stack) => {
  const found = new Map<string, Set<string>>();
  for (const service of stack.of(types.service)) {
    const own = valueOr(() => ({ name: objectName(service), namespace: namespaceOf(service) }), undefined);
    if (own !== undefined) found.set(own.name, (found.get(own.name) ?? new Set<string>()).add(own.namespace));
  }
  return found;
});

/** A route beside the gateway that names an application's Service as if it stood beside the gateway too. */
export function* checkShortHosts(stack: Stack, route: Resource, destinations: readonly Field[]): Iterable<Finding> {
  const own = namespaceOf(route);
  // Where the route's own namespace has Services in sight, a missing one is found by its name.
  if (inventoryOf(stack).hasAny(types.service, own)) return;
  for (const field of destinations.map((to) => to.at("host"))) {
    const host = field.textOrEmpty();
    const elsewhere = [...(namespacesOf(stack).get(host) ?? [])];
    const [namespace, other] = elsewhere;
    if (namespace === undefined || elsewhere.includes(own)) continue;
    const fullName = set(field, `${host}.${namespace}.svc.cluster.local`);
    yield violation(route, {
      at: field.path,
      got: `a name without its namespace, which means one of ${nameOr(own, "the route's own namespace")}`,
      expected: "the namespace of the Service behind its name",
      fix: other === undefined ? fullName : example(fullName, "the namespace that is meant"),
      // A Service of that name may stand there, out of sight.
      advisory: true,
    });
  }
}

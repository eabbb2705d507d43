/** A name that leads nowhere: what is reported of it, and the name that was meant. */
import { expect, it } from "vitest";
import { danglingReference, type Reference } from "../../../../policies/kit/kubernetes/dangling-references";
import { message } from "../../../../policies/kit/finding/finding";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { inventoryOf } from "../../../../policies/kit/kubernetes/inventory";
import { types } from "../../../../policies/kit/reading/types";

const object = (type: string, name: string, namespace: string, spec: object = {}): Resource =>
  new Resource({ type: `kubernetes:${type}`, name, props: { metadata: { name, namespace }, spec } });

/** Messages about a route that names one Service of a namespace with others of the given names. */
function messages(host: string, services: readonly string[], more: Partial<Reference> = {}): readonly string[] {
  const namespace = more.namespace ?? "shop";
  const route = object("networking.istio.io/v1:VirtualService", "route", namespace, { host });
  const [name = ""] = host.split(".");
  const inventory = inventoryOf(
    new Stack([
      route,
      object("apps/v1:Deployment", "web", namespace, { template: { spec: { containers: [] } } }),
      ...services.map((service) => object("core/v1:Service", service, namespace)),
    ]),
  );
  const reference = { type: types.service, namespace, name, field: route.at("spec", "host"), ...more };
  return [...danglingReference(inventory, route, reference)].map(message);
}
const declare = "correct the name, or declare the Service";
const reported = (name: string, fix: string): string =>
  'route (kubernetes:networking.istio.io/v1:VirtualService, namespace "shop"), spec.host: ' +
  `got a Service "${name}", which is not declared; expected a Service of the namespace "shop". Fix: ${fix}.`;

it("changes the name alone, and keeps what stands behind it", () => {
  expect(messages("shap.shop", ["shop"])).toEqual([reported("shap", "set spec.host to shop.shop")]);
});

it("takes the only name beside it for the one that is meant, and chooses none of several", () => {
  const beside = { beside: true };
  expect(messages("worker", ["api"], beside)).toEqual([reported("worker", "set spec.host to api")]);
  expect(messages("worker", ["api", "database"], beside)).toEqual([reported("worker", declare)]);
  expect(messages("worker", ["api"])).toEqual([reported("worker", declare)]);
});

it("proposes names alone that an object and a property can have", () => {
  for (const [host, service] of [
    ["shap", "Shop"],
    ["shap.x", "shop-"],
    ["shap.X", "shop"],
  ] as const)
    expect(messages(host, [service])).toEqual([reported("shap", declare)]);
});

it("shows no text that is not the name of an object or of a namespace", () => {
  expect(messages("$shop", ["other"], { namespace: "$shop" })).toEqual([
    "route (kubernetes:networking.istio.io/v1:VirtualService), spec.host: got a Service of a name that it cannot have, " +
      `which is not declared; expected a Service of the namespace that it names. Fix: ${declare}.`,
  ]);
});

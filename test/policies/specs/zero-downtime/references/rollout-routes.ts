/** Cases of references-resolve: routes that a Rollout steers. */
import { but } from "../../../support/fixtures";
import { given, object, type Spec, UNKNOWN } from "../../../support/spec";

const metadata = (name: string) => ({ metadata: { name, namespace: "shop" } });
/** What the controller reads of a Rollout to find its routes. */
const rollout = object("argoproj.io/v1alpha1:Rollout", "shop", {
  ...metadata("shop"),
  spec: {
    selector: { matchLabels: { app: "shop" } },
    template: { metadata: { labels: { app: "shop" } } },
    strategy: { canary: { canaryService: "shop-canary", stableService: "shop" } },
  },
});
const to = (host: string, weight?: number, more: object = {}) => ({
  destination: { host, ...more },
  ...(weight === undefined ? {} : { weight }),
});
const both = [to("shop", 100), to("shop-canary", 0)];
const virtual = (...http: readonly object[]) =>
  object("networking.istio.io/v1:VirtualService", "shop", { ...metadata("shop"), spec: { http } });
const routing = "spec.strategy.canary.trafficRouting";
const steering = (virtualService: object, more: object = {}) =>
  but(rollout, { [`${routing}.istio`]: { virtualService: { name: "shop", ...virtualService }, ...more } });
const subsets = { destinationRule: { name: "shop", canarySubsetName: "canary", stableSubsetName: "stable" } };
const rule = object("networking.istio.io/v1:DestinationRule", "shop", {
  ...metadata("shop"),
  spec: { host: "shop", subsets: [{ name: "stable" }, { name: "canary" }] },
});

/** Cases of references-resolve: routes that a Rollout steers. */
export const steeredCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a route's name that a preview hides, and no Rollout": given(virtual({ name: UNKNOWN, route: both })),
    "the only route of a VirtualService": given(steering({}), virtual({ route: both })),
    "a route by its name, beside others": given(
      steering({ routes: ["primary"] }),
      virtual(
        { name: "static", match: [{ uri: { prefix: "/static" } }], route: [to("shop")] },
        { name: "primary", route: both },
      ),
    ),
    "a route beside those that the controller makes": given(
      but(steering({}), { [`${routing}.managedRoutes`]: [{ name: "beta" }] }),
      virtual(
        { name: "beta", match: [{ headers: { beta: { exact: "1" } } }], route: [to("shop-canary")] },
        { route: both },
      ),
    ),
    "names in full, and no weights": given(
      steering({}),
      virtual({ route: [to("shop.shop.svc.cluster.local"), to("shop-canary.shop")] }),
    ),
    "versions by subsets": given(
      steering({}, subsets),
      virtual({ route: [to("shop", 100, { subset: "stable" }), to("shop", 0, { subset: "canary" })] }),
      rule,
    ),
    "routes of another protocol alone": given(
      steering({ routes: ["primary"] }),
      but(virtual(), { "spec.http": undefined, "spec.tls": [{ route: both }] }),
    ),
    "a VirtualService of another namespace": given(
      steering({ name: "shop.elsewhere" }),
      virtual({ route: [to("shop")] }),
    ),
  },
  bad: {
    "a route's name that a preview hides": given(rollout, virtual({ name: UNKNOWN, route: both })),
    "a route without the canary": given(
      steering({ routes: ["primary"] }),
      virtual({ name: "primary", route: [to("shop", 100)] }),
    ),
    "a route without either version": given(steering({}), virtual({ route: [to("cart")] })),
    "a route without the canary's subset": given(
      steering({}, subsets),
      virtual({ route: [to("shop", 100, { subset: "stable" })] }),
      rule,
    ),
    "a route of another name": given(
      steering({ routes: ["primary"] }),
      virtual({ name: "main", route: both }, { name: "static", route: [to("shop")] }),
    ),
    "a name among routes without one": given(steering({ routes: ["primary"] }), virtual({ route: both })),
    "two routes and no name": given(
      steering({}),
      virtual({ name: "a", match: [{ uri: { prefix: "/a" } }], route: both }, { name: "b", route: both }),
    ),
    "two routes, one of them for both versions": given(
      steering({}),
      virtual({ name: "a", match: [{ uri: { prefix: "/a" } }], route: [to("shop")] }, { name: "b", route: both }),
    ),
    "one of several VirtualServices": given(
      but(rollout, { [`${routing}.istio`]: { virtualServices: [{ name: "shop.shop", routes: ["other"] }] } }),
      virtual({ name: "primary", route: both }),
    ),
    "half for the canary": given(
      steering({ routes: ["primary"] }),
      virtual({ name: "primary", route: [to("shop", 50), to("shop-canary", 50)] }),
    ),
  },
};

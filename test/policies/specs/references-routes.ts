/** Cases of references-resolve: what routes and Rollouts name. */
import { but, deployment, namespace, rollout } from "../support/fixtures";
import { given, object, type Spec } from "../support/spec";

const metadata = (name: string) => ({ metadata: { name, namespace: "shop" } });
const service = (name: string) =>
  object("core/v1:Service", name, {
    ...metadata(name),
    spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
  });
const virtual = (destination: object, more: object = {}) =>
  object("networking.istio.io/v1:VirtualService", "shop", {
    ...metadata("shop"),
    spec: { http: [{ route: [{ destination }], ...more }] },
  });
const rule = object("networking.istio.io/v1:DestinationRule", "shop", {
  ...metadata("shop"),
  spec: { host: "shop.shop.svc.cluster.local", subsets: [{ name: "stable" }] },
});
const entry = object("networking.istio.io/v1:ServiceEntry", "bank", { ...metadata("bank"), spec: { hosts: ["bank"] } });
const gatewayRoute = (kind: string, rules: object) =>
  object(`gateway.networking.k8s.io/v1:${kind}`, "shop", { ...metadata("shop"), spec: { rules: [rules] } });
const ingress = (backend: object) =>
  object("networking.k8s.io/v1:Ingress", "shop", {
    ...metadata("shop"),
    spec: { rules: [{ http: { paths: [{ path: "/", backend: { service: backend } }] } }] },
  });
const binding = object("elbv2.k8s.aws/v1beta1:TargetGroupBinding", "shop", {
  ...metadata("shop"),
  spec: { serviceRef: { name: "none", port: 80 } },
});
const canary = "spec.strategy.canary";
const routed = but(rollout, {
  [`${canary}.stableService`]: "shop",
  [`${canary}.canaryService`]: "shop-canary",
  [`${canary}.trafficRouting.istio`]: { virtualService: { name: "shop" }, destinationRule: { name: "shop" } },
});
const around = [namespace, service("shop"), service("shop-canary"), virtual({ host: "shop" }), rule];

/** Cases of references-resolve: what routes and Rollouts name. */
export const routeCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "routes to Services of the namespace": given(
      namespace,
      deployment,
      service("shop"),
      rule,
      virtual({ host: "shop", port: { number: 80 }, subset: "stable" }, { mirror: { host: "shop.shop" } }),
      gatewayRoute("HTTPRoute", { backendRefs: [{ name: "shop", port: 80 }] }),
      ingress({ name: "shop", port: { name: "http" } }),
    ),
    "a Service of a namespace that is out of sight": given(
      deployment,
      service("shop"),
      virtual({ host: "cart.cart.svc.cluster.local" }),
      gatewayRoute("GRPCRoute", { backendRefs: [{ name: "cart", namespace: "cart" }] }),
    ),
    "Services of another folder": given(deployment, virtual({ host: "none" })),
    "names outside of the cluster": given(
      deployment,
      service("shop"),
      entry,
      virtual({ host: "bank" }),
      virtual({ host: "api.bank.example.com" }),
    ),
    "a backend that is no Service": given(
      deployment,
      service("shop"),
      gatewayRoute("HTTPRoute", {
        backendRefs: [{ kind: "ServiceImport", group: "multicluster.x-k8s.io", name: "x" }],
      }),
    ),
    "an action of the load balancer": given(
      deployment,
      service("shop"),
      ingress({ name: "redirect", port: { name: "use-annotation" } }),
    ),
    "a subset of a host whose rules are out of sight": given(
      deployment,
      service("shop"),
      virtual({ host: "shop", subset: "canary" }),
    ),
    "a Rollout with all that it names": given(routed, ...around),
    "a Rollout whose route stands in a namespace out of sight": given(
      but(routed, { [`${canary}.trafficRouting.istio.virtualService.name`]: "web.istio-ingress" }),
      ...around,
    ),
    "a Rollout alone": given(routed),
  },
  bad: {
    "a VirtualService's host": given(deployment, service("shop"), virtual({ host: "none" })),
    "a host in full": given(deployment, service("shop"), virtual({ host: "none.shop.svc.cluster.local" })),
    "a mirror": given(deployment, service("shop"), virtual({ host: "shop" }, { mirror: { host: "none" } })),
    "one of several mirrors": given(
      deployment,
      service("shop"),
      virtual({ host: "shop" }, { mirrors: [{ destination: { host: "none" } }] }),
    ),
    "a port that the Service has not": given(
      deployment,
      service("shop"),
      virtual({ host: "shop", port: { number: 8080 } }),
    ),
    "a subset that no rule of the host has": given(
      deployment,
      service("shop"),
      rule,
      virtual({ host: "shop", subset: "canary" }),
    ),
    "an HTTPRoute's backend": given(
      deployment,
      service("shop"),
      gatewayRoute("HTTPRoute", { backendRefs: [{ name: "none", port: 80 }] }),
    ),
    "an HTTPRoute's mirror": given(
      deployment,
      service("shop"),
      gatewayRoute("HTTPRoute", { filters: [{ requestMirror: { backendRef: { name: "none" } } }] }),
    ),
    "a GRPCRoute's port": given(
      deployment,
      service("shop"),
      gatewayRoute("GRPCRoute", { backendRefs: [{ name: "shop", port: 9090 }] }),
    ),
    "an Ingress's backend": given(deployment, service("shop"), ingress({ name: "none", port: { number: 80 } })),
    "an Ingress's default backend": given(
      deployment,
      service("shop"),
      but(ingress({ name: "shop" }), { "spec.defaultBackend": { service: { name: "none" } } }),
    ),
    "an Ingress's port": given(deployment, service("shop"), ingress({ name: "shop", port: { number: 8080 } })),
    "a target group's Service": given(deployment, service("shop"), binding),
    "a Rollout's Services": given(but(routed, { [`${canary}.canaryService`]: "none" }), ...around),
    "a Rollout's Services of blue and green": given(
      but(rollout, { "spec.strategy": { blueGreen: { activeService: "none", previewService: "shop" } } }),
      ...around,
    ),
    "a Rollout's VirtualService, by its namespace": given(
      but(routed, { [`${canary}.trafficRouting.istio.virtualService.name`]: "none.shop" }),
      ...around,
    ),
    "one of a Rollout's VirtualServices, and its rule": given(
      but(routed, {
        [`${canary}.trafficRouting.istio`]: { virtualServices: [{ name: "none" }], destinationRule: { name: "none" } },
      }),
      ...around,
    ),
    "a Rollout's Ingress": given(
      but(routed, { [`${canary}.trafficRouting`]: { alb: { ingress: "none", rootService: "none" } } }),
      ...around,
    ),
    "a Rollout's Ingresses": given(
      but(routed, { [`${canary}.trafficRouting`]: { nginx: { stableIngress: "none", stableIngresses: ["other"] } } }),
      ...around,
    ),
  },
};

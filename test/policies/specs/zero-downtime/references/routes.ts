/** Cases of references-resolve: what routes and Rollouts name. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { but, deployment, namespace, rollout } from "../../../support/fixtures";
import { given, object, type Spec } from "../../../support/spec";
import { shortCases } from "./short-hosts";

const [UNKNOWN] = unknownSentinels;
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
    ...shortCases.good,
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
    "a wildcard, and a name that begins like one of the cluster's": given(
      deployment,
      service("shop"),
      virtual({ host: "*.none" }),
      virtual({ host: "none.shop.example.com", subset: "any" }),
    ),
    "a backend of another kind, and one of another group": given(
      deployment,
      service("shop"),
      gatewayRoute("HTTPRoute", { backendRefs: [{ kind: "ServiceImport", name: "x" }] }),
      gatewayRoute("HTTPRoute", { backendRefs: [{ group: "multicluster.x-k8s.io", name: "x" }] }),
    ),
    "one of several ports": given(
      deployment,
      but(service("shop"), {
        "spec.ports": [
          { name: "http", port: 80, targetPort: 8080 },
          { name: "admin", port: 9090, targetPort: 8080 },
        ],
      }),
      virtual({ host: "shop", port: { number: 9090 } }),
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
    ...shortCases.bad,
    "a VirtualService's host": given(deployment, service("shop"), virtual({ host: "none" })),
    "a host in full": given(deployment, service("shop"), virtual({ host: "none.shop.svc.cluster.local" })),
    "a mirror": given(deployment, service("shop"), virtual({ host: "shop" }, { mirror: { host: "none" } })),
    "one of several mirrors": given(
      deployment,
      service("shop"),
      virtual({ host: "shop" }, { mirrors: [{ destination: { host: "none" } }] }),
    ),
    "destinations of TLS and of TCP": given(
      deployment,
      service("shop"),
      but(virtual({ host: "shop" }), {
        "spec.tls": [{ route: [{ destination: { host: "none.shop" } }] }],
        "spec.tcp": [{ route: [{ destination: { host: "nobody.shop.svc" } }] }],
      }),
    ),
    "a port that another Service has": given(
      deployment,
      service("shop"),
      but(service("admin"), { "spec.ports.0.port": 9090 }),
      virtual({ host: "shop", port: { number: 9090 } }),
    ),
    "a subset of a rule that has none": given(
      deployment,
      service("shop"),
      but(rule, { "spec.subsets": undefined }),
      virtual({ host: "shop", subset: "stable" }),
    ),
    "hosts that a preview hides": given(
      but(entry, { "spec.hosts": UNKNOWN }),
      but(rule, { "spec.host": UNKNOWN }),
      but(rule, { "spec.subsets.0.name": UNKNOWN }),
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
    "an Ingress's port by name": given(deployment, service("shop"), ingress({ name: "shop", port: { name: "https" } })),
    "a target group's Service": given(deployment, service("shop"), binding),
    "a target group's port": given(
      deployment,
      service("shop"),
      but(binding, { "spec.serviceRef": { name: "shop", port: 8080 } }),
    ),
    "a Rollout's Services": given(but(routed, { [`${canary}.canaryService`]: "none" }), ...around),
    "a Rollout's Services of blue and green": given(
      but(rollout, { "spec.strategy": { blueGreen: { activeService: "none", previewService: "shop" } } }),
      ...around,
    ),
    "every other Service of a Rollout": given(
      but(rollout, {
        "spec.strategy": {
          canary: { stableService: "stable.shop", pingPong: { pingService: "ping", pongService: "pong" } },
          blueGreen: { previewService: "preview" },
        },
      }),
      ...around,
      service("stable"),
    ),
    "a Rollout's VirtualService, by its name in full": given(
      but(routed, { [`${canary}.trafficRouting.istio.virtualService.name`]: "none.shop.svc.cluster.local" }),
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
      but(routed, {
        [`${canary}.trafficRouting`]: {
          nginx: { stableIngress: "none", stableIngresses: ["other"] },
          alb: { ingresses: ["more"] },
        },
      }),
      ...around,
    ),
  },
};

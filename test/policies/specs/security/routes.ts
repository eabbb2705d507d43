/** Cases of the rules about routes and the Services behind them. */
import { routesOwnHosts } from "../../../../policies/security/routes-own-hosts";
import { rolloutServicesKeepHash } from "../../../../policies/zero-downtime/rollout/rollout-services-keep-hash";
import { but, rollout } from "../../support/fixtures";
import { given, object, type Spec, under, UNKNOWN } from "../../support/spec";

const serverSide = { serverSideApply: true };
const to = (host: string) => ({ destination: { host } });
const route = object("networking.istio.io/v1:VirtualService", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: {
    hosts: ["shop.example.com"],
    gateways: ["istio-ingress/public"],
    http: [
      { match: [{ headers: { "x-preview": { exact: "true" } } }], route: [to("shop-canary")] },
      {
        name: "primary",
        route: [{ ...to("shop-stable.shop.svc.cluster.local"), weight: 100 }, to("shop-canary.shop")],
      },
    ],
  },
});
const owned = {
  hosts: [
    { namespace: "argocd", host: "argocd.example.com" },
    { namespace: "shop", host: "shop.example.com" },
    { namespace: "shop", host: "example.com" },
    { namespace: "cart", host: "cart.example.com" },
  ],
};
const entry = (names: readonly string[], more: object = {}) =>
  object("networking.istio.io/v1:ServiceEntry", "bank", {
    metadata: { name: "bank", namespace: "shop" },
    spec: { hosts: names, resolution: "DNS", ...more },
  });
const hosts = (...names: readonly unknown[]) => but(route, { "spec.hosts": names });
const first = (host: string) => but(route, { "spec.http.0.route": [to(host)] });

const service = (name: string, options?: string) =>
  object("core/v1:Service", name, {
    metadata: {
      name,
      namespace: "shop",
      ...(options !== undefined && { annotations: { "argocd.argoproj.io/sync-options": options } }),
    },
    spec: { selector: { app: "shop" }, ports: [{ port: 80 }] },
  });
const canary = but(rollout, {
  "spec.strategy.canary.canaryService": "shop-canary",
  "spec.strategy.canary.stableService": "shop-stable",
});
const clientSide = "ServerSideApply=false";

/** Cases of the rules about routes and the Services behind them. */
export const routeSpecs: readonly Spec[] = [
  {
    rule: routesOwnHosts,
    good: {
      "its own host and Services": given(route),
      "a host that the environment gives it": under(owned, hosts("shop.example.com", "example.com")),
      "a part of its own VirtualService": given(
        but(route, { "spec.http.0.delegate": { name: "rest", namespace: "shop" } }),
      ),
      "its own host for the gateway and the mesh, and its own Service for the mesh": under(
        owned,
        but(route, { "spec.gateways": ["mesh", "istio-ingress/public"] }),
        but(hosts("shop.example.com", "shop", "shop.shop", "shop.shop.svc", "shop.shop.svc.cluster.local"), {
          "spec.gateways": ["istio-ingress/public", "mesh"],
        }),
      ),
      "the platform's own": given(
        but(hosts("health.us-east-1.example.com"), { "metadata.namespace": "istio-ingress" }),
      ),
      "entries of the outside, of its own, and for itself alone": under(
        owned,
        entry(["api.bank.com", "*.bank.com", "shop.example.com", "shop.shop.svc.cluster.local"]),
        { ...entry(["cart.example.com"], { exportTo: ["."] }), name: "own" },
        { ...entry(["cart.cart.svc"], { exportTo: ["shop", "."] }), name: "named" },
        { ...but(entry(["*"]), { "metadata.namespace": "istio-system" }), name: "platform" },
      ),
    },
    bad: {
      "an entry for another's host": under(owned, entry(["cart.example.com", "api.bank.com"])),
      "an entry for another's Service": given(entry(["cart.cart.svc.cluster.local"])),
      "an entry for another's Services": given(entry(["*.cart.svc", "api.bank.com"])),
      "an entry for every host": given(entry(["*"], { exportTo: ["*"] })),
      "Argo CD's host": under(owned, hosts("argocd.example.com")),
      "another application's host": under(owned, hosts("shop.example.com", "cart.example.com")),
      "the host that Route 53 judges by": given(hosts("health.us-east-1.example.com")),
      "a wildcard": given(hosts("*.example.com")),
      "a wildcard below its own": under(owned, hosts("*.shop.example.com")),
      "a wildcard that begins with its own": given(hosts("shop.*")),
      "no host": given(hosts()),
      "a namespace that the environment does not know": under(owned, but(route, { "metadata.namespace": "stock" })),
      "a host that a preview hides": given(hosts(UNKNOWN)),
      "no gateway": given(but(route, { "spec.gateways": undefined })),
      "another gateway": given(but(route, { "spec.gateways": ["istio-ingress/public", "istio-ingress/inner"] })),
      "another gateway alone": given(but(route, { "spec.gateways": ["shop/own"] })),
      "its own Service, for the mesh alone": given(but(hosts("shop"), { "spec.gateways": ["mesh"] })),
      "its own Service, without a gateway": given(but(hosts("shop"), { "spec.gateways": undefined })),
      "its own Service, for the gateway": given(hosts("shop")),
      "another's Service, for the mesh": given(
        but(hosts("cart.cart"), { "spec.gateways": ["istio-ingress/public", "mesh"] }),
      ),
      "every host of the mesh": given(but(hosts("*"), { "spec.gateways": ["istio-ingress/public", "mesh"] })),
      Prometheus: given(first("kube-prometheus-stack-prometheus.monitoring.svc.cluster.local")),
      "Alertmanager, by its short name": given(first("kube-prometheus-stack-alertmanager.monitoring")),
      "a name outside of the cluster": given(first("shop.shop.example.com")),
      "a mirror": given(but(route, { "spec.http.0.mirror": { host: "cart.cart" } })),
      "one of several mirrors": given(but(route, { "spec.http.0.mirrors": [to("shop"), to("cart.cart.svc")] })),
      "another's VirtualService": given(but(route, { "spec.http.0.delegate": { name: "cart", namespace: "cart" } })),
      "a TCP route": given(but(route, { "spec.tcp": [{ route: [to("argocd-redis.argocd")] }] })),
      "a TLS route": given(but(route, { "spec.tls": [{ route: [to("argocd-server.argocd")] }] })),
    },
  },
  {
    rule: rolloutServicesKeepHash,
    good: {
      "applied on the client's side": under(
        serverSide,
        canary,
        service("shop-canary", clientSide),
        service("shop-stable", `Prune=false, ${clientSide}`),
      ),
      "a folder of which nobody says how it is applied": given(canary, service("shop-canary")),
      "a Service that no Rollout names": under(serverSide, canary, service("shop-admin")),
      "the Service before both versions, whose selector is nobody's": under(
        serverSide,
        but(canary, { "spec.strategy.canary.trafficRouting": { alb: { ingress: "shop", rootService: "shop-root" } } }),
        service("shop-root"),
      ),
      "one of another namespace": under(
        serverSide,
        canary,
        but(service("shop-canary"), { "metadata.namespace": "other" }),
      ),
    },
    bad: {
      "no annotation": under(serverSide, canary, service("shop-canary"), service("shop-stable", clientSide)),
      "other options": under(serverSide, canary, service("shop-stable", "Prune=false")),
      "on the server's side": under(serverSide, canary, service("shop-stable", "ServerSideApply=true")),
      "one of two that take turns": under(
        serverSide,
        but(rollout, {
          "spec.strategy.canary.canaryService": undefined,
          "spec.strategy.canary.stableService": undefined,
          "spec.strategy.canary.pingPong": { pingService: "shop-ping", pongService: "shop-pong" },
        }),
        service("shop-ping"),
        service("shop-pong"),
      ),
      "beside a Rollout whose Services a preview hides": {
        ...under(
          serverSide,
          canary,
          {
            ...but(canary, { "metadata.name": "other", "spec.strategy.canary.canaryService": UNKNOWN }),
            name: "other",
          },
          service("shop-canary"),
        ),
        context: { preview: true },
      },
      "of blue and green": under(
        serverSide,
        but(rollout, { "spec.strategy": { blueGreen: { activeService: "active", previewService: "preview" } } }),
        service("active"),
        service("preview"),
      ),
    },
  },
];

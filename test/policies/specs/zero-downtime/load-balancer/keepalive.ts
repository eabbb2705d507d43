/** Cases of the rule about idle connections. */
import { keepaliveExceedsIdle } from "../../../../../policies/zero-downtime/load-balancer/keepalive-exceeds-idle";
import { balancer, but, container, deployment, gateway, gatewayPods } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, previewed, type Spec, UNKNOWN } from "../../../support/spec";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const destination = object("networking.istio.io/v1:DestinationRule", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { host: "shop", trafficPolicy: { connectionPool: { http: { idleTimeout: "30s" } } } },
});
const idling = (name: string, changes: Readonly<Record<string, unknown>>): Given => ({
  ...but(destination, changes),
  name,
});

const quiet = but(deployment, { "spec.template.metadata.annotations": undefined });
const at = { name: "shop", namespace: "shop" };
const service = object("core/v1:Service", "shop", {
  metadata: at,
  spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
});
const route = (host: string): Given =>
  object("networking.istio.io/v1:VirtualService", "shop", {
    metadata: at,
    spec: { http: [{ route: [{ destination: { host } }] }] },
  });
const httpRoute = object("gateway.networking.k8s.io/v1:HTTPRoute", "shop", {
  metadata: at,
  spec: { rules: [{ backendRefs: [{ name: "shop", port: 80 }] }] },
});
const ingress = object("networking.k8s.io/v1:Ingress", "shop", {
  metadata: at,
  spec: { rules: [{ http: { paths: [{ backend: { service: { name: "shop", port: { number: 80 } } } }] } }] },
});

/** A second Service that leads to the same pods. */
const beside: Given = { ...but(service, { "metadata.name": "beside" }), name: "beside" };
const promising = (seconds: string): Given =>
  but(deployment, { "spec.template.metadata.annotations": { "fridayproof.dev/keep-alive-seconds": seconds } });
const started = (changes: Readonly<Record<string, unknown>>): Given =>
  but(deployment, Object.fromEntries(Object.entries(changes).map(([key, value]) => [`${first}.${key}`, value])));

const webhook = (name: string): Given =>
  object("admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration", "hooks", {
    webhooks: [{ name: "a.example.com", clientConfig: { service: { namespace: "shop", name } } }],
  });

/** Cases of the rule about idle connections. */
export const keepaliveSpecs: readonly Spec[] = [
  {
    rule: keepaliveExceedsIdle,
    good: {
      "each server outlives its client": given(deployment, destination, gateway, balancer),
      "an hour by default": given(gatewayPods),
      "a balancer that says nothing waits for a minute": given(gateway, but(balancer, { idleTimeout: undefined })),
      "another variable of the gateway's": given(
        but(gatewayPods, { [`${first}.env`]: [{ name: "ISTIO_META_OTHER", value: "5s" }] }),
      ),
      "the gateway's own namespace holds the rule": given(
        service,
        deployment,
        idling("shop", { "metadata.namespace": "istio-ingress", "spec.host": "shop.shop.svc.cluster.local" }),
      ),
      "a wildcard names the host": given(
        service,
        deployment,
        idling("shop", { "spec.host": "*.shop.svc.cluster.local" }),
      ),
      "no route leads to its Service, and it promises nothing": given(service, route("other"), quiet),
      "it speaks no HTTP": given(
        but(service, { "spec.ports": [{ name: "redis", port: 6379 }] }),
        but(quiet, { [`${first}.ports`]: [{ name: "redis", containerPort: 6379 }] }),
      ),
      "its server's own option says as much as it promises": given(
        but(deployment, { [`${first}.args`]: ["--keep-alive", "65"] }),
        destination,
      ),
      "the API server calls its Service": given(service, quiet, webhook("shop")),
      "the API server calls its Service as an API": given(
        service,
        quiet,
        object("apiregistration.k8s.io/v1:APIService", "v1.shop", {
          spec: { service: { namespace: "shop", name: "shop" } },
        }),
      ),
      "its Service is a load balancer of its own": given(but(service, { "spec.type": "LoadBalancer" }), quiet),
      "part of an add-on, wherever that is delivered": given(
        but(service, { "metadata.namespace": undefined }),
        but(quiet, { "metadata.namespace": undefined, "metadata.labels": { "app.kubernetes.io/part-of": "argocd" } }),
      ),
      "an exporter's port": given(
        but(service, { "spec.ports.0": { name: "http-exporter", port: 9101 } }),
        but(quiet, { [`${first}.ports`]: [{ name: "http-exporter", containerPort: 9101 }] }),
      ),
      "a subset that says nothing of its connections": given(
        deployment,
        idling("shop", { "spec.subsets": [{ name: "canary", trafficPolicy: { loadBalancer: { simple: "RANDOM" } } }] }),
      ),
      "a promise of what does not listen": given(but(promising("5"), { [`${first}.ports`]: undefined })),
      "nobody calls what does not listen": given(
        but(deployment, { [`${first}.ports`]: undefined, "spec.template.metadata.annotations": undefined }),
      ),
    },
    bad: {
      "part of an application": given(
        but(service, { "metadata.namespace": undefined }),
        but(quiet, { "metadata.namespace": undefined, "metadata.labels": { "app.kubernetes.io/part-of": "shop" } }),
      ),
      "the API server calls another Service": given(service, quiet, webhook("other")),
      "a route leads to its Service": given(service, route("shop"), quiet),
      "an HTTPRoute leads to its Service": given(service, httpRoute, quiet),
      "an Ingress leads to its Service": given(service, ingress, quiet),
      "a rule for another host": given(service, deployment, idling("shop", { "spec.host": "other" })),
      "a subset waits for an hour": given(
        deployment,
        idling("shop", {
          "spec.subsets": [{ name: "canary", trafficPolicy: { connectionPool: { http: { idleTimeout: "1h" } } } }],
        }),
      ),
      "a port's own pool that says nothing waits for an hour": given(
        deployment,
        idling("shop", { "spec.trafficPolicy.portLevelSettings": [{ port: { number: 80 }, connectionPool: {} }] }),
      ),
      "its server's own option says less than it promises": given(
        but(deployment, { [`${first}.args`]: ["--keep-alive=2"] }),
        destination,
      ),
      "an option with its number behind it": given(started({ args: ["--keep-alive", "2"] }), destination),
      "an option of the command, with two digits": given(
        started({ command: ["serve", "--keep-alive=20"] }),
        destination,
      ),
      "an option inside of a shell's text": given(
        started({ command: ["sh", "-c", "serve --keep-alive 2"] }),
        destination,
      ),
      "one of its Services is routed": given(beside, service, route("shop"), quiet),
      "no route, but a destination rule names its Service": given(service, route("other"), quiet, destination),
      "one of its Services is no load balancer": given(but(beside, { "spec.type": "LoadBalancer" }), service, quiet),
      "a Service whose name a preview hides beside another's route": previewed(
        but(service, { "metadata.name": UNKNOWN }),
        route("other"),
        quiet,
      ),
      "a Service whose type a preview hides": previewed(but(service, { "spec.type": UNKNOWN }), quiet),
      "a rule's host that a preview hides": previewed(service, deployment, idling("shop", { "spec.host": UNKNOWN })),
      "a gateway that keeps connections for as long as promised": given(
        promising("65"),
        idling("shop", { "spec.trafficPolicy.connectionPool.http.idleTimeout": "65s" }),
      ),
      "the balancer waits exactly an hour": given(gatewayPods, but(balancer, { idleTimeout: 3600 })),
      "one balancer waits longer than an hour, one is hidden and one says nothing": given(
        gatewayPods,
        but(balancer, { idleTimeout: 4000 }),
        { ...but(balancer, { idleTimeout: UNKNOWN }), name: "hidden" },
        { ...but(balancer, { idleTimeout: undefined }), name: "other" },
      ),
      "no promise": given(but(deployment, { "spec.template.metadata.annotations": undefined }), destination),
      "equal is too short": given(
        but(deployment, { "spec.template.metadata.annotations": { "fridayproof.dev/keep-alive-seconds": "30" } }),
        destination,
      ),
      "no destination rule means an hour": given(deployment),
      "the gateway gives up first": given(but(gateway, { "values.env": { ISTIO_META_IDLE_TIMEOUT: "60s" } }), balancer),
      "the balancer waits longer": given(
        but(gateway, { "values.env": { ISTIO_META_IDLE_TIMEOUT: "2m" } }),
        but(balancer, { idleTimeout: 120 }),
      ),
      "rendered gateway pods": given(
        but(gatewayPods, { [`${first}.env`]: [{ name: "ISTIO_META_IDLE_TIMEOUT", value: "30s" }] }),
      ),
      "one container of two listens": given(
        but(deployment, {
          "spec.template.metadata.annotations": undefined,
          [`${pod}.containers`]: [{ name: "helper" }, container],
        }),
        destination,
      ),
      "the longest of two destination rules counts": given(
        deployment,
        destination,
        idling("other", { "spec.trafficPolicy.connectionPool.http.idleTimeout": "70s" }),
      ),
      "a destination rule of another namespace": given(deployment, idling("other", { "metadata.namespace": "other" })),
      "an idle timeout that a preview hides": given(
        deployment,
        idling("shop", { "spec.trafficPolicy.connectionPool.http.idleTimeout": UNKNOWN }),
      ),
      "a destination rule of a namespace that a preview hides": given(
        deployment,
        idling("shop", { "metadata.namespace": UNKNOWN }),
      ),
      "a balancer's timeout that a preview hides": given(
        but(gateway, { "values.env": { ISTIO_META_IDLE_TIMEOUT: "60s" } }),
        but(balancer, { idleTimeout: UNKNOWN }),
      ),
      "the balancer waits longer than an hour": given(gatewayPods, but(balancer, { idleTimeout: 4000 })),
    },
  },
];

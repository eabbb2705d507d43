/** Cases of gateway-answers: destination rules, authorization and patches of Envoy. */
import { but, deployment } from "../../../support/fixtures";
import { given, object, type Spec, under, UNKNOWN } from "../../../support/spec";

type Cases = Pick<Spec, "good" | "bad">;

const metadata = { name: "shop", namespace: "shop" };
const rule = (trafficPolicy: object, more: object = {}) =>
  object("networking.istio.io/v1:DestinationRule", "shop", {
    metadata,
    spec: { host: "shop", trafficPolicy, ...more },
  });
const service = object("core/v1:Service", "shop", {
  metadata,
  spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: "http" }] },
});
const byNumber = but(service, { "spec.ports": [{ port: 8080 }] });
const probe = "spec.template.spec.containers.0";
const overTls = but(deployment, {
  [`${probe}.readinessProbe.httpGet.scheme`]: "HTTPS",
  [`${probe}.livenessProbe.httpGet.scheme`]: "HTTPS",
});
const elsewhere = but(deployment, {
  [`${probe}.readinessProbe`]: { httpGet: { path: "/ready", port: 9090 } },
  [`${probe}.livenessProbe`]: { tcpSocket: { port: "http" } },
});
const failover = {
  loadBalancer: { localityLbSetting: { enabled: true, failover: [{ from: "us-east-1", to: "us-west-2" }] } },
};
const priority = { loadBalancer: { localityLbSetting: { failoverPriority: ["topology.kubernetes.io/zone"] } } };
const simple = { tls: { mode: "SIMPLE" } };
const hiddenPort = but(service, { "spec.ports.0.port": UNKNOWN });
const subset = (trafficPolicy: object) => ({ subsets: [{ name: "stable", labels: { app: "shop" }, trafficPolicy }] });
/** One probe alone, so that one way of naming the port decides. */
const probed = (port: number | string) =>
  but(deployment, { [`${probe}.readinessProbe`]: undefined, [`${probe}.livenessProbe.httpGet.port`]: port });

/** Cases of calls by destination rules. */
export const callCases: Cases = {
  good: {
    "room for what is asked at once": given(
      rule({
        connectionPool: { tcp: { maxConnections: 100 }, http: { http1MaxPendingRequests: 0, http2MaxRequests: 1000 } },
      }),
    ),
    "little room, where the environment allows it": under(
      { atOnce: 1 },
      rule({ connectionPool: { tcp: { maxConnections: 1 } } }),
    ),
    "failover with detection": given(rule({ ...failover, outlierDetection: { consecutive5xxErrors: 5 } })),
    "failover that is off, and shares by zone": given(
      rule({ loadBalancer: { localityLbSetting: { enabled: false, failover: [{ from: "a", to: "b" }] } } }),
      rule({ loadBalancer: { localityLbSetting: { distribute: [{ from: "a/*", to: { "a/*": 80, "b/*": 20 } }] } } }),
    ),
    "TLS to a port that a probe asks over TLS": given(rule(simple), service, overTls),
    "TLS to another port than the probe's": given(rule(simple), service, elsewhere),
    "TLS to a Service that is not here": given(rule(simple, { host: "api.bank.example.com" }), service, deployment),
    "TLS to one port of several": given(
      rule({ portLevelSettings: [{ port: { number: 443 }, ...simple }] }),
      but(service, {
        "spec.ports": [
          { name: "http", port: 80, targetPort: "http" },
          { name: "https", port: 443, targetPort: 8443 },
        ],
      }),
      deployment,
    ),
    "a port that a preview hides, of a Service that is called without TLS": given(
      rule({ tls: { mode: "DISABLE" } }),
      hiddenPort,
      deployment,
    ),
    "no TLS": given(rule({ tls: { mode: "DISABLE" } }), service, deployment),
  },
  bad: {
    "a port that a preview hides, of a Service that one of two rules calls over TLS": given(
      rule({ tls: { mode: "DISABLE" } }, { host: "other" }),
      rule(simple),
      hiddenPort,
      deployment,
    ),
    "a port that a preview hides, of a Service that a subset calls over TLS": given(
      rule({}, subset({ portLevelSettings: [{ port: { number: 443 }, ...simple }] })),
      hiddenPort,
      deployment,
    ),
    "TLS that a preview hides": given(rule({ tls: UNKNOWN }), hiddenPort, deployment),
    "a scheme that a preview hides": given(
      rule(simple),
      service,
      but(deployment, { [`${probe}.readinessProbe.httpGet.scheme`]: UNKNOWN }),
    ),
    "labels that a preview hides": given(
      rule(simple),
      service,
      but(deployment, { "spec.template.metadata.labels": UNKNOWN }),
    ),
    "TLS to a port by its name, which a probe asks by its number": given(rule(simple), service, probed(8080)),
    "TLS to a port by its number, which a probe asks by its name": given(
      rule(simple),
      but(service, { "spec.ports.0.targetPort": 8080 }),
      probed("http"),
    ),
    "one connection": given(
      rule({
        connectionPool: { tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 1, http2MaxRequests: 5 } },
      }),
    ),
    "one connection to a port, and to a subset": given(
      rule(
        { portLevelSettings: [{ port: { number: 80 }, connectionPool: { tcp: { maxConnections: 1 } } }] },
        {
          subsets: [
            {
              name: "stable",
              labels: { app: "shop" },
              trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: 1 } } },
            },
          ],
        },
      ),
    ),
    "calls at the address that the gateway was called at": given(rule({ loadBalancer: { simple: "PASSTHROUGH" } })),
    "failover without detection": given(rule(failover)),
    "failover by labels without detection": given(rule(priority)),
    "TLS to a port that speaks plain HTTP": given(rule(simple), service, deployment),
    "TLS to a port by its number": given(
      rule({ tls: { mode: "MUTUAL", credentialName: "client" } }),
      byNumber,
      deployment,
    ),
    "TLS to one port that speaks plain HTTP": given(
      rule({ portLevelSettings: [{ port: { number: 80 }, ...simple }] }, { host: "shop.shop.svc.cluster.local" }),
      service,
      deployment,
    ),
  },
};

const policy = (namespace: string, spec: object, name = "policy") =>
  object("security.istio.io/v1:AuthorizationPolicy", name, { metadata: { name, namespace }, spec });
const everybody = {
  from: [{ source: { ipBlocks: ["10.0.0.0/8", "0.0.0.0/0"] } }],
  to: [{ operation: { paths: ["/*"] } }],
};

/** Cases of authorization at the gateway. */
export const authorizationCases: Cases = {
  good: {
    "a deny by default beside what is let in": given(
      policy("istio-system", {}),
      policy("istio-ingress", { rules: [{ to: [{ operation: { hosts: ["shop.example.com"] } }] }] }, "public"),
    ),
    "a deny of some": given(
      policy("istio-ingress", {
        action: "DENY",
        rules: [
          { to: [{ operation: { paths: ["/admin*"] } }] },
          { to: [{ operation: { methods: ["*"], notPaths: ["/public"] } }] },
          { from: [{ source: { remoteIpBlocks: ["203.0.113.0/24"] } }], to: [{ operation: { hosts: ["*"] } }] },
          { when: [{ key: "request.headers[x]", values: ["y"] }] },
        ],
      }),
    ),
    "a deny without rules, which refuses nobody": given(policy("istio-ingress", { action: "DENY" })),
    "policies of pods that are no gateway": given(
      policy("istio-system", { selector: { matchLabels: { app: "kiali" } } }),
      policy("istio-system", { action: "DENY", selector: { matchLabels: { app: "kiali" } }, rules: [{}] }, "deny"),
      policy("shop", {}, "nothing"),
    ),
    "what only looks": given(policy("istio-ingress", { action: "AUDIT", rules: [{}] })),
  },
  bad: {
    "nothing is allowed": given(policy("istio-ingress", {})),
    "nothing is allowed in the whole mesh": given(
      policy("istio-system", {}),
      policy("shop", { rules: [{}] }, "shop"),
      policy(
        "istio-ingress",
        { action: "DENY", rules: [{ from: [{ source: { ipBlocks: ["192.0.2.0/24"] } }] }] },
        "some",
      ),
    ),
    "nothing is allowed by labels": given(
      policy("istio-system", { action: "ALLOW", rules: [], selector: { matchLabels: { istio: "ingressgateway" } } }),
    ),
    "everybody is denied": given(policy("istio-ingress", { action: "DENY", rules: [{}] })),
    "everybody is denied by wildcards": given(policy("istio-ingress", { action: "DENY", rules: [everybody] })),
  },
};

const filter = (namespace: string, ...configPatches: readonly object[]) =>
  object("networking.istio.io/v1alpha3:EnvoyFilter", "patch", {
    metadata: { name: "patch", namespace },
    spec: { configPatches },
  });
const removal = (applyTo: string, match?: object) => ({
  applyTo,
  ...(match === undefined ? {} : { match }),
  patch: { operation: "REMOVE" },
});
const http = (name: string) => ({
  context: "GATEWAY",
  listener: { filterChain: { filter: { name: "envoy.filters.network.http_connection_manager", subFilter: { name } } } },
});

/** Cases of patches of Envoy. */
export const filterCases: Cases = {
  good: {
    "a filter more": given(
      filter("istio-ingress", {
        applyTo: "HTTP_FILTER",
        match: { context: "GATEWAY" },
        patch: { operation: "INSERT_FIRST", value: { name: "envoy.filters.http.lua" } },
      }),
    ),
    "one filter less": given(
      filter(
        "istio-system",
        removal("HTTP_FILTER", http("envoy.filters.http.fault")),
        removal("CLUSTER", { context: "GATEWAY", cluster: { service: "shop.shop.svc.cluster.local" } }),
        removal("HTTP_FILTER", { context: "SIDECAR_INBOUND" }),
      ),
    ),
    "patches where no gateway is": given(filter("shop", removal("HTTP_FILTER"))),
  },
  bad: {
    "every filter of the gateway": given(filter("istio-system", removal("HTTP_FILTER", { context: "GATEWAY" }))),
    "every filter everywhere": given(filter("istio-ingress", removal("NETWORK_FILTER"))),
    "the filter that routes": given(filter("istio-ingress", removal("HTTP_FILTER", http("envoy.filters.http.router")))),
    "every cluster": given(filter("istio-ingress", removal("CLUSTER", { context: "ANY" }))),
    "every route": given(
      filter("istio-ingress", removal("VIRTUAL_HOST", { context: "GATEWAY", proxy: { proxyVersion: "1.30" } })),
    ),
  },
};

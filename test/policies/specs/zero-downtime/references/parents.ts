/** Cases of references-resolve: which listeners take a route of the Gateway API, and which namespaces let it in. */
import { but, deployment, namespace } from "../../../support/fixtures";
import { given, object, previewed, type Spec, UNKNOWN } from "../../../support/spec";

const service = object("core/v1:Service", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: "http" }] },
});
const route = (spec: object, where = "shop", kind = "HTTPRoute") =>
  object(`gateway.networking.k8s.io/v1:${kind}`, "shop", {
    metadata: { name: "shop", namespace: where },
    spec: {
      parentRefs: [{ name: "public", namespace: "istio-ingress" }],
      rules: [{ backendRefs: [{ name: "shop", namespace: "shop", port: 80 }] }],
      ...spec,
    },
  });
const listener = (more: object = {}) => ({
  name: "https",
  port: 443,
  protocol: "HTTPS",
  hostname: "*.example.com",
  allowedRoutes: { namespaces: { from: "All" } },
  ...more,
});
const gateway = (...listeners: readonly object[]) =>
  object("gateway.networking.k8s.io/v1:Gateway", "public", {
    metadata: { name: "public", namespace: "istio-ingress" },
    spec: { gatewayClassName: "istio", listeners },
  });
const to = (parent: object) => ({ parentRefs: [{ name: "public", namespace: "istio-ingress", ...parent }] });
const grant = (from: object, ...targets: readonly object[]) =>
  object("gateway.networking.k8s.io/v1beta1:ReferenceGrant", "web", {
    metadata: { name: "web", namespace: "shop" },
    spec: {
      from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "web", ...from }],
      to: targets,
    },
  });
const around = [namespace, deployment, service] as const;
const far = route({}, "web");

/** Cases of routes of the Gateway API. */
export const parentCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a listener that a preview hides, and no route": previewed(...around, gateway(listener({ hostname: UNKNOWN }))),
    "routes that a listener takes": given(
      ...around,
      gateway(listener(), listener({ name: "http", port: 80, hostname: undefined })),
      route({ hostnames: ["shop.example.com"] }),
      { ...route({ hostnames: ["other.example.org"], ...to({ sectionName: "http", port: 80 }) }), name: "two" },
      { ...route({ hostnames: ["*.example.com", "other.example.org"], ...to({ port: 443 }) }), name: "three" },
      { ...route({ ...to({ sectionName: "https" }) }), name: "four" },
      { ...route({ parentRefs: [{ kind: "Service", name: "public" }, { name: "elsewhere" }] }), name: "five" },
    ),
    "a route of the Gateway's own namespace, and of those that a selector picks": given(
      ...around,
      gateway(listener({ allowedRoutes: undefined })),
      grant({ namespace: "istio-ingress" }, { group: "", kind: "Service" }),
      route({}, "istio-ingress"),
      { ...route({ parentRefs: [{ name: "own", namespace: "shop" }] }), name: "two" },
      {
        ...but(gateway(listener({ allowedRoutes: { namespaces: { from: "Selector" } } })), {
          "metadata.namespace": "shop",
          "metadata.name": "own",
        }),
        name: "own",
      },
    ),
    "a narrow listener and a wide route": given(
      ...around,
      gateway(listener({ hostname: "shop.example.com" })),
      route({ hostnames: ["*.example.com"] }),
    ),
    "a way that another namespace grants": given(
      ...around,
      grant({}, { group: "", kind: "Service", name: "shop" }),
      far,
    ),
    "a way to every Service of the namespace": given(...around, grant({}, { group: "", kind: "Service" }), far),
    "a Service out of sight": given(far),
  },
  bad: {
    "a listener that the Gateway does not have": given(
      ...around,
      gateway(listener()),
      route(to({ sectionName: "websecure" })),
    ),
    "a port of no listener, and a listener at another port": given(
      ...around,
      gateway(listener()),
      route(to({ port: 8443 })),
      { ...route(to({ sectionName: "https", port: 80 })), name: "two" },
    ),
    "a Gateway for its own namespace": given(
      ...around,
      gateway(listener({ allowedRoutes: { namespaces: { from: "Same" } } })),
      route({}),
    ),
    "a Gateway that does not say for whom": given(
      ...around,
      gateway(listener({ allowedRoutes: undefined })),
      route({}),
    ),
    "hosts of which no listener takes one": given(
      ...around,
      gateway(listener(), listener({ name: "other", hostname: "example.org" })),
      route({ hostnames: ["shop.example.org", "example.com"] }),
    ),
    "a Service of another namespace": given(...around, far),
    "a GRPCRoute to a Service of another namespace": given(
      ...around,
      grant({}, { group: "", kind: "Service" }),
      route({}, "web", "GRPCRoute"),
    ),
    "a way from another namespace": given(...around, grant({ namespace: "cart" }, { group: "", kind: "Service" }), far),
    "a way to another Service, and to Secrets": given(
      ...around,
      grant({}, { group: "", kind: "Service", name: "cart" }, { group: "", kind: "Secret" }),
      far,
    ),
    "a way from another namespace's own": given(
      ...around,
      but(grant({}, { group: "", kind: "Service" }), { "metadata.namespace": "web" }),
      far,
    ),
    "a way that a preview hides": previewed(...around, grant({}, UNKNOWN as never), far),
    "a listener that a preview hides": previewed(
      ...around,
      gateway(listener({ hostname: UNKNOWN })),
      route({ hostnames: ["shop.example.org"] }),
    ),
  },
};

/** Cases of gateway-answers: two objects for one host. */
import { but } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, type Spec } from "../../../support/spec";

const metadata = (name: string) => ({ name, namespace: "shop" });
/** As it stands in a file of the folder. */
const inFile = (one: Given, folder = "app"): Given => ({ ...one, urn: `${folder}/${one.name}.yaml#0` });

const called = (name: string, spec: object, host = "shop"): Given =>
  object("networking.istio.io/v1:DestinationRule", name, { metadata: metadata(name), spec: { host, ...spec } });
const policy = { trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } };
const subset = (name: string) => ({ name, labels: { version: name } });
const first = inFile(called("first", { ...policy, subsets: [subset("stable")] }));
const second = inFile(called("second", { ...policy, subsets: [subset("canary")] }));

const route = [{ destination: { host: "shop" } }];
const uri = (prefix: string, more: object = {}) => ({ match: [{ uri: { prefix }, ...more }], route });
const virtual = (name: string, spec: object, ...http: readonly object[]): Given =>
  inFile(
    object("networking.istio.io/v1:VirtualService", name, {
      metadata: metadata(name),
      spec: { hosts: ["shop.example.com"], gateways: ["istio-ingress/public"], http, ...spec },
    }),
  );
const pages = virtual("pages", {}, uri("/pages"), { route });
const inMesh = { hosts: ["shop"], gateways: undefined };
const full = "shop.shop.svc.cluster.local";
const gatewayRoute = (name: string, spec: object, ...rules: readonly object[]): Given =>
  inFile(
    object("gateway.networking.k8s.io/v1:HTTPRoute", name, {
      metadata: metadata(name),
      spec: { parentRefs: [{ name: "public" }], hostnames: ["shop.example.com"], rules, ...spec },
    }),
  );
const backendRefs = [{ name: "shop", port: 80 }];
const prefix = (value: string, more: object = {}) => ({ path: { type: "PathPrefix", value }, ...more });
const header = (name: string, value: string) => ({ name, value });
const api = gatewayRoute("api", {}, { matches: [prefix("/api")], backendRefs }, { backendRefs });

const grpcRoute = (name: string, method: object): Given => ({
  ...gatewayRoute(name, {}, { matches: [{ method }], backendRefs }),
  type: "kubernetes:gateway.networking.k8s.io/v1:GRPCRoute",
});
const ofProgram = (one: Given): Given => ({ ...one, urn: `urn:pulumi:dev::shop::${one.type}::${one.name}` });

/** Two DestinationRules, two VirtualServices, two HTTPRoutes. */
export const sameHostCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "one traffic policy and subsets of another rule": given(
      first,
      inFile(called("second", { subsets: [subset("canary")] })),
      inFile(called("other", policy, "other")),
    ),
    "rules of which one is for some pods, for one namespace, for another host of the name, or in another folder": given(
      first,
      inFile(called("chosen", { ...policy, workloadSelector: { matchLabels: { app: "web" } } })),
      inFile(called("own", { ...policy, exportTo: ["."] })),
      inFile(called("outside", policy, "shop.example.com")),
      inFile(but(called("elsewhere", policy), { "metadata.namespace": "pay" })),
      inFile(called("staging", policy), "staging"),
    ),
    "one object twice, which is a finding of another rule": given(
      first,
      { ...first, urn: "app/more.yaml#0" },
      pages,
      { ...pages, urn: "app/more.yaml#1" },
      api,
      { ...api, urn: "app/more.yaml#2" },
    ),
    "routes of a program, which may be for two clusters": given(
      ofProgram(virtual("blue", {}, { route })),
      ofProgram(virtual("green", {}, { route })),
      ofProgram(gatewayRoute("blue", {}, { backendRefs })),
      ofProgram(gatewayRoute("green", {}, { backendRefs })),
    ),
    "calls of other methods": given(
      gatewayRoute("get", {}, { matches: [{ method: "GET" }], backendRefs }),
      gatewayRoute("post", {}, { matches: [{ method: "POST" }], backendRefs }),
      grpcRoute("tills", { service: "Tills" }),
      grpcRoute("carts", { service: "Carts" }),
    ),
    "rules of a program, which may be for two clusters": given(called("blue", policy), called("green", policy)),
    "paths of one host in two VirtualServices": given(
      pages,
      virtual("api", {}, uri("/api")),
      virtual("tests", {}, uri("/pages", { headers: { "x-test": { exact: "yes" } } })),
    ),
    "the same paths of another host, of another gateway, or in another folder": given(
      pages,
      virtual("other", { hosts: ["pay.example.com"] }, { route }),
      virtual("inside", { gateways: ["internal"] }, { route }),
      { ...virtual("staging", {}, { route }), urn: "staging/shop.yaml#0" },
      ofProgram(virtual("program", {}, { route })),
    ),
    "one host of the mesh, for two namespaces of callers, and without rules of HTTP": given(
      virtual("first", inMesh, { route }),
      virtual("second", { ...inMesh, exportTo: ["pay"] }, { route }),
      virtual("plain", { ...inMesh, tcp: [{ route }] }),
    ),
    "other requests of one host in two HTTPRoutes": given(
      api,
      gatewayRoute(
        "tests",
        {},
        { matches: [prefix("/api", { headers: [header("x-test", "yes")] })], backendRefs },
        { matches: [{ path: { type: "Exact", value: "/" } }, { method: "POST" }], backendRefs },
      ),
    ),
    "the same requests of another host, listener or gateway": given(
      api,
      gatewayRoute("host", { hostnames: ["pay.example.com"] }, { backendRefs }),
      gatewayRoute("all", { hostnames: undefined }, { backendRefs }),
      gatewayRoute("listener", { parentRefs: [{ name: "public", sectionName: "http" }] }, { backendRefs }),
      gatewayRoute("port", { parentRefs: [{ name: "public", port: 80 }] }, { backendRefs }),
      gatewayRoute("gateway", { parentRefs: [{ name: "public", namespace: "edge" }] }, { backendRefs }),
      gatewayRoute("service", { parentRefs: [{ name: "public", kind: "Service" }] }, { backendRefs }),
      { ...gatewayRoute("staging", {}, { backendRefs }), urn: "staging/shop.yaml#0" },
      ofProgram(gatewayRoute("program", {}, { backendRefs })),
    ),
  },
  bad: {
    "two traffic policies for one Service": given(first, second, inFile(called("third", {}))),
    "one of two subsets of another rule": given(
      inFile(called("first", { subsets: [subset("stable"), subset("canary")] })),
      inFile(called("second", { subsets: [subset("canary")] })),
    ),
    "beside one whose name is no name": given(
      inFile(called("no name", policy)),
      second,
      virtual("no route", {}, { route }),
      virtual("shop", {}, { route }),
      gatewayRoute("no way", {}, { backendRefs }),
      gatewayRoute("shop", {}, { backendRefs }),
    ),
    "by its whole name": given(first, inFile(called("second", policy, "shop.shop.svc.cluster.local"))),
    "one subset twice": given(first, inFile(called("second", { subsets: [subset("canary"), subset("stable")] }))),
    "two traffic policies, visible to the same": given(
      inFile(called("first", { ...policy, exportTo: [".", "pay"] })),
      inFile(called("second", { ...policy, exportTo: ["pay", "."] })),
    ),
    "two VirtualServices for all of a host": given(
      virtual("first", {}, { route }),
      virtual("second", {}, uri("/", { name: "all" })),
      virtual("third", {}, uri("/cart")),
    ),
    "two VirtualServices for one path": given(pages, virtual("second", {}, uri("/cart"), uri("/pages"))),
    "one of several hosts": given(
      pages,
      virtual("second", { hosts: ["a.example.com", "shop.example.com"] }, { route }),
    ),
    "two of several hosts": given(
      virtual("first", { hosts: ["a.example.com", "b.example.com"] }, { route }),
      virtual("second", { hosts: ["a.example.com", "c.example.com", "b.example.com"] }, { route }),
    ),
    "each of several rules": given(pages, virtual("second", {}, uri("/pages"), { route })),
    "one of several gateways": given(
      virtual("first", { gateways: ["public"] }, { route }),
      virtual("second", { gateways: ["internal", "shop/public"] }, { route }),
    ),
    "two VirtualServices of the mesh": given(
      virtual("first", inMesh, { route }),
      virtual("second", { hosts: ["shop.shop.svc.cluster.local"], gateways: ["mesh"] }, uri("/cart")),
    ),
    "of the mesh, visible to the same": given(
      virtual("first", { ...inMesh, exportTo: [".", "pay"] }, { route }),
      virtual("second", { ...inMesh, exportTo: ["pay", "."] }, { route }),
    ),
    "of the mesh and a gateway, each with another one's": given(
      virtual("first", { hosts: ["shop"], gateways: ["public", "mesh"] }, { route }),
      virtual("second", { hosts: [full], gateways: ["mesh", "internal", "public"] }, { route }),
    ),
    "of the mesh and a gateway": given(
      virtual("first", inMesh, { route }),
      virtual("second", { hosts: [full], gateways: ["istio-ingress/public", "mesh"] }, uri("/cart")),
    ),
    "two HTTPRoutes for all of a host": given(
      gatewayRoute("first", {}, { backendRefs }),
      gatewayRoute("second", {}, { matches: [prefix("/")], backendRefs }),
      gatewayRoute("third", {}, { matches: [prefix("/cart")], backendRefs }),
    ),
    "two GRPCRoutes for one service": given(
      grpcRoute("first", { service: "Tills" }),
      grpcRoute("second", { service: "Tills" }),
    ),
    "a match without what it means anyway": given(
      gatewayRoute("first", {}, { matches: [prefix("/a"), prefix("/", { method: "GET" })], backendRefs }),
      gatewayRoute("second", {}, { matches: [{ path: { value: "/a" } }, { method: "GET" }], backendRefs }),
    ),
    "two HTTPRoutes without a host": given(
      gatewayRoute("first", { hostnames: undefined }, { backendRefs }),
      gatewayRoute(
        "second",
        { hostnames: undefined, parentRefs: [{ kind: "Gateway", namespace: "shop", name: "public" }] },
        {
          backendRefs,
        },
      ),
    ),
    "one of several matches": given(
      api,
      gatewayRoute("second", {}, { matches: [prefix("/cart"), prefix("/api")], backendRefs }),
    ),
    "each of several matches and rules": given(
      api,
      gatewayRoute(
        "second",
        {},
        { matches: [prefix("/api"), prefix("/")], backendRefs },
        { matches: [prefix("/cart"), prefix("/")], backendRefs },
      ),
    ),
    "one of several rules, written in another order": given(
      gatewayRoute(
        "first",
        {},
        {
          matches: [prefix("/a", { method: "GET", headers: [header("a", "1"), header("b", "2")] })],
          backendRefs,
        },
      ),
      gatewayRoute(
        "second",
        {},
        {
          matches: [
            {
              headers: [
                { value: "2", name: "b" },
                { value: "1", name: "a" },
              ],
              method: "GET",
              ...prefix("/a"),
            },
          ],
          backendRefs,
        },
        { matches: [prefix("/b")], backendRefs },
      ),
    ),
    "one of several hosts of an HTTPRoute": given(
      api,
      gatewayRoute("second", { hostnames: ["shop.example.com", "pay.example.com"] }, { backendRefs }),
    ),
    "one of several parents": given(
      api,
      gatewayRoute("second", { parentRefs: [{ name: "internal" }, { name: "public" }] }, { backendRefs }),
    ),
  },
};

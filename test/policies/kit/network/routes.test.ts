/** Where routes lead, and which destination rules decide how the gateway calls a Service. */
import { describe, expect, it } from "vitest";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { hasRoutes, isRouted, rulesFor, targetsOf } from "../../../../policies/kit/network/routes";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const object = (type: string, name: string, namespace: unknown, spec: object): Resource =>
  new Resource({ type: `kubernetes:${type}`, name, props: { metadata: { name, namespace }, spec } });
const virtual = (spec: object, namespace = "shop"): Resource =>
  object("networking.istio.io/v1:VirtualService", "v", namespace, spec);
const to = (host: string): object => ({ route: [{ destination: { host } }] });
const service = object("core/v1:Service", "web", "shop", {});

describe("a VirtualService leads to", () => {
  it.each([
    ["web", "shop/web"],
    ["web.other", "other/web"],
    ["web.other.svc", "other/web"],
    ["web.other.svc.cluster.local", "other/web"],
    ["web.example.com", "shop/web"],
  ])("%s as %s", (host, key) => {
    expect(targetsOf(virtual({ http: [to(host)] }))).toEqual([key]);
  });

  it("the Services of each of its protocols", () => {
    const spec = { tcp: [to("c")], tls: [to("b")], http: [{ route: [{ destination: { host: "a" } }] }, to("d")] };
    expect(targetsOf(virtual(spec))).toEqual(["shop/a", "shop/d", "shop/b", "shop/c"]);
  });
});

describe("a route of another kind leads to", () => {
  it("the backends of an HTTPRoute, in its own namespace or in theirs", () => {
    const rules = [
      { backendRefs: [{ name: "a" }, { name: "b", namespace: "other" }] },
      { backendRefs: [{ name: "c" }] },
    ];
    const route = object("gateway.networking.k8s.io/v1:HTTPRoute", "r", "shop", { rules });
    expect(targetsOf(route)).toEqual(["shop/a", "other/b", "shop/c"]);
  });

  it("the default and the paths of an Ingress", () => {
    const backend = (name: string): object => ({ service: { name } });
    const rules = [{ http: { paths: [{ backend: backend("a") }, { backend: backend("b") }] } }];
    const ingress = object("networking.k8s.io/v1:Ingress", "i", "shop", { defaultBackend: backend("d"), rules });
    expect(targetsOf(ingress)).toEqual(["shop/d", "shop/a", "shop/b"]);
  });
});

describe("a Service", () => {
  const hidden = virtual({ http: unknownSentinels[0] });
  it("is routed where a route of the stack names it", () => {
    expect(isRouted(new Stack([hidden, virtual({ http: [to("web")] }), service]), service)).toBe(true);
    expect(isRouted(new Stack([virtual({ http: [to("web")] }, "other"), service]), service)).toBe(false);
    expect(isRouted(new Stack([service]), service)).toBe(false);
  });

  it("may have a route out of sight where the stack holds none", () => {
    expect(hasRoutes(new Stack([service]))).toBe(false);
    expect(hasRoutes(new Stack([virtual({}), service]))).toBe(true);
  });
});

describe("a destination rule decides for a Service", () => {
  const lookup = { gateway: "edge", root: "mesh" };
  const rule = (host: unknown, namespace: unknown = "shop"): Resource =>
    object("networking.istio.io/v1:DestinationRule", `${String(namespace)}-${String(host)}`, namespace, { host });
  const decide = (...rules: readonly Resource[]): readonly string[] =>
    rulesFor(new Stack([service, ...rules]), service, lookup).map(({ name }) => name);

  it.each([
    ["web", "shop"],
    ["web.shop", "shop"],
    ["web.shop.svc.cluster.local", "shop"],
    ["*.shop.svc.cluster.local", "shop"],
    ["*", "shop"],
    ["web.shop.svc.cluster.local", "mesh"],
    ["*.local", "mesh"],
    ["web.shop", "edge"],
  ])("of the host %s in %s", (host, namespace) => {
    expect(decide(rule(host, namespace))).toEqual([`${namespace}-${host}`]);
  });

  it.each([
    ["api", "shop"],
    ["web", "mesh"],
    ["web", "edge"],
    ["*.other.svc.cluster.local", "shop"],
    ["web.shop", "elsewhere"],
  ])("but not of the host %s in %s", (host, namespace) => {
    expect(decide(rule(host, namespace))).toEqual([]);
  });

  it("first by the gateway's namespace, then by its own, then by the root of the mesh", () => {
    const [edge, shop, mesh] = ["edge", "shop", "mesh"].map((namespace) => rule("web.shop", namespace));
    if (edge === undefined || shop === undefined || mesh === undefined) throw new Error("three rules");
    expect(decide(mesh, shop, edge)).toEqual(["edge-web.shop"]);
    expect(decide(mesh, shop)).toEqual(["shop-web.shop"]);
    expect(decide(mesh, rule("web.other", "edge"))).toEqual(["mesh-web.shop"]);
  });

  it("together with others of the same namespace, hidden ones left out", () => {
    const hidden = [rule(unknownSentinels[0]), rule("web", unknownSentinels[0])];
    expect(decide(...hidden, rule("web"), rule("api"), rule("*"))).toEqual(["shop-web", "shop-*"]);
  });
});

/** Cases of gateway-answers: rules of routes. */
import { gatewayAnswers } from "../../../../../policies/zero-downtime/gateway/gateway-answers";
import { but } from "../../../support/change";
import { given, object, type Spec, under } from "../../../support/spec";
import { fixedCases } from "./fixed-responses";
import { authorizationCases, callCases, filterCases } from "./destination-rules";
import { sameHostCases } from "./shared-hosts";

const metadata = { name: "shop", namespace: "shop" };
const to = (host = "shop", weight?: number) => ({ destination: { host }, ...(weight === undefined ? {} : { weight }) });
const route = [to()];
const virtual = (...http: readonly object[]) =>
  object("networking.istio.io/v1:VirtualService", "shop", {
    metadata,
    spec: { hosts: ["shop.example.com"], gateways: ["istio-ingress/public"], http },
  });
const gatewayRoute = (kind: string, ...rules: readonly object[]) =>
  object(`gateway.networking.k8s.io/v1:${kind}`, "shop", { metadata, spec: { rules } });
const redirecting = (requestRedirect: object, ...parentRefs: readonly object[]) =>
  but(
    gatewayRoute("HTTPRoute", {
      filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", ...requestRedirect } }],
    }),
    { "spec.parentRefs": parentRefs },
  );
const abort = (percent: number) => ({ abort: { httpStatus: 503, percentage: { value: percent } } });
const uri = (prefix: string, more: object = {}) => ({ match: [{ uri: { prefix }, ...more }], route });
const backend = (weight?: number) => ({ name: "shop", port: 80, ...(weight === undefined ? {} : { weight }) });

const good: Spec["good"] = {
  "time-outs and retries that good answers keep to": given(
    virtual({
      name: "primary",
      timeout: "15s",
      retries: { attempts: 2, perTryTimeout: "5s", retryOn: "connect-failure,reset" },
      route: [to("shop", 100), to("shop-canary", 0)],
    }),
  ),
  "longer than the load balancer waits for a byte": given(virtual({ timeout: "120s", route })),
  "no time-out at all": given(virtual({ timeout: "0s", retries: { attempts: 1, perTryTimeout: "2s" }, route })),
  "a fault for requests of a test": given(
    virtual(
      {
        match: [{ headers: { "x-chaos": { exact: "yes" } } }, { queryParams: { chaos: { exact: "1" } } }],
        fault: abort(100),
        route,
      },
      { route },
    ),
  ),
  "a fault for nobody": given(virtual({ fault: { ...abort(0), delay: { fixedDelay: "5s" } }, route })),
  "redirects to TLS that lead somewhere else": given(
    redirecting({}, { name: "public", sectionName: "http" }),
    redirecting({}, { name: "public", port: 80 }),
    redirecting({ hostname: "shop.example.com" }, { name: "public" }),
    redirecting({ port: 8443 }, { name: "public" }),
    redirecting({ path: { type: "ReplaceFullPath", replaceFullPath: "/" } }, { name: "public" }),
    redirecting({ scheme: undefined }, { name: "public" }),
    but(redirecting({}, { name: "public" }), {
      "spec.rules.0.matches": [{ headers: [{ name: "x-forwarded-proto", value: "http" }] }],
    }),
  ),
  "many tries of what reached no pod": given(
    virtual({ retries: { attempts: 10, retryOn: "connect-failure, refused-stream" }, route }),
  ),
  "no retries": given(virtual({ retries: { attempts: 0 }, route })),
  "more retries, where the environment allows them": under(
    { retries: 5 },
    virtual({ retries: { attempts: 5 }, route }),
  ),
  "a narrow rule before a wide one": given(virtual(uri("/api/v2"), uri("/api"), { route })),
  "a rule under more conditions before the same path": given(
    virtual(
      uri("/", { method: { exact: "POST" } }),
      uri("/api", { headers: { beta: { exact: "1" } } }),
      uri("/api"),
      uri("/"),
    ),
  ),
  "one of two ways in is open": given(
    virtual(
      uri("/a"),
      { match: [{ uri: { prefix: "/a/b" } }, { uri: { prefix: "/b" } }], route },
      { match: [{ uri: { exact: "/b" } }, { uri: { exact: "/c" } }], route },
    ),
  ),
  "expressions, and exact paths": given(
    virtual(
      { match: [{ uri: { regex: "/[a-z]+" } }], route },
      { match: [{ uri: { exact: "/x" } }], route },
      { match: [{ uri: { exact: "/x/y" } }], route },
    ),
  ),
  "answers of other kinds": given(
    virtual(
      { match: [{ uri: { exact: "/old" } }], redirect: { uri: "/new" } },
      { match: [{ uri: { exact: "/robots.txt" } }], directResponse: { status: 404 } },
      { delegate: { name: "shop" } },
    ),
  ),
  "backends of the Gateway API": given(
    gatewayRoute(
      "HTTPRoute",
      {
        timeouts: { request: "10s", backendRequest: "2s" },
        retry: { attempts: 3 },
        backendRefs: [backend(), backend(0)],
      },
      { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }] },
    ),
    gatewayRoute("GRPCRoute", { backendRefs: [backend(90), backend(10)] }),
  ),
};

const bad: Spec["bad"] = {
  "every request is aborted": given(virtual({ fault: abort(100), route })),
  "one in ten is delayed": given(
    virtual({
      fault: { delay: { fixedDelay: "5s", percentage: { value: 10 } } },
      match: [{ uri: { prefix: "/" } }],
      route,
    }),
  ),
  "a fault for a header and for everybody": given(
    virtual({
      match: [{ headers: { a: { exact: "b" } } }, { uri: { prefix: "/" } }],
      fault: { ...abort(1), delay: { fixedDelay: "1s", percentage: { value: 0.1 } } },
      route,
    }),
  ),
  "a time-out of 50 ms": given(virtual({ timeout: "0.05s", route })),
  "a try of 50 ms": given(virtual({ timeout: "5s", retries: { attempts: 2, perTryTimeout: "50ms" }, route })),
  "a try longer than all of them": given(
    virtual({ timeout: "2s", retries: { attempts: 3, perTryTimeout: "5s", retryOn: "connect-failure" }, route }),
  ),
  "ten retries of every 5xx": given(virtual({ retries: { attempts: 10, perTryTimeout: "2s", retryOn: "5xx" }, route })),
  "ten retries of what reached a pod as well": given(
    virtual({ retries: { attempts: 10, retryOn: "connect-failure,gateway-error" }, route }),
  ),
  "ten retries of whatever Istio retries": given(virtual({ retries: { attempts: 10 }, route })),
  "a rule for everything before another": given(virtual({ route }, uri("/api"))),
  "a rule for everything by its path": given(virtual(uri("/"), { match: [{ uri: { regex: "/[a-z]+" } }], route })),
  "a rule for everything by an expression": given(virtual({ match: [{ uri: { regex: ".*" } }], route }, uri("/api"))),
  "a wide rule before a narrow one": given(
    virtual(uri("/api"), uri("/api/v2", { headers: { beta: { exact: "1" } } }), { route }),
  ),
  "the same path twice": given(
    virtual(
      { match: [{ uri: { exact: "/a" } }, { uri: { exact: "/b" } }], route },
      { match: [{ uri: { exact: "/b" } }], route },
      { route },
    ),
  ),
  "two rules for everything": given(virtual({ route }, { route: [to("other")] })),
  "a rule that leads nowhere": given(virtual({ match: [{ uri: { prefix: "/" } }] })),
  "weights of 0": given(virtual({ route: [to("shop", 0), to("shop-canary")] })),
  "weights below zero, one beside a good one": given(virtual({ route: [to("shop", 100), to("shop-canary", -1)] }), {
    ...virtual({ route: [to("shop", -1)] }),
    name: "alone",
  }),
  "a redirect to TLS on every listener": given(redirecting({}, { name: "public" })),
  "a redirect to TLS on the second of two Gateways": given(
    redirecting({}, { name: "public", port: 80 }, { name: "other" }),
  ),
  "a backend with a weight of 0": given(gatewayRoute("HTTPRoute", { backendRefs: [backend(0)] })),
  "a GRPCRoute's backends with weights of 0": given(
    gatewayRoute("GRPCRoute", { backendRefs: [backend(0), backend(0)] }),
  ),
  "no backend": given(
    gatewayRoute("HTTPRoute", {
      filters: [{ type: "RequestHeaderModifier", requestHeaderModifier: { remove: ["a"] } }],
    }),
  ),
  "time-outs of the Gateway API": given(
    gatewayRoute(
      "HTTPRoute",
      { timeouts: { request: "100ms" }, backendRefs: [backend()] },
      { timeouts: { request: "2s", backendRequest: "5s" }, backendRefs: [backend()] },
    ),
  ),
  "retries of the Gateway API": given(
    gatewayRoute("HTTPRoute", { retry: { codes: [503], attempts: 8 }, backendRefs: [backend()] }),
  ),
};

/** Cases of gateway-answers. */
export const gatewayAnswerSpecs: readonly Spec[] = [
  {
    rule: gatewayAnswers,
    good: {
      ...good,
      ...fixedCases.good,
      ...callCases.good,
      ...authorizationCases.good,
      ...filterCases.good,
      ...sameHostCases.good,
    },
    bad: {
      ...bad,
      ...fixedCases.bad,
      ...callCases.bad,
      ...authorizationCases.bad,
      ...filterCases.bad,
      ...sameHostCases.bad,
    },
  },
];

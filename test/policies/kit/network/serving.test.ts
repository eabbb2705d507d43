/** Which containers requests reach: by the Services before them, or by what they declare where no Service is in sight. */
import { describe, expect, it } from "vitest";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import {
  mayBeBehindGateway,
  servesHttp,
  servicesOf,
  servingContainers,
} from "../../../../policies/kit/network/serving";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;
const object = (type: string, name: string, props: object): Resource =>
  new Resource({ type: `kubernetes:${type}`, name, props });
const service = (ports: unknown, spec: object = {}, name = "web"): Resource =>
  object("core/v1:Service", name, {
    metadata: { name, namespace: "shop", labels: { app: "web" } },
    spec: { selector: { app: "web" }, ports, ...spec },
  });
const workload = (
  containers: readonly object[],
  metadata: object = { namespace: "shop" },
  pod: object = {},
): Resource =>
  object("apps/v1:Deployment", "web", {
    metadata,
    spec: { template: { metadata: { labels: { app: "web" }, ...pod }, spec: { containers } } },
  });
const listening = (name: string, ...ports: readonly object[]): object => ({ name, ports });
const web = listening("web", { name: "http", containerPort: 8080 });
const silent = { name: "silent" };
const side = listening("side", { name: "admin", containerPort: 9000 });
const reached = (workloadOf: Resource, ...others: readonly Resource[]): readonly unknown[] =>
  servingContainers(new Stack([...others, workloadOf]), workloadOf).map((container) => container.at("name").text());

describe("a Service leads to the pods", () => {
  const pods = workload([web]);
  const leads = (one: Resource): boolean => servicesOf(new Stack([one, pods]), pods).includes(one);
  it.each([
    ["that its selector picks", {}, true],
    ["of another label", { selector: { app: "api" } }, false],
    ["of one label more", { selector: { app: "web", tier: "x" } }, false],
    ["without a selector", { selector: {} }, false],
    ["by a selector that a preview hides", { selector: { app: UNKNOWN } }, false],
  ])("%s: %j", (_, spec, expected) => {
    expect(leads(service([], spec))).toBe(expected);
  });
});

describe("requests reach", () => {
  it.each([
    ["the container by the number of its port", [{ port: 80, targetPort: 8080 }], ["web"]],
    ["the container by its port's name", [{ port: 80, targetPort: "http" }], ["web"]],
    ["the container by the Service's own port", [{ port: 9000 }], ["side"]],
    ["each that one of the ports means", [{ port: 9000 }, { port: 8080 }], ["web", "side"]],
    ["the one that declares nothing where none declares the port", [{ port: 1 }], ["silent"]],
  ])("%s", (_, ports, expected) => {
    expect(reached(workload([web, silent, side]), service(ports))).toEqual(expected);
  });

  it("the first container where each declares another port, and none where there is none", () => {
    expect(reached(workload([web, side]), service([{ port: 1 }]))).toEqual(["web"]);
    expect(reached(workload([]), service([{ port: 1 }]))).toEqual([]);
  });

  it("a sidecar that declares the port, but no init container", () => {
    const init = (restartPolicy?: string): object => ({ ...listening("init", { containerPort: 5 }), restartPolicy });
    const pod = (one: object): Resource =>
      object("apps/v1:Deployment", "web", {
        metadata: { namespace: "shop" },
        spec: {
          template: { metadata: { labels: { app: "web" } }, spec: { initContainers: [one], containers: [web] } },
        },
      });
    expect(reached(pod(init("Always")), service([{ port: 5 }]))).toEqual(["init"]);
    expect(reached(pod(init()), service([{ port: 5 }]))).toEqual(["web"]);
  });

  it.each([
    ["metrics", 1],
    ["http-metrics", 1],
    ["prom", 1],
    ["healthz", 1],
    ["readyz", 1],
    ["x", "probes"],
  ])("nobody by the port %s to %s, which only monitoring reads", (name, targetPort) => {
    expect(reached(workload([web]), service([{ name, port: 1, targetPort }]))).toEqual([]);
  });

  it.each(["metric", "webmetrics", "promenade", "alive"])("somebody by the port %s", (name) => {
    expect(reached(workload([web]), service([{ name, port: 8080 }]))).toEqual(["web"]);
  });
});

describe("a Service that only Prometheus reads", () => {
  const monitor = (endpoints: unknown, selector: unknown = { matchLabels: { app: "web" } }): Resource =>
    object("monitoring.coreos.com/v1:ServiceMonitor", "m", {
      metadata: { namespace: "shop" },
      spec: { selector, endpoints },
    });
  const headless = (...ports: readonly object[]): Resource => service(ports, { clusterIP: "None" });
  const port = { name: "stats", port: 8080 };
  const named = [{ port: "stats" }];

  it.each([
    ["has no address, and a monitor names each of its ports", headless(port), monitor(named), []],
    ["has an address", service([port], { clusterIP: "10.0.0.1" }), monitor(named), ["web"]],
    ["has a port that the monitor does not name", headless(port, { name: "api", port: 1 }), monitor(named), ["web"]],
    ["has a port without a name", headless({ port: 8080 }), monitor([{}]), ["web"]],
    ["has ports that the monitor hides", headless(port), monitor(UNKNOWN), ["web"]],
    ["has a port beside one that the monitor hides", headless(port), monitor([{ port: UNKNOWN }, ...named]), []],
    ["is picked by a monitor of other labels", headless(port), monitor(named, { matchLabels: { app: "x" } }), ["web"]],
    ["is picked by a monitor that a preview hides", headless(port), monitor(named, { matchLabels: UNKNOWN }), ["web"]],
  ] as const)("%s", (_, one, other, expected) => {
    expect(reached(workload([web]), one, other)).toEqual(expected);
  });
});

describe("without a Service in sight", () => {
  const declaring = (...ports: readonly object[]): readonly unknown[] => reached(workload([listening("a", ...ports)]));
  it.each([
    ["a port", [{ containerPort: 80 }], ["a"]],
    ["a port for requests beside one for monitoring", [{ name: "metrics" }, { name: "http" }], ["a"]],
    ["a port for monitoring alone", [{ name: "metrics", containerPort: 9 }], []],
    ["none", [], []],
  ])("a container that declares %s", (_, ports, expected) => {
    expect(declaring(...ports)).toEqual(expected);
  });

  it("a port that Prometheus is sent to serves nobody else", () => {
    const scraped = { annotations: { "prometheus.io/port": "8080" } };
    expect(reached(workload([web, side], { namespace: "shop" }, scraped))).toEqual(["side"]);
  });

  it("a workload that says no namespace has none, and one beside any Service is reached by those alone", () => {
    expect(reached(workload([web], {}))).toEqual([]);
    expect(reached(workload([web]), service([], { selector: { app: "other" } }))).toEqual([]);
  });
});

describe("the gateway may call a Service", () => {
  const own = service([]);
  const reference = (namespace: string, name: string): object => ({ namespace, name });
  const hook = (webhooks: unknown, kind = "ValidatingWebhookConfiguration"): Resource =>
    object(`admissionregistration.k8s.io/v1:${kind}`, "h", { webhooks });
  const calling = (namespace: string, name: string): unknown => [
    { clientConfig: { service: reference(namespace, name) } },
  ];
  const api = object("apiregistration.k8s.io/v1:APIService", "a", { spec: { service: reference("shop", "web") } });

  it.each([
    ["that nobody else calls", [], true],
    ["beside a webhook of another name", [hook(calling("shop", "hook"))], true],
    ["beside a webhook of another namespace", [hook(calling("other", "web"))], true],
    ["beside webhooks that a preview hides", [hook(UNKNOWN), hook([{ clientConfig: UNKNOWN }])], true],
    ["unless the API server calls it for a webhook", [hook(calling("shop", "web"))], false],
    ["unless a mutating one", [hook(calling("shop", "web"), "MutatingWebhookConfiguration")], false],
    ["unless for an API", [api], false],
  ])("%s", (_, others, expected) => {
    expect(mayBeBehindGateway(new Stack([own, ...others]), own)).toBe(expected);
  });

  it("unless it is a load balancer of its own", () => {
    const entrance = service([], { type: "LoadBalancer" });
    expect(mayBeBehindGateway(new Stack([entrance]), entrance)).toBe(false);
  });
});

describe("pods speak HTTP", () => {
  const speaks = (workloadOf: Resource, ...others: readonly Resource[]): boolean => {
    const stack = new Stack([...others, workloadOf]);
    return servesHttp(stack, workloadOf, servingContainers(stack, workloadOf));
  };
  it.each(["http", "https", "http2", "h2", "h2c", "grpc", "grpc-web", "web", "www", "http-shop", "grpc-web-shop"])(
    "by a port named %s",
    (name) => {
      expect(speaks(workload([listening("a", { name, containerPort: 1 })]))).toBe(true);
    },
  );

  it.each(["tcp", "shop-http", "httpd", "http-metrics", "postgres", undefined])("not by one named %s", (name) => {
    const ports = [
      { name: "tcp-x", containerPort: 2 },
      { name, containerPort: 1 },
    ];
    expect(speaks(workload([listening("a", ...ports)]))).toBe(false);
  });

  it.each([
    [{ name: "http", port: 8080 }, true],
    [{ name: "x", port: 8080, appProtocol: "kubernetes.io/ws" }, true],
    [{ name: "x", port: 8080, appProtocol: "kubernetes.io/h2c" }, true],
    [{ name: "x", port: 8080, appProtocol: "mysql" }, false],
    [{ name: { of: "http" }, port: 8080 }, false],
  ])("by the Service's port %j: %j", (port, expected) => {
    expect(speaks(workload([listening("a", { containerPort: 8080 })]), service([port]))).toBe(expected);
  });
});

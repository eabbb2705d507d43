/** The graph that Gateway declares: above all, its order. */
import * as kubernetes from "@pulumi/kubernetes";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { trafficLimits } from "../../../components/core/limits/traffic";
import { bucketAnnotation } from "../../../components/traffic/histogram-buckets";
import { trafficValues } from "../../../components/traffic/gateway-values";
import { Gateway, type GatewayArgs } from "../../../components/traffic/gateway";
import lock from "../../../stacks/env.lock.json";
import { type Graph, graphOf } from "../../support/graph";
import { createdBefore } from "../../support/order";
import { FakeProviders } from "../../support/fake-providers";

const config = (name: string) => new kubernetes.core.v1.ConfigMap(name, {});

function declare(args: Partial<GatewayArgs> = {}): Promise<Graph> {
  const program = () =>
    void new Gateway("gateway", {
      baseChart: lock.charts["istio-base"],
      istiodChart: lock.charts.istiod,
      gatewayChart: lock.charts["istio-gateway"],
      profile: "production",
      domain: "example.com",
      hosts: {
        "istio-ingress": ["health.us-east-1.example.com"],
        argocd: ["argocd.example.com"],
        shop: ["shop.example.com", "example.com"],
      },
      region: "us-east-1",
      targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/blue/1",
      loadBalancerSecurityGroupId: "sg-load-balancer",
      clusterSecurityGroupId: "sg-cluster",
      loadBalancerController: config("controller"),
      metricsServer: config("metrics"),
      monitoringCrds: config("monitoring-crds"),
      protect: true,
      ...args,
    });
  return graphOf(program, { packages: new FakeProviders().packages() });
}

let graph: Graph;
beforeAll(async () => {
  graph = await declare();
});

describe("order", () => {
  test("istiod and the controller exist before the labelled namespace, or pods would start without proxy or gate", () => {
    const before = createdBefore(graph, "gateway-namespace");
    expect([...before].sort()).toEqual(["controller", "gateway-base", "gateway-istiod", "gateway-system-namespace"]);
  });

  test("namespace, Service, binding and then the pods", () => {
    expect(createdBefore(graph, "gateway-service")).toContain("gateway-namespace");
    expect(createdBefore(graph, "gateway-binding")).toContain("gateway-service");
    expect(createdBefore(graph, "gateway-release")).toContain("gateway-binding");
  });

  test("the pods start only when every request to them would be answered", () => {
    const before = createdBefore(graph, "gateway-release");
    for (const name of ["gateway-public", "gateway-health", "gateway-traffic", "gateway-status", "metrics"]) {
      expect(before, name).toContain(name);
    }
  });

  test("the binding goes before the controller, whose finalizer it carries", () => {
    expect(graph.byName("gateway-binding").dependencies).toContain(graph.byName("controller").urn);
  });

  test("monitoring is on no path to traffic", () => {
    expect(createdBefore(graph, "gateway-release")).not.toContain("monitoring-crds");
    expect(createdBefore(graph, "gateway-monitor")).toContain("monitoring-crds");
  });
});

describe("objects", () => {
  test("the namespace asks for readiness gates and never for injection of its own", () => {
    expect(graph.byName("gateway-namespace").inputs["metadata"]).toEqual({
      name: "istio-ingress",
      labels: {
        "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/warn": "restricted",
      },
    });
  });

  test("the Service is ours, not the chart's, and does not wait for pods that come after it", () => {
    const service = graph.byName("gateway-service").inputs;
    expect(service).toMatchObject({
      metadata: { name: "istio-ingress", namespace: "istio-ingress", annotations: { "pulumi.com/skipAwait": "true" } },
      spec: {
        type: "ClusterIP",
        selector: { app: "istio-ingress", istio: "ingress" },
        ports: [
          { name: "status-port", port: 15021, targetPort: 15021, protocol: "TCP" },
          { name: "http2", port: 80, targetPort: 80, protocol: "TCP" },
        ],
      },
    });
    expect(graph.byName("gateway-release").inputs["values"]).toMatchObject({ service: { type: "None" } });
  });

  test("the binding names target group, Service and port, and leaves the security groups alone", () => {
    expect(graph.byName("gateway-binding").inputs).toMatchObject({
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { name: "istio-ingress", namespace: "istio-ingress" },
    });
    expect(graph.byName("gateway-binding").inputs["spec"]).toEqual({
      serviceRef: { name: "istio-ingress", port: "http2" },
      targetGroupARN: "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/blue/1",
      targetType: "ip",
    });
  });

  test("the gateway takes each name over plain HTTP, for the namespace that owns it and for no other", () => {
    expect(graph.byName("gateway-public").inputs["spec"]).toEqual({
      selector: { istio: "ingress" },
      servers: [
        {
          port: { number: 80, name: "http", protocol: "HTTP" },
          hosts: [
            "istio-ingress/health.us-east-1.example.com",
            "argocd/argocd.example.com",
            "shop/shop.example.com",
            "shop/example.com",
          ],
        },
      ],
    });
  });

  test("a name without the health check's, with two owners or with a wildcard is refused", async () => {
    const hosts = { argocd: ["argocd.example.com"], shop: ["*.example.com", "argocd.example.com"] };
    await expect(declare({ hosts })).rejects.toThrow(
      [
        '3 problems in Gateway "gateway":',
        "  hosts.istio-ingress: got nothing; allowed: health.us-east-1.example.com; fix: Add it: Route 53 checks the health of the region by this name.",
        '  hosts.shop: got "*.example.com"; allowed: no wildcard; fix: Name each host: a wildcard takes every name without a route of its own.',
        '  hosts.shop: got "argocd.example.com"; allowed: another host, because it is argocd\'s; fix: Give it to one of them.',
      ].join("\n"),
    );
  });

  test("the gateway itself answers the leg's health check", () => {
    expect(graph.byName("gateway-health").inputs["spec"]).toEqual({
      hosts: ["health.us-east-1.example.com"],
      gateways: ["public"],
      http: [{ name: "health", match: [{ uri: { exact: "/healthz" } }], directResponse: { status: 200 } }],
    });
  });

  test("Envoy's statistics are scraped every 15 seconds, as the release gates expect", () => {
    expect(graph.byName("gateway-monitor").inputs["spec"]).toEqual({
      selector: { matchLabels: { istio: "ingress" } },
      podMetricsEndpoints: [
        {
          port: "http-envoy-prom",
          path: "/stats/prometheus",
          interval: "15s",
          metricRelabelings: [
            { sourceLabels: ["__name__"], regex: "istio_(request|response)_bytes_bucket", action: "drop" },
          ],
        },
      ],
    });
  });

  test("nodes let in the load balancer and nobody else, on the gateway's two ports", () => {
    const rules = graph.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(({ inputs }) => ({
      to: inputs["securityGroupId"],
      from: inputs["referencedSecurityGroupId"],
      ports: [inputs["fromPort"], inputs["toPort"]],
    }));
    expect(rules).toEqual([
      { to: "sg-cluster", from: "sg-load-balancer", ports: [80, 80] },
      { to: "sg-cluster", from: "sg-load-balancer", ports: [15021, 15021] },
    ]);
  });

  test("exactly the binding and the gateway's release are protected", async () => {
    const guarded = graph.resources.filter(({ protect }) => protect === true).map(({ name }) => name);
    expect(guarded.sort()).toEqual(["gateway-binding", "gateway-release"]);
    const retired = await declare({ protect: false });
    expect(retired.resources.filter(({ protect }) => protect === true)).toEqual([]);
  });

  test("dev runs one gateway pod without an autoscaler; its times are counted as finely as those of production", async () => {
    const dev = await declare({ profile: "dev" });
    expect(dev.byName("gateway-release").inputs["values"]).toMatchObject({
      autoscaling: { enabled: false },
      replicaCount: 1,
    });
    for (const { inputs } of [dev, graph].map((of) => of.byName("gateway-release")))
      expect(inputs["values"]).toMatchObject({ podAnnotations: bucketAnnotation });
  });
});

interface GatewayValues {
  readonly terminationGracePeriodSeconds: number;
  readonly minReadySeconds: number;
  readonly lifecycle: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly autoscaling: { readonly minReplicas: number };
}

const values = trafficValues("istio-gateway", "production") as unknown as GatewayValues;
const proxy = parse(values.podAnnotations["proxy.istio.io/config"] ?? "") as Record<string, string>;

test("the gateway trusts what the proxies before it say of scheme and client, and as many as there are", () => {
  expect(proxy["gatewayTopology"]).toEqual({ numTrustedProxies: trafficLimits.gatewayTrustedProxies.value });
});

test("a distribution of CloudFront before the load balancer is a second one, and none is refused", async () => {
  const behind = await declare({ trustedProxies: 2 });
  expect(JSON.stringify(behind.byName("gateway-release").inputs)).toContain("numTrustedProxies: 2");
  await expect(declare({ trustedProxies: 0 })).rejects.toThrow("trustedProxies: got 0; allowed: a whole number from 1");
});

describe("the drain numbers", () => {
  const rows = {
    deregistration: trafficLimits.deregistrationDelay.value,
    preStop: trafficLimits.gatewayPreStop.value,
    drain: trafficLimits.gatewayTerminationDrain.value,
    grace: trafficLimits.gatewayGrace.value,
  };

  test("the values file holds the table's numbers", () => {
    expect(values.lifecycle.preStop.sleep.seconds).toBe(rows.preStop);
    expect(proxy["terminationDrainDuration"]).toBe(`${rows.drain}s`);
    expect(values.terminationGracePeriodSeconds).toBe(rows.grace);
    expect(values.minReadySeconds).toBe(trafficLimits.gatewayMinReady.value);
    expect(values.autoscaling.minReplicas).toBe(trafficLimits.gatewayReplicas.value);
  });

  test("deregistration ends before preStop, and preStop and drain before the pod is killed", () => {
    expect(rows.deregistration).toBeLessThan(rows.preStop);
    expect(rows.preStop + rows.drain).toBeLessThan(rows.grace);
  });

  test("listeners stay open while the proxy drains", () => {
    expect(Number.parseInt(proxy["drainDuration"] ?? "", 10)).toBeGreaterThanOrEqual(rows.drain);
  });

  test("the load balancer gives up an idle connection long before the gateway does", () => {
    expect(trafficLimits.albIdleTimeout.value).toBeLessThan(trafficLimits.gatewayIdleTimeout.value);
  });
});

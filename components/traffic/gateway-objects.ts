/** The gateway's Kubernetes objects: what the chart leaves to us, and what the traffic needs beside it. */
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { observabilityLimits } from "../core/limits/observability";
import { trafficLimits } from "../core/limits/traffic";
import { duration } from "../core/units";
import { healthHost, healthPath } from "./health-host";

/** Labels of the gateway's pods, as its values file sets them. */
const podLabels = { app: "istio-ingress", istio: "ingress" } as const;

/** Name of the Service and the TargetGroupBinding; stable, because a change would empty the target group. */
const serviceName = "istio-ingress";

/** Name of the Gateway object that routes refer to as `<namespace>/public`. */
const gatewayName = "public";

/** Service port that the target group's traffic goes to. */
const trafficPort = "http2";

/** The Service in front of the gateway pods. */
export function gatewayService(
  name: string,
  namespace: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): kubernetes.core.v1.Service {
  const ports = {
    "status-port": trafficLimits.gatewayHealthPort.value,
    [trafficPort]: trafficLimits.gatewayPort.value,
  };
  return new kubernetes.core.v1.Service(
    name,
    {
      metadata: {
        name: serviceName,
        namespace,
        labels: podLabels,
        // Its pods come last: waiting for endpoints here would wait for ever.
        annotations: { "pulumi.com/skipAwait": "true" },
      },
      spec: {
        type: "ClusterIP",
        selector: podLabels,
        ports: Object.entries(ports).map(([port, number]) => ({
          name: port,
          port: number,
          targetPort: number,
          protocol: "TCP",
        })),
      },
    },
    opts,
  );
}

/**
 * Ties the Service's pods to the slot's target group. Without `networking`: the rules of the security groups are
 * Pulumi's, and two owners would take away each other's.
 */
export function targetGroupBinding(
  name: string,
  service: kubernetes.core.v1.Service,
  targetGroupArn: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  return new kubernetes.apiextensions.CustomResource(
    name,
    {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { name: serviceName, namespace: service.metadata.namespace },
      spec: {
        serviceRef: { name: service.metadata.name, port: trafficPort },
        targetGroupARN: targetGroupArn,
        targetType: "ip",
      },
    },
    opts,
  );
}

/**
 * The Gateway object: plain HTTP for the environment's names, as TLS has ended at the load balancer. Each name is
 * written as `<namespace>/<host>`: Istio binds a route to it only when the VirtualService is in that namespace
 * (pilot/pkg/networking/core/gateway.go, pickMatchingGatewayHosts). It would still bind a wildcard that covers the
 * name, which is why policy `routes-own-hosts` refuses those.
 */
export function publicGateway(
  name: string,
  namespace: pulumi.Input<string>,
  hosts: Readonly<Record<string, readonly string[]>>,
  opts: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  return new kubernetes.apiextensions.CustomResource(
    name,
    {
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: gatewayName, namespace },
      spec: {
        selector: { istio: podLabels.istio },
        servers: [
          {
            port: { number: trafficLimits.gatewayPort.value, name: "http", protocol: "HTTP" },
            hosts: Object.entries(hosts).flatMap(([owner, names]) => names.map((host) => `${owner}/${host}`)),
          },
        ],
      },
    },
    opts,
  );
}

/**
 * The response to Route 53's health check, by the gateway itself: it is about the leg, not about an app. A leg that
 * stands by answers that it does not, and so is no place that Route 53 would send anybody to: the answer is the switch of a
 * failover, it is one object of this cluster, and no API of another region has a part in it.
 */
export function healthRoute(
  name: string,
  namespace: pulumi.Input<string>,
  leg: { readonly region: string; readonly domain: string; readonly standsBy?: boolean },
  opts: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  const { healthyStatus, standbyStatus } = trafficLimits;
  const status = leg.standsBy === true ? standbyStatus.value : healthyStatus.value;
  return new kubernetes.apiextensions.CustomResource(
    name,
    {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "health", namespace },
      spec: {
        hosts: [healthHost(leg.region, leg.domain)],
        gateways: [gatewayName],
        http: [
          {
            name: "health",
            match: [{ uri: { exact: healthPath } }],
            directResponse: { status },
          },
        ],
      },
    },
    opts,
  );
}

/** Sizes of requests and answers have the boundaries of their times, and no query uses them: only cost. */
const unusedBuckets = { sourceLabels: ["__name__"], regex: "istio_(request|response)_bytes_bucket", action: "drop" };

/** Scrapes the gateway's Envoy statistics, which the release gates read; a second monitor would double every rate. */
export function gatewayMonitor(
  name: string,
  namespace: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  return new kubernetes.apiextensions.CustomResource(
    name,
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata: { name: serviceName, namespace },
      spec: {
        selector: { matchLabels: { istio: podLabels.istio } },
        podMetricsEndpoints: [
          {
            port: "http-envoy-prom",
            path: "/stats/prometheus",
            interval: duration(observabilityLimits.scrapeInterval),
            metricRelabelings: [unusedBuckets],
          },
        ],
      },
    },
    opts,
  );
}

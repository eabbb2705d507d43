/** Shutdown of gateway pods: termination grace period and Envoy's drain, from pod specs and the gateway chart's values. */
import { drainingLimits } from "../../limits/draining";
import { loadBalancerLimits } from "../../limits/load-balancer";
import { parseSeconds, secondsOf } from "../reading/amount";
import { type Field, valueOr } from "../reading/field";
import { labelsOf } from "../kubernetes/kubernetes";
import type { Resource, Stack } from "../reading/resource";
import { types } from "../reading/types";
import { podSpec, podTemplate, running } from "../kubernetes/workloads";

/** Shutdown of one gateway, with the fields that configure it. */
export interface Drain {
  readonly resource: Resource;
  readonly grace: Field;
  /** Owner of `lifecycle`: the container, or the chart's values. */
  readonly hook: Field;
  /** Annotation with Envoy's settings. */
  readonly proxyConfig: Field;
}

/** Seconds that the pod gets before SIGKILL. */
export function graceSeconds(field: Field): number {
  return field.number() ?? drainingLimits.graceByDefault.value;
}

/** Seconds for which Envoy finishes requests after SIGTERM. */
export function drainSeconds(proxyConfig: Field): number {
  const text = /terminationDrainDuration:\s*"?([0-9a-z.]+)/.exec(proxyConfig.textOrEmpty())?.[1];
  return (text === undefined ? undefined : parseSeconds(text)) ?? drainingLimits.gatewayDrainByDefault.value;
}

/** Whether a pod template is the mesh's gateway: its chart or istioctl labels it, and the injector fills in its proxy. */
export function isGatewayTemplate(template: Field): boolean {
  const label = labelsOf(template).get("istio") ?? "";
  return gatewayLabel.test(label) || template.at("metadata", "annotations", templatesKey).text() === "gateway";
}

/** Whether the workload is the mesh's gateway. */
export function isGateway(workload: Resource): boolean {
  return isGatewayTemplate(podTemplate(workload));
}

/** `ingress` from the gateway chart as it is released here, `ingressgateway` from istioctl. */
const gatewayLabel = /^ingress(gateway)?$/;

const templatesKey = "inject.istio.io/templates";
const proxyKey = "proxy.istio.io/config";

/** Whether the release installs the named chart, whatever repository it comes from. */
export function installs(release: Resource, chart: string): boolean {
  const installed = release.at("chart").textOrEmpty();
  return installed === chart || installed.endsWith(`/${chart}`);
}

/** The gateways of a stack: releases of the gateway chart, and rendered gateway workloads. */
export function gatewayReleases(stack: Stack): readonly Resource[] {
  return stack.of(types.helmRelease, types.helmChart);
}

/** Shutdown of the gateway in a Helm release; undefined for other charts. */
export function drainOfRelease(release: Resource): Drain | undefined {
  if (!installs(release, "gateway")) return undefined;
  const values = release.at("values");
  return {
    resource: release,
    grace: values.at("terminationGracePeriodSeconds"),
    hook: values,
    proxyConfig: values.at("podAnnotations", proxyKey),
  };
}

/** Shutdown of a rendered gateway; undefined for other workloads. */
export function drainOfWorkload(workload: Resource): Drain | undefined {
  if (!workload.is(...running) || !isGateway(workload)) return undefined;
  const [proxy] = podSpec(workload).at("containers").list();
  if (proxy === undefined) return undefined;
  const annotations = podTemplate(workload).at("metadata", "annotations");
  return {
    resource: workload,
    grace: podSpec(workload).at("terminationGracePeriodSeconds"),
    hook: proxy,
    proxyConfig: annotations.at(proxyKey),
  };
}

/** Deregistration delay of one target group. */
export function deregistrationOf(group: Resource): number {
  return secondsOf(group.at("deregistrationDelay")) ?? loadBalancerLimits.deregistrationByDefault.value;
}

/** Longest deregistration delay among the stack's target groups, or the platform's own where none is in sight. */
export function deregistrationSeconds(stack: Stack, platform: number): number {
  const delays = stack.of(types.targetGroup).flatMap((group) => valueOr(() => [deregistrationOf(group)], []));
  return delays.length === 0 ? platform : Math.max(...delays);
}

/** How requests reach the application: its Services, its route, and how the gateway keeps connections to its pods. */
import { applicationLimits } from "../../core/limits/application";
import { trafficLimits } from "../../core/limits/traffic";
import { weightLimits } from "../../core/limits/weights";
import { duration } from "../../core/units";
import {
  canaryService,
  fullHost,
  hostOf,
  isRollout,
  type Manifest,
  manifest,
  podLabels,
  stableService,
} from "./manifest";
import { metricsPortName, portName } from "./pods";
import { sessionPolicy } from "./sessions";
import type { AppPlatform, AppSpec } from "./spec";

/** Name of the route whose weights Argo Rollouts writes. */
export const routeName = "primary";

const gateway = "istio-ingress/public";

/**
 * Argo Rollouts adds its hash to the selector, which is one value under server-side apply: Argo CD would take the hash
 * away, and for up to 46 s both Services would select both versions (recorded; decision 35).
 */
const keepsHash = { "argocd.argoproj.io/sync-options": "ServerSideApply=false" } as const;

function service(spec: AppSpec, name: string): Manifest {
  const ports = [{ name: portName, port: trafficLimits.httpPort.value, targetPort: portName }];
  const body = { spec: { selector: podLabels(spec), ports } };
  return manifest(spec, "v1", "Service", name, body, isRollout(spec) ? keepsHash : undefined);
}

/** Names of the application's Services. */
const serviceNames = (spec: AppSpec): readonly string[] =>
  isRollout(spec) ? [stableService(spec), canaryService(spec)] : [stableService(spec)];

/** The Services: one for the version that serves, one for the version that is coming. */
export const services = (spec: AppSpec): readonly Manifest[] => serviceNames(spec).map((name) => service(spec, name));

/** Connections end at the gateway before the application would end them, or a request meets a closed one. */
export function destinationRules(spec: AppSpec): readonly Manifest[] {
  return serviceNames(spec).map((name) =>
    manifest(spec, "networking.istio.io/v1", "DestinationRule", name, {
      spec: {
        host: fullHost(spec, name),
        trafficPolicy: {
          connectionPool: { http: { idleTimeout: duration(trafficLimits.appIdleTimeout) } },
          ...sessionPolicy(spec),
        },
      },
    }),
  );
}

function destination(spec: AppSpec, name: string) {
  return { host: fullHost(spec, name), port: { number: trafficLimits.httpPort.value } };
}

function behaviour() {
  return {
    timeout: duration(applicationLimits.requestTimeout),
    retries: {
      attempts: applicationLimits.retries.value,
      retryOn: "connect-failure,refused-stream,reset-before-request",
    },
  };
}

/** The route of the application's host; `x-preview: true` reaches the new version before it has users. */
export function virtualService(spec: AppSpec, platform: AppPlatform): Manifest {
  const all = weightLimits.weightTotal.value;
  const stable = { destination: destination(spec, stableService(spec)), weight: all };
  const preview = {
    name: "preview",
    match: [{ headers: { "x-preview": { exact: "true" } } }],
    route: [{ destination: destination(spec, canaryService(spec)) }],
    ...behaviour(),
  };
  const primary = {
    name: routeName,
    route: isRollout(spec) ? [stable, { destination: destination(spec, canaryService(spec)), weight: 0 }] : [stable],
    ...behaviour(),
  };
  return manifest(spec, "networking.istio.io/v1", "VirtualService", spec.name, {
    spec: {
      hosts: [hostOf(spec, platform)],
      gateways: [gateway],
      http: isRollout(spec) ? [preview, primary] : [primary],
    },
  });
}

/** Scrapes the container's own metrics, where it has any. */
export function podMonitor(spec: AppSpec): readonly Manifest[] {
  if (spec.metricsPort === undefined) return [];
  return [
    manifest(spec, "monitoring.coreos.com/v1", "PodMonitor", spec.name, {
      spec: { selector: { matchLabels: podLabels(spec) }, podMetricsEndpoints: [{ port: metricsPortName(spec) }] },
    }),
  ];
}

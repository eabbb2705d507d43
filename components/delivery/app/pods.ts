/** The application's pods: what runs, how it is probed, how it ends, and where it stands. */
import { applicationLimits } from "../../core/limits/application";
import { trafficLimits } from "../../core/limits/traffic";
import { closedContainer, closedPod } from "../closed-pod";
import { databaseLabels, databaseSecrets, databaseVariables } from "./database";
import { flagAgent, flagVariables } from "./flags";
import { isRollout, podLabels } from "./manifest";
import type { AppPlatform, AppSpec } from "./spec";
import { scratchMounts, scratchVolumes } from "./state";

/** Name of the container's port, which Services and probes refer to. */
export const portName = "http";

/** Name of the port of the container's own metrics; the one that serves may have them too, and a port has one name. */
export const metricsPortName = ({ port, metricsPort }: AppSpec): string =>
  metricsPort === port ? portName : "metrics";

/** The Secret that External Secrets makes for the application. */
export const secretName = ({ name }: AppSpec): string => `${name}-secrets`;

const defaultResources = { cpu: "250m", memory: "256Mi" } as const;

/** Environment variables, those from secrets by reference. The database's come first: a variable may name those before it. */
export function environment(spec: AppSpec) {
  const fromSecret = (name: string) => ({ name, valueFrom: { secretKeyRef: { name: secretName(spec), key: name } } });
  const plain = Object.entries(spec.env ?? {}).map(([name, value]) => ({ name, value }));
  return [
    ...databaseVariables(spec),
    ...Object.keys(databaseSecrets(spec)).map(fromSecret),
    ...plain,
    ...Object.keys(spec.secrets ?? {}).map(fromSecret),
  ];
}

/** Resources of every container of the application. */
export function resources({ resources: own = defaultResources }: AppSpec) {
  return { requests: { cpu: own.cpu, memory: own.memory }, limits: { memory: own.memory } };
}

function probes({ readinessPath, livenessPath }: AppSpec) {
  const { probeTimeout, probeFailures, readinessPeriod, livenessPeriod, startPeriod, startFailures } =
    applicationLimits;
  const probe = (path: string) => ({ httpGet: { path, port: portName }, timeoutSeconds: probeTimeout.value });
  return {
    startupProbe: {
      ...probe(livenessPath),
      periodSeconds: startPeriod.value,
      failureThreshold: startFailures.value,
    },
    readinessProbe: {
      ...probe(readinessPath),
      periodSeconds: readinessPeriod.value,
      failureThreshold: probeFailures.value,
    },
    livenessProbe: {
      ...probe(livenessPath),
      periodSeconds: livenessPeriod.value,
      failureThreshold: probeFailures.value,
    },
  };
}

function container(spec: AppSpec, platform: AppPlatform) {
  const env = [...environment(spec), ...flagVariables(spec, platform)];
  const { port, metricsPort } = spec;
  const hasOwn = metricsPort !== undefined && metricsPort !== port;
  const metrics = hasOwn ? [{ name: metricsPortName(spec), containerPort: metricsPort }] : [];
  return {
    name: spec.name,
    image: spec.image,
    ports: [{ name: portName, containerPort: port }, ...metrics],
    ...(env.length > 0 && { env }),
    resources: resources(spec),
    ...probes(spec),
    // The kubelet's own sleep: an image without a shell has no command to wait with.
    lifecycle: { preStop: { sleep: { seconds: applicationLimits.preStop.value } } },
    securityContext: closedContainer,
    ...scratchMounts(spec),
  };
}

/** Spreads each version by itself: counted together, all pods of the new one may stand in one zone. */
function spread(spec: AppSpec) {
  const hash = isRollout(spec) ? "rollouts-pod-template-hash" : "pod-template-hash";
  const over = (topologyKey: string, whenUnsatisfiable: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable,
    // Without it a zone whose nodes are gone counts as empty, and new pods stay pending.
    nodeTaintsPolicy: "Honor",
    labelSelector: { matchLabels: podLabels(spec) },
    matchLabelKeys: [hash],
  });
  return [over("topology.kubernetes.io/zone", "DoNotSchedule"), over("kubernetes.io/hostname", "ScheduleAnyway")];
}

/** The pod template of the workload. */
export function podTemplate(spec: AppSpec, platform: AppPlatform) {
  return {
    metadata: {
      labels: { ...podLabels(spec), ...databaseLabels(spec) },
      annotations: { "fridayproof.dev/keep-alive-seconds": String(trafficLimits.appKeepAlive.value) },
    },
    spec: {
      serviceAccountName: spec.name,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: applicationLimits.grace.value,
      securityContext: closedPod,
      topologySpreadConstraints: spread(spec),
      ...flagAgent(spec, platform),
      containers: [container(spec, platform)],
      ...scratchVolumes(spec),
    },
  };
}

/** What the add-ons of a cluster request at their least count: summed from their values files, so that none is forgotten. */
import * as path from "node:path";
import { type ChartValues, chartValues, type Profile } from "@fridayproof/components/plan";

/** CPU and memory of a node, or of what runs on one. */
export interface Capacity {
  /** Virtual CPUs. */
  readonly cpu: number;
  readonly memoryGiB: number;
}

/** Pods of one workload: the path of their requests in the chart's values, and their minimum number. */
interface Workload {
  /** Folder below `components/` that holds the values. */
  readonly folder: string;
  /** Row of the lock file. */
  readonly chart: string;
  /** Path of the `resources` in the values. */
  readonly resources: string;
  /** Minimum number of pods: from the values, or fixed in the template. */
  readonly count: (values: ChartValues) => number;
}

function at(values: ChartValues, dotted: string): unknown {
  return dotted.split(".").reduce<unknown>((inner, key) => (inner as ChartValues | undefined)?.[key], values);
}

const number = (dotted: string) => (values: ChartValues) => Number(at(values, dotted));
const fixed = (count: number) => () => count;
/** `count` unless the switch is false. A value that is not set uses the chart's default, which is true. */
const where = (dotted: string, count: Workload["count"]) => (values: ChartValues) =>
  at(values, dotted) === false ? 0 : count(values);
/** The autoscaler's minReplicas if it is enabled, else `replicas`. */
const scaled = (enabled: string, least: string, replicas: string) => (values: ChartValues) =>
  number(at(values, enabled) === true ? least : replicas)(values);
const sum =
  (...counts: readonly Workload["count"][]) =>
  (values: ChartValues) =>
    counts.reduce((total, count) => total + count(values), 0);

const prometheus = number("prometheus.prometheusSpec.replicas");
const alertmanager = where("alertmanager.enabled", number("alertmanager.alertmanagerSpec.replicas"));
const redis = where("redis-ha.enabled", number("redis-ha.replicas"));

function of(folder: string, chart: string, rows: Readonly<Record<string, Workload["count"]>>): readonly Workload[] {
  return Object.entries(rows).map(([resources, count]) => ({ folder, chart, resources, count }));
}

/** Every long-running container of the charts. A new chart or container needs a row here. */
export const workloads: readonly Workload[] = [
  ...of("cluster", "aws-load-balancer-controller", { resources: number("replicaCount") }),
  ...of("cluster", "cluster-autoscaler", { resources: number("replicaCount") }),
  ...of("cluster", "metrics-server", { resources: number("replicas") }),
  ...of("cluster", "external-secrets", {
    resources: number("replicaCount"),
    "webhook.resources": number("webhook.replicaCount"),
    "certController.resources": number("certController.replicaCount"),
  }),
  ...of("delivery", "argo-cd", {
    "controller.resources": number("controller.replicas"),
    "server.resources": number("server.replicas"),
    "repoServer.resources": scaled(
      "repoServer.autoscaling.enabled",
      "repoServer.autoscaling.minReplicas",
      "repoServer.replicas",
    ),
    "applicationSet.resources": number("applicationSet.replicas"),
    "notifications.resources": where("notifications.enabled", fixed(1)),
    "redis-ha.redis.resources": redis,
    "redis-ha.sentinel.resources": redis,
    "redis-ha.splitBrainDetection.resources": redis,
    "redis-ha.haproxy.resources": where("redis-ha.enabled", number("redis-ha.haproxy.replicas")),
    "redis.resources": (values) => (at(values, "redis-ha.enabled") === false ? 1 : 0),
  }),
  ...of("delivery", "argo-rollouts", { "controller.resources": number("controller.replicas") }),
  ...of("observability", "kube-prometheus-stack", {
    "prometheus.prometheusSpec.resources": prometheus,
    "alertmanager.alertmanagerSpec.resources": alertmanager,
    "prometheusOperator.resources": fixed(1),
    "prometheusOperator.prometheusConfigReloader.resources": sum(prometheus, alertmanager),
    "grafana.resources": number("grafana.replicas"),
    // One for dashboards, one for data sources.
    "grafana.sidecar.resources": sum(number("grafana.replicas"), number("grafana.replicas")),
    "kube-state-metrics.resources": fixed(1),
  }),
  ...of("traffic", "istiod", { resources: scaled("autoscaleEnabled", "autoscaleMin", "replicaCount") }),
  ...of("traffic", "istio-gateway", {
    resources: scaled("autoscaling.enabled", "autoscaling.minReplicas", "replicaCount"),
  }),
];

/** Init containers and Jobs, by `<chart> <path>`: they do not run permanently. */
export const transient: readonly string[] = [
  "argo-cd redis-ha.init.resources",
  "argo-cd redis-ha.configmapTest.resources",
  "argo-cd redis-ha.haproxy.init.resources",
  "argo-cd repoServer.copyutil.resources",
  "argo-cd redisSecretInit.resources",
  "kube-prometheus-stack prometheusOperator.admissionWebhooks.patch.resources",
];

const MIB_PER_GIB = 1024;

/**
 * Requests of DaemonSets. EKS add-ons have their defaults: https://github.com/aws/eks-charts (aws-vpc-cni:
 * two containers), https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html; the agent requests nothing.
 */
export const daemons: Readonly<Record<string, Capacity>> = {
  "vpc-cni": { cpu: 0.05, memoryGiB: 0 },
  "kube-proxy": { cpu: 0.1, memoryGiB: 0 },
  "eks-pod-identity-agent": { cpu: 0, memoryGiB: 0 },
  "aws-ebs-csi-driver": { cpu: 0.03, memoryGiB: 120 / MIB_PER_GIB },
  "kube-prometheus-stack prometheus-node-exporter.resources": { cpu: 0.02, memoryGiB: 32 / MIB_PER_GIB },
};

/**
 * EKS's add-ons with pods of their own, two of each by default: CoreDNS 100m and 70 MiB
 * (https://github.com/coredns/deployment), the EBS controller's six containers with 10m and 40 MiB each
 * (https://github.com/kubernetes-sigs/aws-ebs-csi-driver/tree/v1.66.0/charts/aws-ebs-csi-driver).
 */
export const addons: Readonly<Record<string, Capacity>> = {
  coredns: { cpu: 2 * 0.1, memoryGiB: (2 * 70) / MIB_PER_GIB },
  "aws-ebs-csi-driver": { cpu: 2 * 0.06, memoryGiB: (2 * 240) / MIB_PER_GIB },
};

/** Kubernetes' notation as a number: `250m` is 0.25, `512Mi` is 0.5 GiB. @throws Error for any other unit. */
export function quantityOf(text: unknown): number {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)(m|Mi|Gi)?$/.exec(String(text)) ?? [];
  if (digits === undefined) throw new Error(`${String(text)} is no quantity that capacity can be summed from`);
  return Number(digits) / ({ m: 1000, Mi: MIB_PER_GIB }[unit] ?? 1);
}

const read = new Map<string, ChartValues>();

/** The values of a chart, cached: each workload of the chart and each check of an environment reads them. */
function valuesOf(folder: string, chart: string, profile: Profile): ChartValues {
  const key = `${profile} ${folder}/${chart}`;
  const values =
    read.get(key) ?? chartValues(path.join(__dirname, "../../components", folder, "values"), chart, profile);
  read.set(key, values);
  return values;
}

function requestsOf({ folder, chart, resources, count }: Workload, profile: Profile): Capacity {
  const values = valuesOf(folder, chart, profile);
  const times = count(values);
  if (times === 0) return { cpu: 0, memoryGiB: 0 };
  const requests = at(values, `${resources}.requests`) as ChartValues | undefined;
  if (!Number.isInteger(times) || requests === undefined)
    throw new Error(`the values of ${chart} do not set what ${resources} requests, or its replicas`);
  return { cpu: times * quantityOf(requests["cpu"]), memoryGiB: times * quantityOf(requests["memory"]) };
}

/** CPU and memory of several together. */
export function total(rows: readonly Capacity[]): Capacity {
  const all = (key: keyof Capacity): number => rows.reduce((whole, row) => whole + row[key], 0);
  return { cpu: all("cpu"), memoryGiB: all("memoryGiB") };
}

/** Total requests of the profile's add-ons, without DaemonSets. */
export function addonRequests(profile: Profile): Capacity {
  return total([...workloads.map((workload) => requestsOf(workload, profile)), ...Object.values(addons)]);
}

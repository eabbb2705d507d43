/** The add-ons' Helm values: the proven files with this cluster's names in place of the files' examples. */
import * as path from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { type ChartValues, chartValues, mergeValues, type Profile } from "../charts/chart-values";
import type { Problem } from "../core/checks";
import { trafficLimits } from "../core/limits/traffic";
import { duration } from "../core/units";

/** Charts that the add-ons install, by their rows in the lock file. */
export type AddonChart = "metrics-server" | "cluster-autoscaler" | "aws-load-balancer-controller" | "external-secrets";

function fileValues(chart: AddonChart, profile: Profile): ChartValues {
  return chartValues(path.join(__dirname, "values"), chart, profile);
}

/** Values of metrics-server and external-secrets, which need none of the cluster's names. */
export function plainValues(chart: "metrics-server" | "external-secrets", profile: Profile): ChartValues {
  return fileValues(chart, profile);
}

/** What Cluster Autoscaler is configured with. */
export interface AutoscalerSettings {
  readonly profile: Profile;
  readonly clusterName: string;
  readonly region: string;
  /** Image tag, such as `v1.35.1`. */
  readonly imageTag: string;
}

/** Complete values of cluster-autoscaler. */
export function clusterAutoscalerValues(settings: AutoscalerSettings): ChartValues {
  return mergeValues(fileValues("cluster-autoscaler", settings.profile), {
    awsRegion: settings.region,
    autoDiscovery: { clusterName: settings.clusterName },
    image: { tag: settings.imageTag },
  });
}

/**
 * What is wrong with an autoscaler image for a cluster: the minors must be equal, as its scheduler simulation is the
 * one of that Kubernetes. Source: https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler#releases
 */
export function autoscalerImageProblems(path: string, tag: string, kubernetesVersion: string): Problem[] {
  if (/^v(\d+\.\d+)\.\d+$/.exec(tag)?.[1] === kubernetesVersion) return [];
  const fix = "Lock the autoscaler's image of that minor: it simulates the scheduler of its own.";
  return [{ path, got: tag, allowed: `v${kubernetesVersion}.<patch>`, fix }];
}

/** What the load balancer controller is configured with. */
export interface LoadBalancerControllerSettings {
  readonly profile: Profile;
  readonly clusterName: string;
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
}

/** Complete values of aws-load-balancer-controller. */
export function loadBalancerControllerValues(settings: LoadBalancerControllerSettings): ChartValues {
  return mergeValues(fileValues("aws-load-balancer-controller", settings.profile), {
    clusterName: settings.clusterName,
    region: settings.region,
    // Named, because the instance metadata is out of reach of pods.
    vpcId: settings.vpcId,
    // Becomes --targetgroupbinding-requeue-duration; how soon a healthy target opens its pod's readiness gate.
    targetgroupbindingRequeueDuration: duration(trafficLimits.tgbRequeue),
  });
}

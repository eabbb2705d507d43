/** The monitoring chart's values for one environment: the proven file, what differs from it, and where its pages go. */
import * as path from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { type ChartValues, chartValues, mergeValues, type Profile } from "../charts/chart-values";
import { type VolumeWait, volumeWait } from "./volume-wait";

/** What differs between environments of one profile. */
export interface MonitoringSettings {
  /** Production or dev values. */
  readonly profile: Profile;
  /** Name of the cluster; stands in every page. */
  readonly cluster: string;
  /** How the release waits for its volumes, which go with it: only while torn down. @default they stay */
  readonly deleteVolumes?: VolumeWait;
  /** Where Alertmanager reads its configuration and the on-call credential; absent where there is no Alertmanager. */
  readonly paging?: {
    /** Name of the Secret with `alertmanager.yaml`. */
    readonly configSecretName: pulumi.Input<string>;
    /** Names of the Secrets with credentials. */
    readonly credentialSecretNames: readonly string[];
  };
}

/** Complete values of the kube-prometheus-stack chart. */
export function monitoringValues(settings: MonitoringSettings): ChartValues {
  const { profile, cluster, deleteVolumes, paging } = settings;
  const values = chartValues(path.join(__dirname, "values"), "kube-prometheus-stack", profile);
  const persistentVolumeClaimRetentionPolicy = { whenDeleted: deleteVolumes === undefined ? "Retain" : "Delete" };
  const pages = paging && {
    useExistingSecret: true,
    configSecret: paging.configSecretName,
    secrets: paging.credentialSecretNames,
  };
  return mergeValues(values, {
    ...(deleteVolumes && { extraManifests: volumeWait(deleteVolumes) }),
    prometheus: { prometheusSpec: { persistentVolumeClaimRetentionPolicy, externalLabels: { cluster } } },
    alertmanager: { alertmanagerSpec: { persistentVolumeClaimRetentionPolicy, ...pages } },
  });
}

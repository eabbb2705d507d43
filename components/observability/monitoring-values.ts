/** The monitoring chart's values for one environment: the proven file, what tells it apart, and where its pages go. */
import * as path from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { type ChartValues, chartValues, mergeValues, type Profile } from "../charts/chart-values";

/** What differs between environments of one profile. */
export interface MonitoringSettings {
  /** Production or dev values. */
  readonly profile: Profile;
  /** Name of the cluster; stands in every page. */
  readonly cluster: string;
  /** Whether the volumes go with the release: true only while torn down. */
  readonly deleteVolumes: boolean;
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
  const persistentVolumeClaimRetentionPolicy = { whenDeleted: deleteVolumes ? "Delete" : "Retain" };
  const pages = paging && {
    useExistingSecret: true,
    configSecret: paging.configSecretName,
    secrets: paging.credentialSecretNames,
  };
  return mergeValues(values, {
    prometheus: { prometheusSpec: { persistentVolumeClaimRetentionPolicy, externalLabels: { cluster } } },
    alertmanager: { alertmanagerSpec: { persistentVolumeClaimRetentionPolicy, ...pages } },
  });
}

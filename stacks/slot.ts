/** One cluster slot: a cluster generation with its nodes and what runs on it. */
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../components/cluster/cluster";
import { NodeAddons } from "../components/cluster/node-addons";
import { NodePool } from "../components/cluster/node-pool";
import { physicalName } from "../components/core/names";
import { ArgoCd } from "../components/delivery/argo-cd";
import { ArgoRollouts } from "../components/delivery/argo-rollouts";
import { PrometheusOperatorCrds } from "../components/delivery/prometheus-operator-crds";
import type { Keys } from "../components/encryption/keys";
import type { Vpc } from "../components/network/vpc";
import type { Settings } from "./config";
import type { Colour, Environment } from "./environment";
import { clusterVersions, type ClusterVersions, type Lock, lockedChart } from "./lock";
import { accountRoleArn } from "./roles";

/** Everything that a slot is made from. */
export interface SlotArgs {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly lock: Lock;
  readonly colour: Colour;
  /** Kubernetes minor of this generation. */
  readonly minor: string;
  readonly network: Vpc;
  readonly keys: Keys;
  readonly protect: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Providers of everything outside the cluster. */
  readonly providers: pulumi.ProviderResource[];
}

/** What other parts and people need to know of a slot. */
export interface Slot {
  readonly clusterName: pulumi.Output<string>;
  readonly argoCdNamespace: pulumi.Output<string>;
}

/** Declares the slot; nothing of another slot takes part in it, so one can come and go while the other serves. */
export function slot(args: SlotArgs): Slot {
  const { colour, environment, tags, providers } = args;
  const versions = clusterVersions(args.lock, args.minor);
  const cluster = clusterOf(args, versions);
  const pools = nodePools(args, versions, cluster);
  const systemPool = pools.get(environment.systemPool);
  new NodeAddons(
    `${colour}-addons`,
    {
      clusterName: cluster.clusterName,
      pool: environment.systemPool,
      poolReady: systemPool?.nodeGroupId ?? "",
      versions: versions.addons,
      tags,
    },
    { providers },
  );
  // What runs inside starts after there are nodes, and is gone before nodes, access or control plane go.
  const inside = new kubernetes.Provider(
    `${colour}-kubernetes`,
    { kubeconfig: cluster.kubeconfigJson, enableServerSideApply: true },
    { dependsOn: [cluster, ...pools.values()] },
  );
  const { argoCd } = delivery(args, { providers: [inside] });
  return { clusterName: cluster.clusterName, argoCdNamespace: argoCd.namespaceName };
}

function clusterOf(args: SlotArgs, versions: ClusterVersions): Cluster {
  const { colour, environment, settings, network, keys, protect, tags, providers } = args;
  return new Cluster(
    `${colour}-cluster`,
    {
      clusterName: physicalName("eksCluster", ["fridayproof", environment.name, colour]),
      kubernetesVersion: versions.kubernetes,
      accountId: settings.account,
      vpcId: network.vpcId,
      controlPlaneSubnetIds: network.intraSubnetIds,
      deployerCidrs: settings.deployerCidrs,
      deployRoleArn: accountRoleArn(settings.account, "deploy"),
      readOnlyRoleArn: accountRoleArn(settings.account, "read-only"),
      breakGlassRoleArn: accountRoleArn(settings.account, "break-glass"),
      addonVersions: versions.addons,
      logRetentionDays: environment.retention.controlPlaneDays,
      logsKeyArn: keys.logsKeyArn,
      protect,
      tags,
    },
    { providers },
  );
}

function nodePools(args: SlotArgs, versions: ClusterVersions, cluster: Cluster): ReadonlyMap<string, NodePool> {
  const { colour, environment, network, keys, tags, providers } = args;
  return new Map(
    Object.entries(environment.pools).map(([pool, { instanceType, size, tainted }]) => {
      const nodes = {
        clusterName: cluster.clusterNameForNodes,
        subnetIds: network.privateSubnetIds,
        pool,
        instanceType,
        size,
        tainted,
        kubernetesVersion: versions.kubernetes,
        amiRelease: versions.amiRelease,
        volumesKeyArn: keys.volumesKeyArn,
        tags,
      };
      return [pool, new NodePool(`${colour}-${pool}`, nodes, { providers })] as const;
    }),
  );
}

function delivery(args: SlotArgs, opts: pulumi.ComponentResourceOptions): { readonly argoCd: ArgoCd } {
  const { colour, environment, lock } = args;
  const { profile, domain, sso } = environment;
  const monitoringCrds = new PrometheusOperatorCrds(
    `${colour}-monitoring-crds`,
    { chart: lockedChart(lock, "prometheus-operator-crds"), profile },
    opts,
  );
  new ArgoRollouts(
    `${colour}-argo-rollouts`,
    { chart: lockedChart(lock, "argo-rollouts"), profile, monitoringCrds },
    opts,
  );
  const argoCd = new ArgoCd(
    `${colour}-argo-cd`,
    {
      chart: lockedChart(lock, "argo-cd"),
      profile,
      host: `argocd.${domain}`,
      monitoringCrds,
      ssoIssuer: sso?.issuer,
      ssoClientId: sso?.clientId,
    },
    opts,
  );
  return { argoCd };
}

/** One cluster slot: a cluster generation with its nodes and what runs on it. */
import { Cluster, NodeAddons, NodePool } from "@fridayproof/components/cluster";
import { type LiveNodeGroup, nodeGroupName } from "@fridayproof/components/plan";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { slotClusterName } from "../inputs/conventions";
import { poolSize, standsBy } from "../environments/standby";
import { slotVersions, type ClusterVersions } from "../inputs/lock";
import { accountRoleArn, takenRoleArn } from "../inputs/roles";
import type { SlotContext } from "./slot-context";
import { slotPlatform } from "./slot-platform";

/** What other parts and people need of a slot. */
export interface Slot {
  readonly clusterName: pulumi.Output<string>;
  /** What puts targets into the slot's target group: it takes traffic once this stands. */
  readonly gateway: pulumi.Resource;
  /** Security group of the nodes: who may open connections to the database. */
  readonly nodeSecurityGroupId: pulumi.Output<string>;
  /** Namespaces of the applications, in the order of the environment's list. */
  readonly namespaces: pulumi.Output<string[]>;
  /** What the cluster's objects are made with. */
  readonly clusterProvider: kubernetes.Provider;
}

/** Declares the slot; nothing of another slot takes part in it, so one can come and go while the other serves. */
export function slot(context: SlotContext): Slot {
  const { color, environment } = context;
  const versions = slotVersions(context.lock, context.kubernetesVersion, context.nodesVersion);
  const clusterName = slotClusterName(environment.name, color);
  const cluster = clusterOf(context, clusterName, versions);
  const pools = nodePools(context, versions, cluster);
  const nodes = pools.get(environment.systemPool);
  if (nodes === undefined) throw new Error(`environment ${environment.name} has no pool ${environment.systemPool}`);
  const nodeAddons = new NodeAddons(
    `${color}-addons`,
    {
      clusterName: cluster.clusterNameForPods,
      pool: environment.systemPool,
      nodes,
      versions: versions.addons,
      tags: context.tags,
    },
    { providers: [context.awsProvider] },
  );
  // Namespaces and kinds need no node. What runs in pods waits for nodes by itself (decision 78).
  const clusterProvider = new kubernetes.Provider(
    `${color}-kubernetes`,
    { kubeconfig: cluster.kubeconfigJson, enableServerSideApply: true },
    { dependsOn: [cluster] },
  );
  const { gateway, namespaces } = slotPlatform({
    ...context,
    cluster,
    clusterName,
    versions,
    nodes,
    pools: [...pools.values()],
    nodeAddons,
    clusterProvider,
  });
  const { nodeSecurityGroupId } = cluster;
  return { clusterName: cluster.clusterName, gateway, nodeSecurityGroupId, namespaces, clusterProvider };
}

function clusterOf(context: SlotContext, clusterName: string, versions: ClusterVersions): Cluster {
  const { color, environment, settings, network, keys, protect, retiring, tags } = context;
  return new Cluster(
    `${color}-cluster`,
    {
      clusterName,
      kubernetesVersion: versions.kubernetes,
      accountId: settings.account,
      vpcId: network.vpcId,
      controlPlaneSubnetIds: network.intraSubnetIds,
      deployerCidrs: settings.deployerCidrs,
      deployRoleArn: accountRoleArn(settings.account, "deploy"),
      createdByOthers: context.createdByOthers,
      tokenRoleArn: takenRoleArn(settings),
      readOnlyRoleArn: accountRoleArn(settings.account, "read-only"),
      breakGlassRoleArn: accountRoleArn(settings.account, "break-glass"),
      addonVersions: versions.addons,
      logging: !retiring,
      logRetentionDays: environment.retention.controlPlaneDays,
      logsKeyArn: keys.logsKeyArn,
      protect,
      tags,
    },
    { providers: [context.awsProvider, context.eksProvider] },
  );
}

function nodePools(context: SlotContext, versions: ClusterVersions, cluster: Cluster): ReadonlyMap<string, NodePool> {
  const { color, environment, network, keys, protect, tags } = context;
  return new Map(
    Object.entries(environment.pools).map(([pool, { instanceType, tainted, retiring }]) => {
      const nodes = {
        // Beside pod networking (decision 77).
        clusterName: cluster.clusterName,
        subnetIds: network.privateSubnetIdByZone,
        egress: network.egress,
        live: liveOf(context, pool),
        standingType: context.standingTypes[pool],
        protect: protect && retiring !== true,
        retiringZones: environment.retiringZones,
        pool,
        instanceType,
        size: poolSize(environment, pool),
        standsBy: standsBy(environment),
        tainted,
        kubernetesVersion: versions.nodes,
        amiRelease: versions.amiRelease,
        volumesKeyArn: keys.volumesKeyArn,
        tags,
      };
      return [pool, new NodePool(`${color}-${pool}`, nodes, { providers: [context.awsProvider] })] as const;
    }),
  );
}

/** The groups of one pool by zone id. */
function liveOf({ live, color, environment }: SlotContext, pool: string): Readonly<Record<string, LiveNodeGroup>> {
  const groups = environment.zones.map((zone) => [zone, live.get(nodeGroupName(`${color}-${pool}`, zone))] as const);
  return Object.fromEntries(groups.flatMap(([zone, group]) => (group === undefined ? [] : [[zone, group]])));
}

/** One cluster slot: a cluster generation with its nodes and what runs on it. */
import type * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type * as random from "@pulumi/random";
import type * as eks from "@pulumi/eks";
import { Cluster } from "../components/cluster/cluster";
import { NodeAddons } from "../components/cluster/node-addons";
import { NodePool } from "../components/cluster/node-pool";
import { nodeGroupName } from "../components/cluster/pool-names";
import type { LiveNodeGroup } from "../components/cluster/pool-size";
import { physicalName } from "../components/core/names";
import type { Keys } from "../components/encryption/keys";
import type { Vpc } from "../components/network/vpc";
import type { Settings } from "./config";
import { PLATFORM } from "./conventions";
import type { Colour, Environment } from "./environment";
import { slotVersions, type ClusterVersions, type Lock } from "./lock";
import { accountRoleArn, takenRoleArn } from "./roles";
import { slotPlatform } from "./slot-platform";

/** Everything that a slot is made from. */
export interface SlotArgs {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly lock: Lock;
  readonly colour: Colour;
  /** Kubernetes minor of this generation. */
  readonly minor: string;
  /** Kubernetes minor of its nodes. @default the generation's */
  readonly nodesMinor?: string;
  /** The slot's node groups that there are, by their names in the program. */
  readonly live: ReadonlyMap<string, LiveNodeGroup>;
  /** Whether the slot goes next: then nothing of it is protected, and nothing stays behind. */
  readonly leaving: boolean;
  /** Whether a person makes the cluster, who then is its first administrator instead of the deploy role. @default false */
  readonly createdByOthers?: boolean;
  readonly network: Vpc;
  readonly keys: Keys;
  /** The colour's own target group, known once the listener names it. */
  readonly targetGroupArn: pulumi.Input<string>;
  /** Security group of the load balancer. */
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
  readonly protect: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly awsProvider: aws.Provider;
  readonly eksProvider: eks.Provider;
  readonly randomProvider: random.Provider;
}

/** The slot's cluster, as what runs on it needs to know it. */
export interface SlotCluster {
  readonly cluster: Cluster;
  /** The cluster's name as text. */
  readonly clusterName: string;
  readonly versions: ClusterVersions;
  /** The system pool. */
  readonly nodes: NodePool;
  /** Name resolution for pods. */
  readonly nodeAddons: NodeAddons;
}

/** What other parts and people need to know of a slot. */
export interface Slot {
  readonly clusterName: pulumi.Output<string>;
  readonly argoCdNamespace: pulumi.Output<string>;
  /** What puts targets into the slot's target group: it takes traffic once this stands. */
  readonly gateway: pulumi.Resource;
}

/** Name in AWS of a slot's cluster. */
export function slotClusterName(environment: string, colour: Colour): string {
  return physicalName("eksCluster", [PLATFORM, environment, colour]);
}

/** Declares the slot; nothing of another slot takes part in it, so one can come and go while the other serves. */
export function slot(args: SlotArgs): Slot {
  const { colour, environment } = args;
  const versions = slotVersions(args.lock, args.minor, args.nodesMinor);
  const clusterName = slotClusterName(environment.name, colour);
  const cluster = clusterOf(args, clusterName, versions);
  const pools = nodePools(args, versions, cluster);
  const nodes = pools.get(environment.systemPool);
  if (nodes === undefined) throw new Error(`environment ${environment.name} has no pool ${environment.systemPool}`);
  const nodeAddons = new NodeAddons(
    `${colour}-addons`,
    {
      clusterName: cluster.clusterName,
      pool: environment.systemPool,
      nodes,
      versions: versions.addons,
      tags: args.tags,
    },
    { providers: [args.awsProvider] },
  );
  // What runs inside starts after there are nodes, names and ways out, and is gone before any of them goes: a finalizer
  // ends only while its controller runs, finds AWS by name and reaches it.
  const inside = new kubernetes.Provider(
    `${colour}-kubernetes`,
    { kubeconfig: cluster.kubeconfigJson, enableServerSideApply: true },
    { dependsOn: [cluster, ...pools.values(), nodeAddons, ...args.network.waysOut] },
  );
  const { argoCd, gateway } = slotPlatform({ ...args, cluster, clusterName, versions, nodes, nodeAddons, inside });
  return { clusterName: cluster.clusterName, argoCdNamespace: argoCd.namespaceName, gateway };
}

function clusterOf(args: SlotArgs, clusterName: string, versions: ClusterVersions): Cluster {
  const { colour, environment, settings, network, keys, protect, leaving, tags } = args;
  return new Cluster(
    `${colour}-cluster`,
    {
      clusterName,
      kubernetesVersion: versions.kubernetes,
      accountId: settings.account,
      vpcId: network.vpcId,
      controlPlaneSubnetIds: network.intraSubnetIds,
      deployerCidrs: settings.deployerCidrs,
      deployRoleArn: accountRoleArn(settings.account, "deploy"),
      createdByOthers: args.createdByOthers,
      tokenRoleArn: takenRoleArn(settings),
      readOnlyRoleArn: accountRoleArn(settings.account, "read-only"),
      breakGlassRoleArn: accountRoleArn(settings.account, "break-glass"),
      addonVersions: versions.addons,
      logging: !leaving,
      logRetentionDays: environment.retention.controlPlaneDays,
      logsKeyArn: keys.logsKeyArn,
      protect,
      tags,
    },
    { providers: [args.awsProvider, args.eksProvider] },
  );
}

function nodePools(args: SlotArgs, versions: ClusterVersions, cluster: Cluster): ReadonlyMap<string, NodePool> {
  const { colour, environment, network, keys, protect, tags } = args;
  return new Map(
    Object.entries(environment.pools).map(([pool, { instanceType, size, tainted, retiring }]) => {
      const nodes = {
        clusterName: cluster.clusterNameForNodes,
        subnetIds: network.privateSubnetIdByZone,
        waysOut: network.waysOut,
        live: liveOf(args, pool),
        protect: protect && retiring !== true,
        pool,
        instanceType,
        size,
        tainted,
        kubernetesVersion: versions.nodes,
        amiRelease: versions.amiRelease,
        volumesKeyArn: keys.volumesKeyArn,
        tags,
      };
      return [pool, new NodePool(`${colour}-${pool}`, nodes, { providers: [args.awsProvider] })] as const;
    }),
  );
}

/** The groups of one pool by zone id. */
function liveOf({ live, colour, environment }: SlotArgs, pool: string): Readonly<Record<string, LiveNodeGroup>> {
  const groups = environment.zones.map((zone) => [zone, live.get(nodeGroupName(`${colour}-${pool}`, zone))] as const);
  return Object.fromEntries(groups.flatMap(([zone, group]) => (group === undefined ? [] : [[zone, group]])));
}

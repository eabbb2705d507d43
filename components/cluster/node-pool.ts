/** Nodes of one kind that can be rolled, resized and drained without replacing their groups, one managed group for each zone. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Problem, throwProblems } from "../core/checks";
import { instanceTypeProblems } from "../core/instance-types";
import { clusterLimits } from "../core/limits/cluster";
import { duration } from "../core/units";
import {
  type LiveNodeGroup,
  type NodePoolSize,
  nodePoolSizeProblems,
  rollTimeout,
  type Scaling,
  scalingOf,
  splitSize,
  zoneShareProblems,
} from "./pool-size";
import { amiTypeOf, nodeRole, nodeTemplate } from "./node-template";
import { nodeGroupName, poolNameProblems } from "./pool-names";

/** Label, and taint where there is one, by which pods choose their pool. */
export const POOL_LABEL = "fridayproof.dev/pool";

/** Arguments of {@link NodePool}. */
export interface NodePoolArgs {
  /**
   * The cluster's name: `Cluster.clusterName`, with which nodes start beside the pod network and become ready with it, or
   * `Cluster.clusterNameForPods`, with which they start after it (decision 77).
   */
  readonly clusterName: pulumi.Input<string>;
  /**
   * Private subnet of each zone id, one node group for each. What a size leaves over when it is divided goes to the
   * first ones, so the order must not change: `Vpc.privateSubnetIdByZone`.
   */
  readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** What nodes reach AWS by, `Vpc.egress`: there before the first node, and gone after the last. @default none */
  readonly egress?: readonly pulumi.Resource[];
  /** The node groups of this pool that there are, by zone id, as EKS describes them now. @default none */
  readonly live?: Readonly<Record<string, LiveNodeGroup>>;
  /** Instance type that its nodes have now: with another one they are replaced, and the size waits. @default the one declared */
  readonly standingType?: string;
  /** Pulumi's protection on the node groups, which no change may replace while they serve. */
  readonly protect: boolean;
  /** Zones that go: their node groups are not protected. @default none */
  readonly retiringZones?: readonly string[];
  /** Name of the pool, the value of its nodes' label {@link POOL_LABEL}. */
  readonly pool: string;
  /** A row of `components/core/instance-types.json`, which also chooses the AMI by its architecture; it stands in the launch template, so another type is a rolling change. */
  readonly instanceType: string;
  /** Fewest, first and most nodes, over all zones together. */
  readonly size: NodePoolSize;
  /**
   * Whether nobody is served by its nodes: there may be fewer than two, down to none, and the desired size is sent with each
   * update instead of left to the autoscaler.
   * @default false
   */
  readonly standsBy?: boolean;
  /** Whether only pods that tolerate {@link POOL_LABEL} may run here. */
  readonly tainted: boolean;
  /** Kubernetes minor of the cluster. */
  readonly kubernetesVersion: string;
  /** AMI release of that minor, such as `1.35.8-20260930`; left to EKS it would be the one of the day. */
  readonly amiRelease: string;
  /** KMS key of the nodes' disks; Auto Scaling must be allowed to use it and to grant its use. */
  readonly volumesKeyArn: pulumi.Input<string>;
  /** Tags of everything here, instances and volumes too. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What one group is made from. */
interface GroupArgs extends NodePoolArgs {
  /** The role's ARN, known once a node that has it can join. */
  readonly roleArn: pulumi.Output<string>;
  readonly template: aws.ec2.LaunchTemplate;
  readonly zone: string;
  /** The zone's part of the pool's size. */
  readonly share: NodePoolSize;
  /** Groups that are updated before it. */
  readonly after: readonly pulumi.Resource[];
}

/** Raw resources of {@link NodePool}. */
export interface NodePoolNodes {
  /** The managed node groups by zone id. */
  readonly nodeGroups: ReadonlyMap<string, aws.eks.NodeGroup>;
  /** The launch template of all of them. */
  readonly launchTemplate: aws.ec2.LaunchTemplate;
  /** The role of their nodes. */
  readonly role: aws.iam.Role;
}

/**
 * Nodes of one kind, a managed node group in each zone: a group keeps its subnet for life, so another zone adds a
 * group and touches no other, and the autoscaler can add a node where a pod's volume lies. Capacity leaves one
 * node at a time, and only `desired` is left to the autoscaler.
 *
 * @example
 * ```typescript
 * const versions = clusterVersions(readLock(), "1.35");
 * new NodePool(
 *   "blue-system",
 *   {
 *     clusterName: cluster.clusterName,
 *     subnetIds: network.privateSubnetIdByZone,
 *     egress: network.egress,
 *     protect: true,
 *     pool: "system",
 *     instanceType: "t3.xlarge",
 *     size: { min: 3, desired: 3, max: 6 },
 *     tainted: true,
 *     kubernetesVersion: versions.kubernetes,
 *     amiRelease: versions.amiRelease,
 *     volumesKeyArn: keys.volumesKeyArn,
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class NodePool extends pulumi.ComponentResource {
  /** Name of each node group in AWS by zone id, known once its nodes are ready. */
  public readonly nodeGroupNames: Readonly<Record<string, pulumi.Output<string>>>;
  /** Role of the nodes. */
  public readonly nodeRoleArn: pulumi.Output<string>;

  readonly #nodes: NodePoolNodes;

  /** @throws ProblemsError when the size would leave no node to serve, the instance type is unknown, or the name no room for Pulumi's suffix. */
  constructor(name: string, args: NodePoolArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`NodePool "${name}"`, problemsOf(name, args));
    super("fridayproof:cluster:NodePool", name, {}, opts);

    const { role, roleArn } = nodeRole(name, args, this);
    const template = nodeTemplate(name, args, this);
    const groups = this.groups(name, args, { roleArn, template });
    this.nodeGroupNames = Object.fromEntries([...groups].map(([zone, group]) => [zone, group.nodeGroupName]));
    this.nodeRoleArn = roleArn;
    this.#nodes = { nodeGroups: groups, launchTemplate: template, role };
    this.registerOutputs({ nodeGroupNames: this.nodeGroupNames, nodeRoleArn: this.nodeRoleArn });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): NodePoolNodes {
    return this.#nodes;
  }

  private groups(
    name: string,
    args: NodePoolArgs,
    parts: Pick<GroupArgs, "roleArn" | "template">,
  ): ReadonlyMap<string, aws.eks.NodeGroup> {
    const groups = new Map<string, aws.eks.NodeGroup>();
    let before: aws.eks.NodeGroup | undefined;
    for (const [zone, share] of splitSize(args.size, Object.keys(args.subnetIds))) {
      // Groups with nodes roll one after another: a pool loses one node at a time, not one in each zone. The others have
      // nothing to lose: they start, or wake, together.
      const hasNodes = (args.live?.[zone]?.size.desired ?? 0) > 0;
      const after = hasNodes && before !== undefined ? [before] : [];
      const group = this.group(nodeGroupName(name, zone), { ...args, ...parts, zone, share, after });
      groups.set(zone, group);
      if (hasNodes) before = group;
    }
    return groups;
  }

  private group(name: string, args: GroupArgs): aws.eks.NodeGroup {
    const { size, keepsDesired } = this.scaling(name, args);
    return new aws.eks.NodeGroup(
      name,
      {
        clusterName: args.clusterName,
        nodeRoleArn: args.roleArn,
        subnetIds: [args.subnetIds[args.zone] ?? ""],
        version: args.kubernetesVersion,
        releaseVersion: args.amiRelease,
        amiType: amiTypeOf(args.instanceType),
        capacityType: "ON_DEMAND",
        launchTemplate: { id: args.template.id, version: pulumi.interpolate`${args.template.latestVersion}` },
        scalingConfig: { minSize: size.min, desiredSize: size.desired, maxSize: size.max },
        updateConfig: { maxUnavailable: clusterLimits.nodesUnavailable.value },
        labels: { [POOL_LABEL]: args.pool },
        taints: args.tainted ? [{ key: POOL_LABEL, value: args.pool, effect: "NO_SCHEDULE" }] : [],
        tags: { ...args.tags },
      },
      {
        parent: this,
        protect: args.protect && args.retiringZones?.includes(args.zone) !== true,
        dependsOn: [...(args.egress ?? []), ...args.after],
        ignoreChanges: keepsDesired ? ["scalingConfig.desiredSize"] : [],
        customTimeouts: {
          create: duration(clusterLimits.nodesCreate),
          update: rollTimeout(size),
          delete: duration(clusterLimits.nodesDelete),
        },
      },
    );
  }

  private scaling(name: string, args: GroupArgs): Scaling {
    const { live, zone, share, kubernetesVersion, amiRelease, instanceType, standingType = instanceType } = args;
    const now = live?.[zone];
    const isAsIs = now?.version === kubernetesVersion && now.releaseVersion === amiRelease;
    const rolls = now !== undefined && (!isAsIs || standingType !== instanceType);
    const scaling = scalingOf(share, now, { rolls, standsBy: args.standsBy });
    if (scaling.waits) {
      const text = `${name} gets other nodes in this update and its other size in the next: while nodes are replaced, the size that was read grows old.`;
      void pulumi.log.warn(text, this);
    }
    return scaling;
  }
}

function problemsOf(name: string, { size, subnetIds, instanceType, standsBy }: NodePoolArgs): Problem[] {
  const zones = Object.keys(subnetIds);
  const none = { path: "subnetIds", got: {}, allowed: "a subnet for each zone", fix: "Give the pool a zone." };
  return [
    ...nodePoolSizeProblems("size", size, { standsBy }),
    ...instanceTypeProblems("instanceType", instanceType),
    ...(zones.length === 0 ? [none] : zoneShareProblems("size", size, zones.length)),
    ...poolNameProblems(name, zones),
  ];
}

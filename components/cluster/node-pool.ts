/** A managed group of nodes that can be rolled, resized and drained without replacing it. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Problem, throwProblems } from "../core/checks";
import { type Architecture, instanceTypeProblems, instanceTypes, isInstanceType } from "../core/instance-types";
import { clusterLimits } from "../core/limits/cluster";
import { nameLimits } from "../core/limits/names";

/** Label, and taint where there is one, by which pods choose their pool. */
export const POOL_LABEL = "fridayproof.dev/pool";

/** How many nodes. */
export interface NodePoolSize {
  /** Fewest nodes, at least two: one may be away. @unit nodes */
  readonly min: number;
  /** At creation only; then the autoscaler decides. @unit nodes */
  readonly desired: number;
  /** Most nodes that the autoscaler may have. @unit nodes */
  readonly max: number;
}

/** Arguments of {@link NodePool}. */
export interface NodePoolArgs {
  /** The cluster's name, known once nodes can become ready: `Cluster.clusterNameForNodes`. */
  readonly clusterName: pulumi.Input<string>;
  /** Private subnets, one per zone. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** Name of the pool, the value of its nodes' label {@link POOL_LABEL}. */
  readonly pool: string;
  /** A row of `components/core/instance-types.json`, which also chooses the AMI by its architecture; it stands in the launch template, so another type is a rolling change. */
  readonly instanceType: string;
  /** Fewest, first and most nodes, over all zones together. */
  readonly size: NodePoolSize;
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

/** What a node needs; source: https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly"];

/** Root device of Amazon Linux 2023. */
const ROOT_DEVICE = "/dev/xvda";

/** Everything that is wrong with a pool's size; empty when nothing is. */
export function nodePoolSizeProblems(path: string, size: NodePoolSize): Problem[] {
  const { nodesAtLeast, nodesAtMost } = clusterLimits;
  const { min, desired, max } = size;
  const whole = [min, desired, max].every(Number.isInteger);
  if (whole && min >= nodesAtLeast.value && min <= desired && desired <= max && max <= nodesAtMost.value) return [];
  return [
    {
      path,
      got: size,
      allowed: `whole numbers with ${nodesAtLeast.value} <= min <= desired <= max <= ${nodesAtMost.value}`,
      fix: "Order the three; a pool of one node is down while that node is replaced.",
    },
  ];
}

/** EKS's own names of Amazon Linux 2023 by architecture: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
const AMI_TYPES: Readonly<Record<Architecture, string>> = {
  x86_64: "AL2023_x86_64_STANDARD",
  arm64: "AL2023_ARM_64_STANDARD",
};

function amiTypeOf(instanceType: string): string | undefined {
  return isInstanceType(instanceType) ? AMI_TYPES[instanceTypes[instanceType].architecture] : undefined;
}

/** Nodes of one kind in all zones. Capacity leaves one node at a time, and only `desired` is left to the autoscaler. */
export class NodePool extends pulumi.ComponentResource {
  /** Name of the node group in AWS, known once its nodes are ready. */
  public readonly nodeGroupName: pulumi.Output<string>;
  /** Id of the node group, known once its nodes are ready. */
  public readonly nodeGroupId: pulumi.Output<string>;
  /** Role of the nodes. */
  public readonly nodeRoleArn: pulumi.Output<string>;

  /** @throws ProblemsError when the size would leave no node to serve, the instance type is unknown, or the name no room for Pulumi's suffix. */
  constructor(name: string, args: NodePoolArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`NodePool "${name}"`, [
      ...nodePoolSizeProblems("size", args.size),
      ...instanceTypeProblems("instanceType", args.instanceType),
      ...nameProblemsOf(name),
    ]);
    super("fridayproof:cluster:NodePool", name, {}, opts);

    const role = this.role(name, args);
    const template = this.template(name, args);
    const nodes = new aws.eks.NodeGroup(
      `${name}-nodes`,
      {
        clusterName: args.clusterName,
        nodeRoleArn: role.arn,
        subnetIds: [...args.subnetIds],
        version: args.kubernetesVersion,
        releaseVersion: args.amiRelease,
        amiType: amiTypeOf(args.instanceType),
        capacityType: "ON_DEMAND",
        launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
        scalingConfig: { minSize: args.size.min, desiredSize: args.size.desired, maxSize: args.size.max },
        updateConfig: { maxUnavailable: clusterLimits.nodesUnavailable.value },
        labels: { [POOL_LABEL]: args.pool },
        taints: args.tainted ? [{ key: POOL_LABEL, value: args.pool, effect: "NO_SCHEDULE" }] : [],
        tags: { ...args.tags },
      },
      { parent: this, ignoreChanges: ["scalingConfig.desiredSize"] },
    );

    this.nodeGroupName = nodes.nodeGroupName;
    this.nodeGroupId = nodes.id;
    this.nodeRoleArn = role.arn;
    this.registerOutputs({
      nodeGroupName: this.nodeGroupName,
      nodeGroupId: this.nodeGroupId,
      nodeRoleArn: this.nodeRoleArn,
    });
  }

  /** The role's ARN is known once its policies are attached: a node that starts earlier cannot join. */
  private role(name: string, args: NodePoolArgs): { readonly arn: pulumi.Output<string> } {
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        description: `Nodes of pool ${args.pool}`,
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
        tags: { ...args.tags },
      },
      { parent: this },
    );
    const attachments = NODE_POLICIES.map(
      (policy) =>
        new aws.iam.RolePolicyAttachment(
          `${name}-${policy}`,
          { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
          { parent: this },
        ),
    );
    const arn = pulumi
      .all([role.arn, pulumi.all(attachments.map((attachment) => attachment.id))])
      .apply(([known]) => known);
    return { arn };
  }

  private template(name: string, args: NodePoolArgs): aws.ec2.LaunchTemplate {
    const tags = { ...args.tags, Name: name };
    return new aws.ec2.LaunchTemplate(
      `${name}-template`,
      {
        description: `Nodes of pool ${args.pool}`,
        instanceType: args.instanceType,
        updateDefaultVersion: true,
        metadataOptions: {
          httpEndpoint: "enabled",
          httpTokens: "required",
          httpPutResponseHopLimit: clusterLimits.metadataHops.value,
        },
        blockDeviceMappings: [
          {
            deviceName: ROOT_DEVICE,
            ebs: {
              volumeType: "gp3",
              volumeSize: clusterLimits.nodeVolume.value,
              encrypted: "true",
              kmsKeyId: args.volumesKeyArn,
              deleteOnTermination: "true",
            },
          },
        ],
        tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
        tags,
      },
      { parent: this },
    );
  }
}

function nameProblemsOf(name: string): Problem[] {
  const longest = nameLimits.eksNodegroup.value - nameLimits.pulumiSuffix.value - "-nodes".length;
  if (name.length <= longest) return [];
  const fix = `Use a shorter name; this one has ${name.length}.`;
  return [{ path: "name", got: name, allowed: `at most ${longest} characters`, fix }];
}

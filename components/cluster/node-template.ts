/** What a node is: its image, its role and its launch template. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { after } from "../aws/after";
import { policyJson } from "../aws/iam";
import { type Architecture, instanceTypes, isInstanceType } from "../core/instance-types";
import { clusterLimits } from "../core/limits/cluster";

/** What the nodes of a pool are made from. */
export interface NodeArgs {
  /** Name of the pool. */
  readonly pool: string;
  /** EC2's name of the instance type. */
  readonly instanceType: string;
  /** KMS key of the disks. */
  readonly volumesKeyArn: pulumi.Input<string>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What a node needs; source: https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly"];

/** Root device of Amazon Linux 2023. */
const ROOT_DEVICE = "/dev/xvda";

/** EKS's own names of Amazon Linux 2023 by architecture: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
const AMI_TYPES: Readonly<Record<Architecture, string>> = {
  x86_64: "AL2023_x86_64_STANDARD",
  arm64: "AL2023_ARM_64_STANDARD",
};

/** EKS's name of the image for an instance type; undefined where the type is unknown. */
export function amiTypeOf(instanceType: string): string | undefined {
  return isInstanceType(instanceType) ? AMI_TYPES[instanceTypes[instanceType].architecture] : undefined;
}

/** A role of nodes. */
export interface NodeRole {
  readonly role: aws.iam.Role;
  /** Its ARN, known once its policies are attached: a node that starts earlier cannot join. */
  readonly roleArn: pulumi.Output<string>;
}

/** Declares the role and what every node needs of AWS. */
export function nodeRole(name: string, args: NodeArgs, parent: pulumi.Resource): NodeRole {
  const role = new aws.iam.Role(
    `${name}-role`,
    {
      description: `Nodes of pool ${args.pool}`,
      assumeRolePolicy: policyJson([
        { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
      ]),
      tags: { ...args.tags },
    },
    { parent },
  );
  const attachments = NODE_POLICIES.map(
    (policy) =>
      new aws.iam.RolePolicyAttachment(
        `${name}-${policy}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        { parent },
      ),
  );
  const attached = attachments.map(({ id }) => id);
  return { role, roleArn: after(role.arn, attached) };
}

/** Declares the template; another one rolls the nodes. */
export function nodeTemplate(name: string, args: NodeArgs, parent: pulumi.Resource): aws.ec2.LaunchTemplate {
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
    { parent },
  );
}

/** What each add-on may do in AWS: policy documents as plain data, each limited to one cluster's own resources. */

import { type Conditions, policyDocument, type PolicyDocument, type Statement } from "../aws/iam";

/** Where a policy's resources are. */
export interface AccountRegion {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
}

/** Tag with the cluster that a volume belongs to; the driver writes it, its policy requires it. */
export const VOLUME_CLUSTER_TAG = "fridayproof.dev/cluster";

function allow(Sid: string, Action: readonly string[], Resource: Statement["Resource"], Condition?: Conditions) {
  return { Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) } as const;
}

/**
 * The load balancer controller, which only fills one target group. Of the actions that its documents list for this use
 * two are left out: ModifyTargetGroup and ModifyTargetGroupAttributes are called by its Ingress, Service and Gateway
 * parts alone (`pkg/deploy/elbv2`), and health check and attributes are Pulumi's.
 * Source: https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/deploy/installation.md
 * @param targetGroupArn the slot's own; the other colour's targets are out of its reach.
 */
export function loadBalancerControllerPolicy(targetGroupArn: string): PolicyDocument {
  return policyDocument([
    allow(
      // None of these can be limited to a resource.
      "Look",
      [
        "ec2:DescribeVpcs",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeInstances",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
      ],
      "*",
    ),
    allow(
      "FillTargetGroup",
      ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
      targetGroupArn,
    ),
  ]);
}

/** What External Secrets may read. */
export interface SecretsScope extends AccountRegion {
  /** Beginning of the secrets' names, with a slash at its end, such as `fridayproof/prod/`. */
  readonly secretsPrefix: string;
  /** Key that the secrets are encrypted with; absent for AWS's own `aws/secretsmanager`, which needs no permission. */
  readonly secretsKeyArn?: string;
}

/** A secret's name in IAM: Secrets Manager appends six characters. */
const secretArn = ({ accountId, region, secretsPrefix }: SecretsScope, name: string): string =>
  `arn:aws:secretsmanager:${region}:${accountId}:secret:${secretsPrefix}${name}`;

/**
 * External Secrets itself: the platform's secrets, and no application's, whose names have one slash more. Those it reads
 * in the role of each application.
 */
export function platformSecretsPolicy(scope: SecretsScope): PolicyDocument {
  const deny = {
    Sid: "NoApplicationsSecrets",
    Effect: "Deny",
    Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
    Resource: secretArn(scope, "*/*"),
  } as const;
  return policyDocument([...externalSecretsPolicy(scope).Statement, deny]);
}

/** Actions by which the roles of applications are assumed. A session of Pod Identity hands its tags on, which needs the second action. */
const ROLE_ACTIONS = ["sts:AssumeRole", "sts:TagSession"];

/** External Secrets: assumes the roles of these applications. @param roleArns at least one. */
export function applicationRolesPolicy(roleArns: readonly string[]): PolicyDocument {
  return policyDocument([allow("TakeRolesOfApplications", ROLE_ACTIONS, roleArns)]);
}

/**
 * Who may assume the role of an application: External Secrets of this cluster alone.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
export function applicationRoleTrust(externalSecretsRoleArn: string): PolicyDocument {
  return policyDocument([{ Effect: "Allow", Principal: { AWS: externalSecretsRoleArn }, Action: ROLE_ACTIONS }]);
}

/**
 * External Secrets: reads secrets by the beginning of their name, and cannot list any.
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export function externalSecretsPolicy(scope: SecretsScope): PolicyDocument {
  const { region, secretsKeyArn } = scope;
  const secrets = secretArn(scope, "*");
  const read = allow("ReadSecrets", ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], secrets);
  if (secretsKeyArn === undefined) return policyDocument([read]);
  const decrypt = allow("DecryptSecrets", ["kms:Decrypt"], secretsKeyArn, {
    // Only through Secrets Manager and only these secrets, whatever else the key protects.
    StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
    StringLike: { "kms:EncryptionContext:SecretARN": secrets },
  });
  return policyDocument([read, decrypt]);
}

/**
 * Cluster Autoscaler: exactly the calls in the source of 1.35.1. Groups of another cluster do not carry the tag that
 * EKS puts on the groups of this one's managed node groups.
 */
export function clusterAutoscalerPolicy(clusterName: string, target: AccountRegion): PolicyDocument {
  const { accountId, region } = target;
  return policyDocument([
    allow(
      // None of these can be limited to a resource.
      "Look",
      [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeLaunchConfigurations",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:DescribeImages",
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ],
      "*",
    ),
    allow(
      "LookAtNodeGroups",
      ["eks:DescribeNodegroup"],
      `arn:aws:eks:${region}:${accountId}:nodegroup/${clusterName}/*`,
    ),
    allow(
      "ResizeOwnGroups",
      ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      `arn:aws:autoscaling:${region}:${accountId}:autoScalingGroup:*:autoScalingGroupName/*`,
      { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: "owned" } },
    ),
  ]);
}

/**
 * EBS driver: makes volumes that carry this cluster's tag, and touches no others; AWS's own policies allow every volume
 * of the account that any driver made. Snapshots are not used. Attaching names volume and instance, and the volume's
 * tag decides: tags of instances are EKS's.
 * Source: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/example-iam-policy.json
 */
export function blockStoragePolicy(clusterName: string, target: AccountRegion): PolicyDocument {
  const arn = (kind: string) => `arn:aws:ec2:${target.region}:${target.accountId}:${kind}/*`;
  const owned = { StringEquals: { [`aws:ResourceTag/${VOLUME_CLUSTER_TAG}`]: clusterName } };
  const condition = { StringEquals: { [`aws:RequestTag/${VOLUME_CLUSTER_TAG}`]: clusterName } };
  return policyDocument([
    allow(
      // None of these can be limited to a resource.
      "Look",
      [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeTags",
        "ec2:DescribeVolumes",
        "ec2:DescribeVolumesModifications",
        "ec2:DescribeVolumeStatus",
      ],
      "*",
    ),
    allow("MakeOwnVolumes", ["ec2:CreateVolume"], arn("volume"), condition),
    allow("TagNewVolumes", ["ec2:CreateTags"], arn("volume"), {
      StringEquals: { "ec2:CreateAction": "CreateVolume", ...condition.StringEquals },
    }),
    allow(
      "UseOwnVolumes",
      ["ec2:AttachVolume", "ec2:DetachVolume", "ec2:ModifyVolume", "ec2:DeleteVolume"],
      arn("volume"),
      owned,
    ),
    allow("UseNodes", ["ec2:AttachVolume", "ec2:DetachVolume"], arn("instance")),
  ]);
}

/**
 * EBS driver: encrypts volumes and hands their key on to the nodes that they are attached to. Of what AWS lists,
 * ReEncrypt is left out: it is for volumes made of snapshots.
 * Source: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
 * @param keyArn the key that the volumes are encrypted with.
 */
export function volumeKeyPolicy(keyArn: string, { region }: Pick<AccountRegion, "region">): PolicyDocument {
  // Only through EC2, whatever else the key protects.
  const throughEc2 = { "kms:ViaService": `ec2.${region}.amazonaws.com` };
  return policyDocument([
    allow("EncryptVolumes", ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"], keyArn, {
      StringEquals: throughEc2,
    }),
    // Attaching hands the key on to the instance; by itself the driver may grant nobody anything.
    allow("OpenVolumesOnNodes", ["kms:CreateGrant"], keyArn, {
      StringEquals: throughEc2,
      Bool: { "kms:GrantIsForAWSResource": "true" },
    }),
  ]);
}

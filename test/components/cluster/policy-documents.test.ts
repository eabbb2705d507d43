/** The add-ons' policies, each read as a whole. */
import { describe, expect, test } from "vitest";
import {
  blockStoragePolicy,
  clusterAutoscalerPolicy,
  applicationRolesPolicy,
  applicationRoleTrust,
  externalSecretsPolicy,
  loadBalancerControllerPolicy,
  platformSecretsPolicy,
  volumeKeyPolicy,
} from "../../../components/cluster/policy-documents";

const place = { accountId: "111122223333", region: "us-east-1" };
const group = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/blue/0123456789abcdef";
const key = "arn:aws:kms:us-east-1:111122223333:key/mrk-1";
const secrets = "arn:aws:secretsmanager:us-east-1:111122223333:secret:fridayproof/prod/*";

test("the load balancer controller looks everywhere and fills one target group", () => {
  expect(loadBalancerControllerPolicy(group)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Look",
        Effect: "Allow",
        Action: [
          "ec2:DescribeVpcs",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeInstances",
          "elasticloadbalancing:DescribeTargetGroups",
          "elasticloadbalancing:DescribeTargetHealth",
        ],
        Resource: "*",
      },
      {
        Sid: "FillTargetGroup",
        Effect: "Allow",
        Action: ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
        Resource: group,
      },
    ],
  });
});

test("External Secrets reads the environment's secrets and lists none", () => {
  expect(externalSecretsPolicy({ ...place, secretsPrefix: "fridayproof/prod/" })).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
        Resource: secrets,
      },
    ],
  });
});

test("External Secrets itself reads no application's secrets: their names have a slash more", () => {
  const { Statement } = platformSecretsPolicy({ ...place, secretsPrefix: "fridayproof/prod/" });
  expect(Statement[1]).toEqual({
    Sid: "NoApplicationsSecrets",
    Effect: "Deny",
    Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
    Resource: `${secrets}/*`,
  });
});

test("the role of an application is taken by External Secrets alone, with the tags that its session hands on", () => {
  const Action = ["sts:AssumeRole", "sts:TagSession"];
  const role = "arn:aws:iam::000000000000:role/shop";
  expect(applicationRoleTrust(role).Statement).toEqual([{ Effect: "Allow", Principal: { AWS: role }, Action }]);
  expect(applicationRolesPolicy([role]).Statement).toEqual([
    { Sid: "TakeRolesOfApplications", Effect: "Allow", Action, Resource: [role] },
  ]);
});

test("with a key of its own it decrypts those secrets, through Secrets Manager only", () => {
  const { Statement } = externalSecretsPolicy({ ...place, secretsPrefix: "fridayproof/prod/", secretsKeyArn: key });
  expect(Statement[1]).toEqual({
    Sid: "DecryptSecrets",
    Effect: "Allow",
    Action: ["kms:Decrypt"],
    Resource: key,
    Condition: {
      StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" },
      StringLike: { "kms:EncryptionContext:SecretARN": secrets },
    },
  });
});

test("the autoscaler resizes the groups of its own cluster", () => {
  expect(clusterAutoscalerPolicy("fridayproof-prod-blue", place)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Look",
        Effect: "Allow",
        Action: [
          "autoscaling:DescribeAutoScalingGroups",
          "autoscaling:DescribeScalingActivities",
          "autoscaling:DescribeLaunchConfigurations",
          "ec2:DescribeInstanceTypes",
          "ec2:DescribeLaunchTemplateVersions",
          "ec2:DescribeImages",
          "ec2:GetInstanceTypesFromInstanceRequirements",
        ],
        Resource: "*",
      },
      {
        Sid: "LookAtNodeGroups",
        Effect: "Allow",
        Action: ["eks:DescribeNodegroup"],
        Resource: "arn:aws:eks:us-east-1:111122223333:nodegroup/fridayproof-prod-blue/*",
      },
      {
        Sid: "ResizeOwnGroups",
        Effect: "Allow",
        Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
        Resource: "arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:*:autoScalingGroupName/*",
        Condition: {
          StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/fridayproof-prod-blue": "owned" },
        },
      },
    ],
  });
});

describe("the EBS driver", () => {
  const volumes = "arn:aws:ec2:us-east-1:111122223333:volume/*";
  const own = "fridayproof-prod-blue";

  test("makes tagged volumes and uses no others", () => {
    expect(blockStoragePolicy(own, place)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Look",
          Effect: "Allow",
          Action: [
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeInstances",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeTags",
            "ec2:DescribeVolumes",
            "ec2:DescribeVolumesModifications",
            "ec2:DescribeVolumeStatus",
          ],
          Resource: "*",
        },
        {
          Sid: "MakeOwnVolumes",
          Effect: "Allow",
          Action: ["ec2:CreateVolume"],
          Resource: volumes,
          Condition: { StringEquals: { "aws:RequestTag/fridayproof.dev/cluster": own } },
        },
        {
          Sid: "TagNewVolumes",
          Effect: "Allow",
          Action: ["ec2:CreateTags"],
          Resource: volumes,
          Condition: {
            StringEquals: { "ec2:CreateAction": "CreateVolume", "aws:RequestTag/fridayproof.dev/cluster": own },
          },
        },
        {
          Sid: "UseOwnVolumes",
          Effect: "Allow",
          Action: ["ec2:AttachVolume", "ec2:DetachVolume", "ec2:ModifyVolume", "ec2:DeleteVolume"],
          Resource: volumes,
          Condition: { StringEquals: { "aws:ResourceTag/fridayproof.dev/cluster": own } },
        },
        {
          Sid: "UseNodes",
          Effect: "Allow",
          Action: ["ec2:AttachVolume", "ec2:DetachVolume"],
          Resource: "arn:aws:ec2:us-east-1:111122223333:instance/*",
        },
      ],
    });
  });

  test("encrypts volumes through EC2 alone, and hands their key on to AWS's own services only", () => {
    const throughEc2 = { "kms:ViaService": "ec2.us-east-1.amazonaws.com" };
    expect(volumeKeyPolicy(key, place)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "EncryptVolumes",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"],
          Resource: key,
          Condition: { StringEquals: throughEc2 },
        },
        {
          Sid: "OpenVolumesOnNodes",
          Effect: "Allow",
          Action: ["kms:CreateGrant"],
          Resource: key,
          Condition: { StringEquals: throughEc2, Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ],
    });
  });
});

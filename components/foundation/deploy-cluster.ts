/** The deploy role's permissions on clusters, their keys and their roles. */
import type { DeployScope } from "./deploy-network";
import { regional, type Statement } from "./policy";

/** Services that an environment's roles are for; a role can be handed to no other. */
const PASSED_TO = [
  "ec2.amazonaws.com",
  "eks.amazonaws.com",
  "pods.eks.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
] as const;

/** Roles that AWS makes for its own services the first time an account uses them. */
const SERVICE_LINKED = [
  "autoscaling.amazonaws.com",
  "eks-nodegroup.amazonaws.com",
  "eks.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
] as const;

/** What `kms.Key` and `kms.Alias` call on a key that exists. */
const KEY_WRITES = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DisableKey",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
] as const;

/** What would take a key out of service, or open it to somebody else. */
const KEY_DANGERS = [
  "kms:CreateGrant",
  "kms:DisableKey",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
] as const;

/** Clusters by name, and everything that belongs to one. */
export function clusterStatements(scope: DeployScope): Statement[] {
  const cluster = `${scope.platform}-*`;
  return [
    {
      Sid: "Clusters",
      Effect: "Allow",
      Action: [
        "eks:AccessKubernetesApi",
        "eks:AssociateAccessPolicy",
        "eks:AssociateEncryptionConfig",
        "eks:CreateAccessEntry",
        "eks:CreateAddon",
        "eks:CreateCluster",
        "eks:CreateNodegroup",
        "eks:CreatePodIdentityAssociation",
        "eks:DeleteAccessEntry",
        "eks:DeleteAddon",
        "eks:DeleteCluster",
        "eks:DeleteNodegroup",
        "eks:DeletePodIdentityAssociation",
        "eks:DisassociateAccessPolicy",
        "eks:TagResource",
        "eks:UntagResource",
        "eks:UpdateAccessEntry",
        "eks:UpdateAddon",
        "eks:UpdateClusterConfig",
        "eks:UpdateClusterVersion",
        "eks:UpdateNodegroupConfig",
        "eks:UpdateNodegroupVersion",
        "eks:UpdatePodIdentityAssociation",
      ],
      Resource: regional(scope, "eks", [
        `access-entry/${cluster}/*`,
        `addon/${cluster}/*/*`,
        `cluster/${cluster}`,
        `nodegroup/${cluster}/*/*`,
        `podidentityassociation/${cluster}/*`,
      ]),
    },
  ];
}

/** Keys that carry an environment's tag; the key of the states carries none. */
export function keyStatements(scope: DeployScope): Statement[] {
  const tagged = (key: string) => ({ StringEquals: { [`aws:${key}/${scope.environmentTag}`]: scope.environments } });
  const keys = regional(scope, "kms", ["key/*"]);
  return [
    {
      Sid: "NewKeys",
      Effect: "Allow",
      Action: ["kms:CreateKey", "kms:TagResource"],
      Resource: "*",
      Condition: tagged("RequestTag"),
    },
    {
      Sid: "KeysOfEnvironments",
      Effect: "Allow",
      Action: KEY_WRITES,
      Resource: keys,
      Condition: tagged("ResourceTag"),
    },
    {
      Sid: "AliasesOfEnvironments",
      Effect: "Allow",
      Action: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
      Resource: regional(
        scope,
        "kms",
        scope.environments.map((environment) => `alias/${scope.platform}-${environment}-*`),
      ),
    },
    {
      // A key is made with its tags, so tagging cannot be limited to keys that have them; the states' key must not get one.
      Sid: "StateKeyStays",
      Effect: "Deny",
      Action: KEY_DANGERS,
      Resource: "*",
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": scope.stateKeyAlias } },
    },
    {
      // EKS, EBS and CloudWatch Logs use a key through grants that its user makes for them.
      Sid: "GrantsToServices",
      Effect: "Allow",
      Action: ["kms:CreateGrant"],
      Resource: keys,
      Condition: { ...tagged("ResourceTag"), Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** Roles that environments make, by name: neither this role nor another of the account can be changed. */
export function roleStatements(scope: DeployScope, deployRoleArn: string): Statement[] {
  const roles = scope.parts.map((part) => `arn:aws:iam::${scope.account}:role/${part}-*`);
  return [
    {
      Sid: "RolesOfEnvironments",
      Effect: "Allow",
      Action: [
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:PutRolePolicy",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      Resource: roles,
    },
    {
      Sid: "PoliciesOfAws",
      Effect: "Allow",
      Action: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
      Resource: roles,
      Condition: { ArnEquals: { "iam:PolicyARN": scope.managedPolicies } },
    },
    {
      Sid: "RolesForServices",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": PASSED_TO } },
    },
    {
      Sid: "RolesOfAws",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: SERVICE_LINKED.map((name) => `arn:aws:iam::${scope.account}:role/aws-service-role/${name}/*`),
      Condition: { StringEquals: { "iam:AWSServiceName": SERVICE_LINKED } },
    },
    { Sid: "ItselfThroughTheProvider", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: deployRoleArn },
  ];
}

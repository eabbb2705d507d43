/** The deploy role's permissions on clusters, their keys and their roles. */
import type { Conditions, Statement } from "../aws/iam";
import { KEY_HANDOVER, KEY_WRITES } from "../aws/key-policy";
import type { DeployScope } from "./deploy-network";
import { regional } from "./scope";
import { takesItself } from "./trust";

/** Services that an environment's roles may be passed to with iam:PassRole. */
const PASSED_TO = [
  "appconfig.amazonaws.com",
  "backup.amazonaws.com",
  "ec2.amazonaws.com",
  "eks.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "pods.eks.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
] as const;

/** Services whose service-linked role AWS creates on first use in an account. */
const SERVICE_LINKED = [
  "autoscaling.amazonaws.com",
  "backup.amazonaws.com",
  "eks-nodegroup.amazonaws.com",
  "eks.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
  "rds.amazonaws.com",
] as const;

/** Actions that disable a key or grant access to it. */
const KEY_DANGERS = [
  "kms:CreateGrant",
  "kms:DisableKey",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
] as const;

/** Condition on the environment's tag, in the create request or on the existing resource. */
export function tagged(scope: DeployScope, key: "RequestTag" | "ResourceTag"): Conditions {
  return { StringEquals: { [`aws:${key}/${scope.environmentTag}`]: scope.environments } };
}

/** Clusters by name, and everything that belongs to one. */
export function clusterStatements(scope: DeployScope): Statement[] {
  const cluster = `${scope.platform}-*`;
  return [
    {
      // AWS lists no resource for this one action: a statement that names clusters would not count.
      Sid: "NewClusters",
      Effect: "Allow",
      Action: ["eks:CreateCluster"],
      Resource: "*",
      Condition: tagged(scope, "RequestTag"),
    },
    {
      Sid: "Clusters",
      Effect: "Allow",
      Action: [
        "eks:AccessKubernetesApi",
        "eks:AssociateAccessPolicy",
        "eks:AssociateEncryptionConfig",
        "eks:CreateAccessEntry",
        "eks:CreateAddon",
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
  const keys = regional(scope, "kms", ["key/*"]);
  return [
    {
      Sid: "NewKeys",
      Effect: "Allow",
      Action: ["kms:CreateKey", "kms:TagResource"],
      Resource: "*",
      Condition: tagged(scope, "RequestTag"),
    },
    {
      // For keys that have had their tag for minutes; until then their own policy names this role.
      Sid: "KeysOfEnvironments",
      Effect: "Allow",
      Action: KEY_WRITES,
      Resource: keys,
      Condition: tagged(scope, "ResourceTag"),
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
      // EKS creates a grant in its creator's name and does not mark it as a service's: a statement with
      // `kms:GrantIsForAWSResource` refuses every cluster with a key of its own. Source:
      // https://docs.aws.amazon.com/controltower/latest/controlreference/eks-rules.html (CT.EKS.PR.2)
      Sid: "KeysForClusters",
      Effect: "Allow",
      Action: KEY_HANDOVER,
      Resource: keys,
      Condition: tagged(scope, "ResourceTag"),
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
    takesItself(deployRoleArn),
  ];
}

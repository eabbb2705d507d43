/** Read access to an environment: its resources, never a Secret, never the content of an object or an image. */
import type { Statement } from "../aws/iam";

/**
 * What `preview --refresh` reads of each service that environments use. AWS limits these to no resource, or the
 * provider calls lists; none returns a credential.
 */
const SHAPE = [
  "acm:DescribeCertificate",
  "acm:GetCertificate",
  "acm:List*",
  "appconfig:GetApplication",
  "appconfig:GetConfigurationProfile",
  "appconfig:GetDeployment",
  "appconfig:GetDeploymentStrategy",
  "appconfig:GetEnvironment",
  "appconfig:GetHostedConfigurationVersion",
  "appconfig:ListTagsForResource",
  "autoscaling:Describe*",
  "backup:Describe*",
  "backup:GetBackup*",
  "backup:List*",
  "cloudtrail:Describe*",
  "cloudtrail:GetTrailStatus",
  "cloudtrail:List*",
  "cloudwatch:Describe*",
  "cloudwatch:GetMetricData",
  "cloudwatch:List*",
  "codebuild:BatchGetProjects",
  "ec2:Describe*",
  "ecr:Describe*",
  "ecr:GetLifecyclePolicy",
  "ecr:GetRegistryPolicy",
  "ecr:GetRepositoryPolicy",
  "ecr:List*",
  "eks:Describe*",
  "eks:List*",
  "elasticloadbalancing:Describe*",
  "iam:Get*",
  "iam:List*",
  "kms:DescribeKey",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:List*",
  "logs:Describe*",
  "logs:List*",
  "rds:Describe*",
  "rds:ListTagsForResource",
  "route53:Get*",
  "route53:List*",
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetResourcePolicy",
  "secretsmanager:ListSecrets",
  "sns:GetTopicAttributes",
  "sns:GetSubscriptionAttributes",
  "sns:List*",
] as const;

/** Settings of a bucket; its objects are not among them. */
const BUCKET_SHAPE = [
  "s3:GetAccelerateConfiguration",
  "s3:GetBucket*",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
  "s3:ListTagsForResource",
] as const;

/** Actions that return a protected value; denied whatever else is allowed. */
const SECRETS = [
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameterHistory",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
] as const;

/** Reads the settings of all resources. */
export function shapeStatements(): Statement[] {
  return [
    { Sid: "ShapeOfTheAccount", Effect: "Allow", Action: SHAPE, Resource: "*" },
    { Sid: "ShapeOfBuckets", Effect: "Allow", Action: BUCKET_SHAPE, Resource: "*" },
  ];
}

/** Refuses every value of Secrets Manager and of the parameter store, whoever allows it later. */
export function noSecretsStatement(): Statement {
  return { Sid: "NoSecretValues", Effect: "Deny", Action: SECRETS, Resource: "*" };
}

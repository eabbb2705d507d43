/** The deploy role's permissions on an environment's observability: log groups, alarms, topics, buckets of access logs. */
import type { DeployScope } from "./deploy-network";
import type { Statement } from "../aws/iam";
import { regional } from "./scope";

/** Creates a bucket for access logs, with its tags. */
const BUCKET_CREATION = ["s3:CreateBucket", "s3:TagResource"] as const;

/** Configures, empties and deletes a bucket for access logs. */
const BUCKET_WRITES = [
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:ListBucketVersions",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutBucketTagging",
  "s3:PutBucketVersioning",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
  "s3:TagResource",
  "s3:UntagResource",
] as const;

/** What `cloudwatch.LogGroup` calls. */
const LOG_WRITES = [
  "logs:AssociateKmsKey",
  "logs:CreateLogGroup",
  "logs:DeleteLogGroup",
  "logs:DeleteRetentionPolicy",
  "logs:PutRetentionPolicy",
  "logs:TagResource",
  "logs:UntagResource",
] as const;

/** What `sns.Topic` and `sns.TopicSubscription` call. */
const TOPIC_WRITES = [
  "sns:CreateTopic",
  "sns:DeleteTopic",
  "sns:SetTopicAttributes",
  "sns:Subscribe",
  "sns:TagResource",
  "sns:Unsubscribe",
  "sns:UntagResource",
] as const;

/** Load balancers alone write access logs into a bucket. */
function bucketStatements(scope: DeployScope): Statement[] {
  return [
    {
      // Without the account: no account owns a bucket that does not exist yet, and a new one can only be this account's.
      Sid: "NewLogBuckets",
      Effect: "Allow",
      Action: BUCKET_CREATION,
      Resource: scope.trafficParts.map((part) => `arn:aws:s3:::${part}-*`),
    },
    {
      Sid: "LogBuckets",
      Effect: "Allow",
      Action: BUCKET_WRITES,
      Resource: scope.trafficParts.flatMap((part) => [`arn:aws:s3:::${part}-*`, `arn:aws:s3:::${part}-*/*`]),
      Condition: { StringEquals: { "s3:ResourceAccount": scope.account } },
    },
  ];
}

/** Log groups, alarms, topics and log buckets by name. */
export function observationStatements(scope: DeployScope): Statement[] {
  const begins = [...scope.parts, scope.platform];
  const groups = [
    ...begins,
    `/${scope.platform}/`,
    `/aws/eks/${scope.platform}`,
    `/aws/rds/cluster/${scope.platform}`,
    `/aws/vpc/${scope.platform}`,
  ];
  return [
    {
      Sid: "LogGroups",
      Effect: "Allow",
      Action: LOG_WRITES,
      Resource: regional(
        scope,
        "logs",
        groups.map((group) => `log-group:${group}*`),
      ),
    },
    {
      Sid: "Alarms",
      Effect: "Allow",
      Action: [
        "cloudwatch:DeleteAlarms",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource",
        "cloudwatch:UntagResource",
      ],
      Resource: regional(
        scope,
        "cloudwatch",
        begins.map((part) => `alarm:${part}-*`),
      ),
    },
    {
      Sid: "Topics",
      Effect: "Allow",
      Action: TOPIC_WRITES,
      Resource: regional(
        scope,
        "sns",
        begins.map((part) => `${part}-*`),
      ),
    },
    ...bucketStatements(scope),
  ];
}

/** Logs, alarms, events, topics and the trail. */
import { nameLimits } from "../../../../components/core/limits";
import type { AwsType } from "./entry";

/** Entries. */
export const OBSERVE: Readonly<Record<string, AwsType>> = {
  "aws:cloudwatch/logGroup:LogGroup": {
    source: "logs/group.go",
    forceNew: ["logGroupClass", "name", "namePrefix"],
    id: "{name}",
    arn: "arn:aws:logs:{region}:{account}:log-group:{name}",
    autoname: { max: nameLimits.logGroup.value },
    defaults: { retentionInDays: 0, skipDestroy: false },
    naming: {
      max: nameLimits.logGroup.value,
      pattern: /^[.\-_/#A-Za-z0-9]+$/,
      code: "InvalidParameterException",
      message: "Log group name '{name}' is refused: up to {max} letters, digits and . - _ / #",
      source: nameLimits.logGroup.source,
    },
    unique: {
      by: ["name"],
      code: "ResourceAlreadyExistsException",
      message: "The specified log group already exists",
      source: nameLimits.logGroup.source,
    },
    references: { kmsKeyId: "keyArn" },
    outputs: { logGroupClass: (made) => made.inputs.logGroupClass ?? "STANDARD" },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    source: "cloudwatch/metric_alarm.go",
    forceNew: ["name"],
    id: "{name}",
    arn: "arn:aws:cloudwatch:{region}:{account}:alarm:{name}",
    defaults: { actionsEnabled: true, treatMissingData: "missing" },
    references: { alarmActions: "topicArn" },
  },
  "aws:cloudwatch/eventRule:EventRule": {
    source: "events/rule.go",
    forceNew: ["eventBusName", "name", "namePrefix"],
    id: "{name}",
    arn: "arn:aws:events:{region}:{account}:rule/{name}",
    autoname: { max: 64 },
    defaults: { eventBusName: "default", forceDestroy: false },
    naming: {
      max: 64,
      pattern: /^[.\-_A-Za-z0-9]+$/,
      code: "ValidationException",
      message:
        "1 validation error detected: Value '{name}' at 'name' failed to satisfy constraint: up to {max} characters, all of [.\\-_A-Za-z0-9]",
      source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
    },
    references: { roleArn: "roleArn" },
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    source: "events/target.go",
    forceNew: ["eventBusName", "rule", "targetId"],
    id: (made) => `${made.text("rule")}-${made.text("targetId") || made.hash(10)}`,
    defaults: { eventBusName: "default", forceDestroy: false },
    references: { rule: "eventRule", arn: "topicArn", roleArn: "roleArn" },
    outputs: { arn: (made) => made.text("arn"), targetId: (made) => made.text("targetId") || made.id.split("-").pop() },
  },
  "aws:cloudtrail/trail:Trail": {
    source: "cloudtrail/trail.go",
    forceNew: ["name"],
    id: "{arn}",
    arn: "arn:aws:cloudtrail:{region}:{account}:trail/{name}",
    autoname: { max: 128 },
    defaults: {
      enableLogFileValidation: false,
      enableLogging: true,
      includeGlobalServiceEvents: true,
      isMultiRegionTrail: false,
      isOrganizationTrail: false,
    },
    unique: {
      by: ["name"],
      code: "TrailAlreadyExistsException",
      message: "Trail {name} already exists for customer: {account}",
      source: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html",
    },
    references: { s3BucketName: "trailBucket", cloudWatchLogsRoleArn: "roleArn", kmsKeyId: "keyArn" },
    outputs: { homeRegion: "{region}" },
  },
  "aws:sns/topic:Topic": {
    source: "sns/topic.go",
    forceNew: ["fifoTopic", "name", "namePrefix"],
    id: "{arn}",
    arn: "arn:aws:sns:{region}:{account}:{name}",
    naming: {
      max: 256,
      pattern: /^[\w-]+(\.fifo)?$/,
      code: "InvalidParameter",
      message: "Invalid parameter: Topic Name '{name}': up to {max} letters, digits, - and _",
      source: "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html",
    },
    references: { kmsMasterKeyId: "key" },
    outputs: { owner: "{account}" },
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    source: "sns/topic_policy.go",
    forceNew: ["arn"],
    id: (made) => made.text("arn"),
    references: { arn: "topicArn" },
    outputs: { owner: "{account}" },
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    source: "sns/topic_subscription.go",
    forceNew: ["endpoint", "protocol", "topic"],
    id: "{topic}:{hash12}",
    defaults: { confirmationTimeoutInMinutes: 1, endpointAutoConfirms: false, rawMessageDelivery: false },
    references: { topic: "topicArn" },
    outputs: {
      arn: "{id}",
      ownerId: "{account}",
      pendingConfirmation: (made) => made.text("protocol").startsWith("email"),
    },
  },
};

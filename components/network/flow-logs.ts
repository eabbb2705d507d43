/** Who talked to whom: every connection of a VPC, written to a log group that exists before it. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { after } from "../aws/after";
import { policyJson } from "../aws/iam";
import { inSeconds } from "../core/units";
import { networkLimits } from "../core/limits/network";

/** Arguments of {@link flowLogs}. */
export interface FlowLogArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly accountId: string;
  readonly region: string;
  /** Days to keep flow logs, one of CloudWatch Logs' periods. */
  readonly flowLogRetentionDays: number;
  /** KMS key that CloudWatch Logs may use. */
  readonly logsKeyArn: pulumi.Input<string>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Only this account's flow logs may assume the role: this prevents the confused-deputy problem. */
function trust({ accountId, region }: FlowLogArgs): string {
  return policyJson([
    {
      Effect: "Allow",
      Principal: { Service: "vpc-flow-logs.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:aws:ec2:${region}:${accountId}:vpc-flow-log/*` },
      },
    },
  ]);
}

/** Without `logs:CreateLogGroup`: flow logs that end late would make the group again after a destroy. */
function permissions(logGroup: aws.cloudwatch.LogGroup): pulumi.Output<string> {
  const Action = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"];
  return logGroup.arn.apply((arn) => policyJson([{ Effect: "Allow", Action, Resource: `${arn}:*` }]));
}

/** Declares log group, role and flow log. @param name of the network. */
export function flowLogs(name: string, args: FlowLogArgs, parent: pulumi.ComponentResource): void {
  const own = `${name}-flow-logs`;
  const tags = { ...args.tags, Name: own };
  const logGroup = new aws.cloudwatch.LogGroup(
    own,
    { retentionInDays: args.flowLogRetentionDays, kmsKeyId: args.logsKeyArn, tags },
    { parent },
  );
  const role = new aws.iam.Role(
    `${own}-role`,
    { description: `Writes the flow logs of ${name}`, assumeRolePolicy: trust(args), tags },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${own}-policy`,
    { role: role.name, policy: permissions(logGroup) },
    { parent },
  );
  new aws.ec2.FlowLog(
    `${own}-all`,
    {
      vpcId: args.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.arn,
      // A flow log whose role may not write yet stays silent for ten minutes before it tries again.
      iamRoleArn: after(role.arn, [policy.id]),
      maxAggregationInterval: inSeconds(networkLimits.flowLogInterval),
      tags,
    },
    { parent },
  );
}

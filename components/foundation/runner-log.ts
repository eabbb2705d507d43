/** The record of what passes through the runner's network. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { foundationLimits } from "../core/limits/foundation";
import { policyJson } from "../aws/iam";
import { serviceTrust } from "./trust";

/** Arguments of {@link runnerFlowLog}. */
export interface RunnerFlowLogArgs {
  readonly account: string;
  readonly region: string;
  readonly vpcId: pulumi.Output<string>;
  /** Name of the log group. */
  readonly logGroup: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Declares log group, role and flow log of all traffic. */
export function runnerFlowLog(name: string, args: RunnerFlowLogArgs, parent: pulumi.Resource): void {
  const { account, region, vpcId, tags } = args;
  const group = new aws.cloudwatch.LogGroup(
    `${name}-log-group`,
    { name: args.logGroup, retentionInDays: foundationLimits.trailRetention.value, tags },
    { parent },
  );
  const role = new aws.iam.Role(
    `${name}-role`,
    { assumeRolePolicy: policyJson([serviceTrust(account, "vpc-flow-logs.amazonaws.com")]), tags },
    { parent },
  );
  const groupArn = `arn:aws:logs:${region}:${account}:log-group:${args.logGroup}`;
  const policy = new aws.iam.RolePolicy(
    `${name}-policy`,
    {
      role: role.name,
      policy: policyJson([
        {
          Sid: "WriteRecords",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: [groupArn, `${groupArn}:*`],
        },
      ]),
    },
    { parent },
  );
  new aws.ec2.FlowLog(
    name,
    { vpcId, trafficType: "ALL", logDestination: group.arn, iamRoleArn: role.arn, tags },
    { parent, dependsOn: [policy] },
  );
}

/** What every CloudWatch alarm that pages holds: its runbook, and the topic that the on-call tool subscribes to. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { runbookPath } from "./alert";

/** Whom alarms call. */
export interface PagingArgs {
  /** Where the repository can be read on a branch, without a slash at its end. */
  readonly runbookBaseUrl: string;
  /** Topic that the on-call tool subscribes to. */
  readonly topicArn: pulumi.Input<string>;
  /** Whether the alarms page nobody, because the leg stands by. @default false */
  readonly actionsDisabled?: boolean;
  /** Tags of the alarms. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The inputs that make an alarm page. @param name of the resource. @param alarm whose runbook it is. */
export function paging(name: string, alarm: string, { runbookBaseUrl, topicArn, actionsDisabled, tags }: PagingArgs) {
  return {
    alarmDescription: `${runbookBaseUrl}/${runbookPath({ name: alarm })}`,
    alarmActions: [topicArn],
    okActions: [topicArn],
    actionsEnabled: actionsDisabled !== true,
    tags: { ...tags, Name: name },
  } satisfies Partial<aws.cloudwatch.MetricAlarmArgs>;
}

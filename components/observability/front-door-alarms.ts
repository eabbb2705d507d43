/** Alarms on what only AWS has: whether the load balancer has healthy targets, and whether the certificate renews. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { observabilityLimits } from "../core/limits/observability";
import { inSeconds } from "../core/units";
import { paging } from "./paging";

/** Names of the alarms; each has a runbook like an alert's. */
export const frontDoorAlarmNames = ["TargetGroupEmpty", "TargetsUnhealthy", "CertificateExpiry"] as const;

/** Arguments of {@link FrontDoorAlarms}. */
export interface FrontDoorAlarmsArgs {
  /** ARN of the load balancer. */
  readonly loadBalancerArn: pulumi.Input<string>;
  /** ARN of the target group of every colour that takes traffic now; the idle one is empty on purpose. */
  readonly targetGroupArns: Readonly<Record<string, pulumi.Input<string>>>;
  /** The listener's certificate. */
  readonly certificateArn: pulumi.Input<string>;
  /** Where the repository can be read on a branch, without a slash at its end. */
  readonly runbookBaseUrl: string;
  /** Topic that the on-call tool subscribes to; its address is a credential, so the subscription is made by hand. */
  readonly topicArn: pulumi.Input<string>;
  /** Whether the alarms only show their state and page nobody: of a leg that stands by, which is empty on purpose. @default false */
  readonly actionsDisabled?: boolean;
  /** Tags of the alarms. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What metrics call a load balancer or target group: the end of its ARN, less the load balancer's first word. */
function metricName(arn: pulumi.Input<string>, less: string): pulumi.Output<string> {
  return pulumi.output(arn).apply((text) => (text.split(":").pop() ?? "").slice(less.length));
}

type AlarmName = (typeof frontDoorAlarmNames)[number];

/** Raw resources of {@link FrontDoorAlarms}. */
export interface FrontDoorAlarmsNodes {
  /** The alarms: two for each target group, then the certificate's. */
  readonly alarms: readonly aws.cloudwatch.MetricAlarm[];
}

/**
 * CloudWatch alarms of one environment's front door.
 *
 * @example
 * ```typescript
 * const topic = new aws.sns.Topic("front-door-on-call", { kmsMasterKeyId: keys.alarmsKeyArn }, { provider });
 * new FrontDoorAlarms(
 *   "front-door-alarms",
 *   {
 *     loadBalancerArn: door.loadBalancerArn,
 *     targetGroupArns: { blue: door.blueTargetGroupArn },
 *     certificateArn,
 *     runbookBaseUrl: "https://github.com/example/fridayproof/blob/main",
 *     topicArn: topic.arn,
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class FrontDoorAlarms extends pulumi.ComponentResource {
  /** ARNs of the alarms. */
  public readonly alarmArns: pulumi.Output<string[]>;

  readonly #nodes: FrontDoorAlarmsNodes;

  constructor(name: string, args: FrontDoorAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:observability:FrontDoorAlarms", name, {}, opts);

    const targets = Object.entries(args.targetGroupArns).flatMap(([color, arn]) => {
      const dimensions = {
        LoadBalancer: metricName(args.loadBalancerArn, "loadbalancer/"),
        TargetGroup: metricName(arn, ""),
      };
      return [
        this.alarm(
          `${name}-${color}-empty`,
          "TargetGroupEmpty",
          args,
          this.targetCount("HealthyHostCount", dimensions),
        ),
        this.alarm(
          `${name}-${color}-unhealthy`,
          "TargetsUnhealthy",
          args,
          this.targetCount("UnHealthyHostCount", dimensions),
        ),
      ];
    });
    const certificate = this.alarm(`${name}-certificate`, "CertificateExpiry", args, {
      namespace: "AWS/CertificateManager",
      metricName: "DaysToExpiry",
      dimensions: { CertificateArn: args.certificateArn },
      statistic: "Minimum",
      period: inSeconds(observabilityLimits.certificatePeriod),
      evaluationPeriods: 1,
      comparisonOperator: "LessThanThreshold",
      threshold: observabilityLimits.certificateNotice.value,
      // A certificate of a CA of one's own has no such metric.
      treatMissingData: "notBreaching",
    });

    const alarms = [...targets, certificate];
    this.#nodes = { alarms };
    this.alarmArns = pulumi.all(alarms.map(({ arn }) => arn));
    this.registerOutputs({ alarmArns: this.alarmArns });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): FrontDoorAlarmsNodes {
    return this.#nodes;
  }

  private targetCount(
    metric: "HealthyHostCount" | "UnHealthyHostCount",
    dimensions: Readonly<Record<string, pulumi.Input<string>>>,
  ): aws.cloudwatch.MetricAlarmArgs {
    const healthy = metric === "HealthyHostCount";
    return {
      namespace: "AWS/ApplicationELB",
      metricName: metric,
      dimensions,
      // Each zone's node reports for itself: none healthy anywhere is the most of zero, one unhealthy the most of one.
      statistic: "Maximum",
      period: inSeconds(observabilityLimits.alarmPeriod),
      evaluationPeriods: healthy ? 1 : observabilityLimits.unhealthyPeriods.value,
      comparisonOperator: healthy ? "LessThanThreshold" : "GreaterThanOrEqualToThreshold",
      threshold: 1,
      // An empty target group reports nothing: silence about healthy targets is the outage itself.
      treatMissingData: healthy ? "breaching" : "notBreaching",
    };
  }

  private alarm(
    name: string,
    alarm: AlarmName,
    args: FrontDoorAlarmsArgs,
    metric: aws.cloudwatch.MetricAlarmArgs,
  ): aws.cloudwatch.MetricAlarm {
    return new aws.cloudwatch.MetricAlarm(
      name,
      {
        ...metric,
        ...paging(name, alarm, args),
      },
      { parent: this },
    );
  }
}

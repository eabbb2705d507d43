/** The alarm by which AppConfig takes a change of flags back: the share of failed requests at the load balancer. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { analysisLimits } from "../../core/limits/analysis";
import { featureFlagLimits } from "../../core/limits/feature-flags";
import { observabilityLimits } from "../../core/limits/observability";
import { inSeconds } from "../../core/units";

/** What the alarm is about. */
export interface ErrorAlarmArgs {
  /** ARN of the load balancer. */
  readonly loadBalancerArn: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
}

/** A metric of the load balancer, summed for a minute. */
function summed(id: string, metricName: string, loadBalancer: pulumi.Output<string>) {
  const period = inSeconds(observabilityLimits.alarmPeriod);
  const dimensions = { LoadBalancer: loadBalancer };
  return { id, metric: { namespace: "AWS/ApplicationELB", metricName, dimensions, stat: "Sum", period } };
}

/** Failed requests as a ratio; nothing where there are too few to say. */
const RATIO = `IF(requests >= ${featureFlagLimits.leastRequests.value}, FILL(errors, 0) / requests, 0)`;

/** The alarm: of all requests, because AWS has only the load balancer's, whichever application serves. */
export function errorAlarm(
  name: string,
  { loadBalancerArn, tags }: ErrorAlarmArgs,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  const loadBalancer = pulumi.output(loadBalancerArn).apply((arn) => arn.replace(/^.*:loadbalancer\//, ""));
  const { errorRatio, errorRatioFor } = analysisLimits;
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: "AWS AppConfig takes a change of feature flags back while this rings.",
      metricQueries: [
        summed("requests", "RequestCount", loadBalancer),
        summed("errors", "HTTPCode_Target_5XX_Count", loadBalancer),
        { id: "ratio", expression: RATIO, label: "Share of failed requests", returnData: true },
      ],
      evaluationPeriods: inSeconds(errorRatioFor) / inSeconds(observabilityLimits.alarmPeriod),
      comparisonOperator: "GreaterThanThreshold",
      threshold: errorRatio.value,
      // Nobody calls at night: no requests are no errors.
      treatMissingData: "notBreaching",
      tags: { ...tags, Name: name },
    },
    { parent },
  );
}

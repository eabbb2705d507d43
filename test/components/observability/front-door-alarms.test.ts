/** The alarms on what only AWS knows. */
import * as aws from "@pulumi/aws";
import { expect, test } from "vitest";
import { FrontDoorAlarms } from "../../../components/observability/front-door-alarms";
import { graphOf } from "../../support/graph";
import { FakeProviders } from "../../support/fake-providers";

const elb = "arn:aws:elasticloadbalancing:us-east-1:000000000000";
const certificateArn = "arn:aws:acm:us-east-1:000000000000:certificate/1";

const declare = (actionsDisabled?: boolean) =>
  graphOf(
    () => {
      const topic = new aws.sns.Topic("topic", {});
      new FrontDoorAlarms("alarms", {
        loadBalancerArn: `${elb}:loadbalancer/app/door/50dc6c495c0c9188`,
        targetGroupArns: { blue: `${elb}:targetgroup/blue/73e2d6bc24d8a067` },
        certificateArn,
        runbookBaseUrl: "https://github.com/example/platform/blob/main",
        topicArn: topic.arn,
        actionsDisabled,
        tags: { environment: "prod" },
      });
    },
    { packages: new FakeProviders().packages() },
  );

test("an empty target group, an unhealthy target and a certificate near its end are told, each with its runbook", async () => {
  const graph = await declare();
  const action = graph.byName("topic").outputs["arn"];
  const alarm = (name: string, runbook: string) => ({
    __defaults: [],
    alarmDescription: `https://github.com/example/platform/blob/main/docs/runbooks/${runbook}.md`,
    alarmActions: [action],
    okActions: [action],
    actionsEnabled: true,
    tags: { environment: "prod", Name: name },
  });
  const target = {
    namespace: "AWS/ApplicationELB",
    dimensions: { LoadBalancer: "app/door/50dc6c495c0c9188", TargetGroup: "targetgroup/blue/73e2d6bc24d8a067" },
    statistic: "Maximum",
    period: 60,
    threshold: 1,
  };
  const made = graph.ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
  expect(Object.fromEntries(made.map(({ name, inputs }) => [name, inputs]))).toEqual({
    "alarms-blue-empty": {
      ...alarm("alarms-blue-empty", "target-group-empty"),
      ...target,
      metricName: "HealthyHostCount",
      evaluationPeriods: 1,
      comparisonOperator: "LessThanThreshold",
      treatMissingData: "breaching",
    },
    "alarms-blue-unhealthy": {
      ...alarm("alarms-blue-unhealthy", "targets-unhealthy"),
      ...target,
      metricName: "UnHealthyHostCount",
      evaluationPeriods: 2,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    },
    "alarms-certificate": {
      ...alarm("alarms-certificate", "certificate-expiry"),
      namespace: "AWS/CertificateManager",
      metricName: "DaysToExpiry",
      dimensions: { CertificateArn: certificateArn },
      statistic: "Minimum",
      period: 86400,
      evaluationPeriods: 1,
      comparisonOperator: "LessThanThreshold",
      threshold: 21,
      treatMissingData: "notBreaching",
    },
  });
});

test("alarms of a leg that stands by show their state and page nobody", async () => {
  const made = (await declare(true)).ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
  expect(made.map(({ inputs }) => inputs["actionsEnabled"])).toEqual([false, false, false]);
});

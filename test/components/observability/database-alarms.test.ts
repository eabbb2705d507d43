/** The alarms on a database's writer. */
import * as aws from "@pulumi/aws";
import { expect, test } from "vitest";
import { DatabaseAlarms, type DatabaseAlarmsArgs } from "../../../components/observability/database-alarms";
import { FakeProviders } from "../../support/fake-providers";
import { graphOf } from "../../support/graph";

const declare = (more: Partial<DatabaseAlarmsArgs> = {}) =>
  graphOf(
    () => {
      const topic = new aws.sns.Topic("topic", {});
      const runbookBaseUrl = "https://github.com/example/platform/blob/main";
      new DatabaseAlarms("alarms", { clusterIdentifier: "shop", runbookBaseUrl, topicArn: topic.arn, ...more });
    },
    { packages: new FakeProviders().packages() },
  );

test("a leg that stands by rings nobody, though the copy that it holds has no writer", async () => {
  const graph = await declare({ actionsDisabled: true });
  const made = graph.ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
  expect(made.map(({ inputs }) => inputs["actionsEnabled"])).toEqual([false, false, false, false]);
});

test("silence, load, lag and transaction ids are told, each with its runbook", async () => {
  const graph = await declare();
  const action = graph.byName("topic").outputs["arn"];
  const alarm = (name: string, runbook: string) => ({
    __defaults: [],
    namespace: "AWS/RDS",
    dimensions: { DBClusterIdentifier: "shop", Role: "WRITER" },
    period: 60,
    alarmDescription: `https://github.com/example/platform/blob/main/docs/runbooks/${runbook}.md`,
    actionsEnabled: true,
    alarmActions: [action],
    okActions: [action],
    tags: { Name: name },
    treatMissingData: "notBreaching",
    comparisonOperator: "GreaterThanThreshold",
    statistic: "Maximum",
  });
  const made = graph.ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
  expect(Object.fromEntries(made.map(({ name, inputs }) => [name, inputs]))).toEqual({
    "alarms-silent": {
      ...alarm("alarms-silent", "database-silent"),
      metricName: "EngineUptime",
      evaluationPeriods: 3,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
    },
    "alarms-busy": {
      ...alarm("alarms-busy", "database-busy"),
      metricName: "CPUUtilization",
      statistic: "Average",
      evaluationPeriods: 15,
      threshold: 80,
    },
    "alarms-reader-lag": {
      ...alarm("alarms-reader-lag", "database-reader-lag"),
      metricName: "AuroraReplicaLagMaximum",
      evaluationPeriods: 5,
      threshold: 2000,
    },
    "alarms-transaction-ids": {
      ...alarm("alarms-transaction-ids", "database-transaction-ids"),
      metricName: "MaximumUsedTransactionIDs",
      evaluationPeriods: 1,
      threshold: 1_000_000_000,
    },
  });
});

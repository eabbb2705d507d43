/** Alarms on a database: no writes, busy, readers behind, PostgreSQL out of transaction ids. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataLimits } from "../core/limits/data";
import { inSeconds } from "../core/units";
import { paging } from "./paging";

/** Names of the alarms; each has a runbook like an alert's. */
export const databaseAlarmNames = [
  "DatabaseSilent",
  "DatabaseBusy",
  "DatabaseReaderLag",
  "DatabaseTransactionIds",
] as const;

/** Arguments of {@link DatabaseAlarms}. */
export interface DatabaseAlarmsArgs {
  /** Name of the cluster in AWS. */
  readonly clusterIdentifier: pulumi.Input<string>;
  /** Where the repository can be read on a branch, without a slash at its end. */
  readonly runbookBaseUrl: string;
  /** Topic that the on-call tool subscribes to. */
  readonly topicArn: pulumi.Input<string>;
  /** Whether the alarms page nobody, because the leg stands by. @default false */
  readonly actionsDisabled?: boolean;
  /** Tags of the alarms. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

type AlarmName = (typeof databaseAlarmNames)[number];

/** What each alarm measures. Metrics: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html */
const METRICS: Readonly<
  Record<AlarmName, { readonly child: string; readonly metric: aws.cloudwatch.MetricAlarmArgs }>
> = {
  DatabaseSilent: {
    child: "silent",
    metric: {
      metricName: "EngineUptime",
      statistic: "Maximum",
      evaluationPeriods: dataLimits.silentPeriods.value,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      // A writer that is gone reports nothing: silence is the outage itself.
      treatMissingData: "breaching",
    },
  },
  DatabaseBusy: {
    child: "busy",
    metric: {
      metricName: "CPUUtilization",
      statistic: "Average",
      evaluationPeriods: dataLimits.busyPeriods.value,
      comparisonOperator: "GreaterThanThreshold",
      threshold: dataLimits.busyPercent.value,
      treatMissingData: "notBreaching",
    },
  },
  DatabaseReaderLag: {
    child: "reader-lag",
    metric: {
      metricName: "AuroraReplicaLagMaximum",
      statistic: "Maximum",
      evaluationPeriods: dataLimits.replicaLagPeriods.value,
      comparisonOperator: "GreaterThanThreshold",
      threshold: dataLimits.replicaLag.value,
      treatMissingData: "notBreaching",
    },
  },
  DatabaseTransactionIds: {
    child: "transaction-ids",
    metric: {
      metricName: "MaximumUsedTransactionIDs",
      statistic: "Maximum",
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: dataLimits.transactionIds.value,
      treatMissingData: "notBreaching",
    },
  },
};

/** Raw resources of {@link DatabaseAlarms}. */
export interface DatabaseAlarmsNodes {
  /** The alarms, in the order of {@link databaseAlarmNames}. */
  readonly alarms: readonly aws.cloudwatch.MetricAlarm[];
}

/**
 * CloudWatch alarms on the writer of an Aurora PostgreSQL cluster.
 *
 * @example
 * ```typescript
 * const topic = new aws.sns.Topic("database-on-call", { kmsMasterKeyId: keys.alarmsKeyArn }, { provider });
 * new DatabaseAlarms(
 *   "database-alarms",
 *   {
 *     clusterIdentifier: database.clusterIdentifier,
 *     runbookBaseUrl: "https://github.com/example/fridayproof/blob/main",
 *     topicArn: topic.arn,
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class DatabaseAlarms extends pulumi.ComponentResource {
  /** ARNs of the alarms. */
  public readonly alarmArns: pulumi.Output<string[]>;

  readonly #nodes: DatabaseAlarmsNodes;

  constructor(name: string, args: DatabaseAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:observability:DatabaseAlarms", name, {}, opts);
    const alarms = databaseAlarmNames.map((alarm) => this.alarm(`${name}-${METRICS[alarm].child}`, alarm, args));
    this.#nodes = { alarms };
    this.alarmArns = pulumi.all(alarms.map(({ arn }) => arn));
    this.registerOutputs({ alarmArns: this.alarmArns });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): DatabaseAlarmsNodes {
    return this.#nodes;
  }

  private alarm(child: string, alarm: AlarmName, args: DatabaseAlarmsArgs): aws.cloudwatch.MetricAlarm {
    return new aws.cloudwatch.MetricAlarm(
      child,
      {
        namespace: "AWS/RDS",
        dimensions: { DBClusterIdentifier: args.clusterIdentifier, Role: "WRITER" },
        period: inSeconds(dataLimits.metricPeriod),
        ...METRICS[alarm].metric,
        ...paging(child, alarm, args),
      },
      { parent: this },
    );
  }
}

/** Numbers of databases: ports, copies, days of backups, and when an alarm pages. */
import { byDefault, choice, hardLimit, limits } from "./limit";

const AURORA = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide";
const RDS_API = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";
const BACKUP = "https://docs.aws.amazon.com/aws-backup/latest/devguide";

/** Aurora PostgreSQL and its copies. */
export const dataLimits = limits("2026-11-30", {
  port: byDefault(5432, "port", {
    source: `${RDS_API}/API_CreateDBCluster.html`,
    reason: "Aurora PostgreSQL listens here; another port is one that every client must be given.",
  }),
  instancesAtLeast: choice(2, "count", {
    source: `${AURORA}/Concepts.AuroraHighAvailability.html`,
    reason: "With one instance a lost zone is an outage until a new one is made: without a reader nothing is promoted.",
  }),
  instancesAtMost: hardLimit(16, "count", {
    source: `${AURORA}/Aurora.Overview.html`,
    reason: "A cluster has one writer and at most 15 readers.",
  }),
  subnetZonesAtLeast: hardLimit(2, "count", {
    source: `${RDS_API}/API_CreateDBSubnetGroup.html`,
    reason: "RDS refuses a subnet group that covers fewer zones.",
  }),
  backupDaysAtMost: hardLimit(35, "days", {
    source: `${RDS_API}/API_CreateDBCluster.html`,
    reason: "RDS keeps automated backups no longer; older ones are snapshots.",
  }),
  copyDays: choice(35, "days", {
    source: `${BACKUP}/creating-a-backup-plan.html`,
    reason: "As long as RDS itself could keep backups: a fault that is found after a month can still be taken back.",
  }),
  copyStart: choice(60, "minutes", {
    source: `${BACKUP}/API_BackupRule.html`,
    reason: "AWS Backup's least window; a copy that has not begun in it is given up and reported.",
  }),
  copyEnd: choice(1440, "minutes", {
    source: `${BACKUP}/API_BackupRule.html`,
    reason: "A copy to another region may take hours; one that takes a day is given up before the next begins.",
  }),
  monitoringInterval: choice(60, "seconds", {
    source: `${AURORA}/USER_Monitoring.OS.Enabling.html`,
    reason: "The longest of RDS's intervals: each line of the operating system is paid for as a log.",
  }),
  insightsDays: byDefault(7, "days", {
    source: `${AURORA}/USER_PerfInsights.Overview.cost.html`,
    reason: "What Performance Insights keeps without a price.",
  }),
  passwordLength: choice(32, "characters", {
    source: `${RDS_API}/API_CreateDBCluster.html`,
    reason: "Letters and digits of this number are out of reach of guessing; RDS takes 8 to 128 characters.",
  }),
  secretRecovery: choice(30, "days", {
    source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html",
    reason: "The longest window in which a deleted secret can be had back.",
  }),
  metricPeriod: byDefault(60, "seconds", {
    source: `${AURORA}/monitoring-cloudwatch.html`,
    reason: "RDS reports once a minute; a shorter period would have no data.",
  }),
  silentPeriods: choice(3, "count", {
    source: `${AURORA}/Concepts.AuroraHighAvailability.html`,
    reason: "A failover is silent for less than a minute or two; three minutes without a writer are none.",
  }),
  busyPercent: choice(80, "percent", {
    source: `${AURORA}/Aurora.AuroraMonitoring.Metrics.html`,
    reason: "Above it queries wait for a processor, and a larger class takes a failover to come.",
  }),
  busyPeriods: choice(15, "count", {
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
    reason: "A quarter of an hour is no batch of a minute, and leaves time before users are affected.",
  }),
  replicaLag: choice(2000, "milliseconds", {
    source: `${AURORA}/Aurora.AuroraMonitoring.Metrics.html`,
    reason: "Readers share the writer's storage and follow within 100 ms; one that is seconds behind restarts itself.",
  }),
  replicaLagPeriods: choice(5, "count", {
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
    reason: "Five minutes are no burst of writes.",
  }),
  transactionIds: choice(1_000_000_000, "count", {
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Autovacuum.html",
    reason: "AWS's own threshold: at twice as many PostgreSQL refuses writes, and a vacuum takes days.",
  }),
});

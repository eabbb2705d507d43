/** The environment's database, its backups and the alarms on it. */
import { BackupPlan, Database, DatabaseRoles, type DatabaseSubnet } from "@fridayproof/components/data";
import { DatabaseAlarms } from "@fridayproof/components/observability";
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type * as random from "@pulumi/random";
import { DATA_TIER, isSecondary } from "../environments/database";
import { identityOf } from "../environments/identity";
import { standsBy } from "../environments/standby";
import { copyVaultArn, DATABASE, databaseIdentifier, runbookBaseUrl } from "../inputs/conventions";
import { databaseVersion } from "../inputs/lock";
import { accountRoleArn } from "../inputs/roles";
import type { EnvironmentContext } from "./context";
import { onCallTopic } from "./on-call-topic";

/** A snapshot that is none: a drill without data. */
const EMPTY = "empty";

/**
 * Whether the environment has a database in this run. A replica that is made from copies has none before somebody names the copy:
 * an empty one would stand where the data belongs.
 */
export function hasDatabase({ environment, settings }: Pick<EnvironmentContext, "environment" | "settings">): boolean {
  const { database, role } = environment;
  if (database === undefined) return false;
  return role !== "replica" || database.recovery === "global" || (settings.databaseSnapshot ?? "") !== "";
}

function subnetsOf({ environment, network }: EnvironmentContext): Readonly<Record<string, DatabaseSubnet>> {
  const tier = network.nodes.subnets.extra.get(DATA_TIER);
  const subnets = environment.zones.flatMap((zoneId): [string, DatabaseSubnet][] => {
    const subnet = tier?.get(zoneId);
    return subnet === undefined ? [] : [[zoneId, { subnetId: subnet.id, zoneName: subnet.availabilityZone }]];
  });
  return Object.fromEntries(subnets);
}

/**
 * Declares the database, where the environment has one.
 * @param clients security groups of the slots' nodes, by colour.
 */
export function declareDatabase(
  context: EnvironmentContext,
  clients: Readonly<Record<string, pulumi.Input<string>>>,
  randomProvider: random.Provider,
): Database | undefined {
  const { environment, settings, lock, network, keys, protect, tags, awsProvider } = context;
  const { database: row, name, region, retention } = environment;
  if (row === undefined) return undefined;
  const roles = rolesOf(context, row.recovery === "backups");
  // From the day of the row as well: the on-call tool is subscribed by hand.
  const topic = environment.onCall === undefined ? undefined : onCallTopic(DATABASE, context);
  if (!hasDatabase(context)) return undefined;
  const { databaseSnapshot = "" } = settings;
  const opts = { providers: [awsProvider, randomProvider] };
  const database = new Database(
    DATABASE,
    {
      identifier: databaseIdentifier(name),
      engineVersion: databaseVersion(lock, row.version),
      instanceClass: row.instanceClass,
      instances: row.instances,
      backupDays: row.backupDays,
      recovery: row.recovery,
      role: isSecondary(environment) ? "secondary" : "primary",
      globalClusterIdentifier: databaseIdentifier(identityOf(environment)),
      secretReplicaRegion: row.copyRegion,
      snapshotIdentifier: databaseSnapshot === "" || databaseSnapshot === EMPTY ? undefined : databaseSnapshot,
      subnets: subnetsOf(context),
      vpcId: network.vpcId,
      clients,
      logRetentionDays: retention.flowLogDays,
      logsKeyArn: keys.logsKeyArn,
      accountId: settings.account,
      deployRoleArn: accountRoleArn(settings.account, "deploy"),
      monitoringRoleArn: roles.monitoringRoleArn,
      region,
      protect,
      tags,
    },
    opts,
  );
  if (row.recovery === "backups" && row.copyRegion !== undefined)
    backups(context, { database, roles, copyRegion: row.copyRegion });
  if (topic !== undefined) alarms(context, database, topic);
  return database;
}

/** From the day of the row, whether or not the database is there: IAM is written through a region that may be lost. */
function rolesOf({ environment, settings, tags, awsProvider }: EnvironmentContext, backups: boolean): DatabaseRoles {
  const identifier = databaseIdentifier(environment.name);
  const args = { identifier, accountId: settings.account, backups, tags };
  return new DatabaseRoles(`${DATABASE}-roles`, args, { providers: [awsProvider] });
}

function backups(
  { environment, settings, tags, awsProvider }: EnvironmentContext,
  {
    database,
    roles,
    copyRegion,
  }: { readonly database: Database; readonly roles: DatabaseRoles; readonly copyRegion: string },
): void {
  new BackupPlan(
    `${DATABASE}-backups`,
    {
      planName: databaseIdentifier(environment.name),
      clusterArn: database.clusterArn,
      copyVaultArn: copyVaultArn(settings.account, copyRegion, environment.name),
      keyArn: database.nodes.key.arn,
      roleArn: roles.backupsRoleArn,
      tags,
    },
    { providers: [awsProvider] },
  );
}

function alarms(
  { environment, tags, awsProvider }: EnvironmentContext,
  database: Database,
  topic: aws.sns.Topic,
): void {
  new DatabaseAlarms(
    `${DATABASE}-alarms`,
    {
      clusterIdentifier: database.clusterIdentifier,
      runbookBaseUrl: runbookBaseUrl(environment.gitOps),
      topicArn: topic.arn,
      actionsDisabled: standsBy(environment),
      tags,
    },
    { providers: [awsProvider] },
  );
}

/** What applications and people connect to; hosts are the environment's and never part of a secret. */
export function databaseOutputs(database: Database | undefined): Readonly<Record<string, pulumi.Input<unknown>>> {
  if (database === undefined) return {};
  const { writerEndpoint, readerEndpoint, port, databaseName, masterSecretArn } = database;
  return { database: { writerEndpoint, readerEndpoint, port, databaseName, masterSecretArn } };
}

/** What RDS and the provider refuse of Aurora's clusters, their instances, groups and snapshots. */
import { valuesAt } from "../../../property/paths";
import { clusterOf, instanceZones } from "../object/database-outputs";
import { writerBeside } from "../object/global-membership";
import type { ResourceContext } from "../object/resource-context";
import { CLUSTER_SNAPSHOT } from "../object/side-effects";
import { subnetsOf, zonesOf } from "./network";
import type { Check } from "./rule";

/** Zones that a subnet group must cover. */
const ZONES_AT_LEAST = 2;
const DAYS = { least: 1, most: 35 };

/**
 * Parameters that take effect after a restart alone, of those that platforms set.
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
 */
const STATIC = [
  "rds.logical_replication",
  "max_connections",
  "max_replication_slots",
  "max_wal_senders",
  "shared_buffers",
  "shared_preload_libraries",
];

const majorOf = (version: string): string => version.split(".")[0] ?? "";

const family = (ctx: ResourceContext): string => `${ctx.text("engine")}${majorOf(ctx.text("engineVersion"))}`;

const parameterGroupFamily: Check = (ctx) => {
  const group = ctx.find(
    "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    ctx.text("dbClusterParameterGroupName"),
  );
  if (group === undefined || ctx.text("engineVersion") === "") return false;
  const given = String(group.inputs.family);
  return given !== family(ctx) && { group: group.id, given, expected: family(ctx) };
};

const isRestored = ({ inputs }: ResourceContext): boolean =>
  inputs.snapshotIdentifier !== undefined ||
  inputs.restoreToPointInTime !== undefined ||
  inputs.replicationSourceIdentifier !== undefined;

const hasPassword = ({ inputs }: ResourceContext): boolean =>
  inputs.manageMasterUserPassword === true ||
  inputs.masterPassword !== undefined ||
  inputs.masterPasswordWo !== undefined;

/** What a cluster that copies another region's takes from there, and nothing else. */
const secondaryWithOwn: Check = (ctx) => {
  if (writerBeside(ctx) === undefined) return false;
  const own = { masterUsername: "user name", masterPassword: "password", databaseName: "database name" };
  const given = Object.entries(own).find(([property]) => ctx.inputs[property] !== undefined);
  return given !== undefined && { what: given[1] };
};

const masterMissing: Check = (ctx) => {
  if (isRestored(ctx) || writerBeside(ctx) !== undefined) return false;
  if (ctx.text("masterUsername") === "") return { parameter: "MasterUsername" };
  return !hasPassword(ctx) && { parameter: "MasterUserPassword" };
};

const joined: Check = ({ inputs, remembered }) =>
  (inputs.globalClusterIdentifier ?? "") !== "" && (remembered.globalClusterIdentifier ?? "") === "";

const moved: Check = ({ inputs, remembered }) => {
  const [before, now] = [remembered.globalClusterIdentifier ?? "", inputs.globalClusterIdentifier ?? ""];
  return before !== "" && now !== "" && before !== now;
};

const majorStep: Check = (ctx) => {
  const [from, to] = [String(ctx.old?.inputs.engineVersion ?? ""), ctx.text("engineVersion")];
  if (from === "" || to === "" || majorOf(from) === majorOf(to)) return false;
  return ctx.inputs.allowMajorVersionUpgrade !== true;
};

function isOlder(left: string, right: string): boolean {
  const [major = 0, minor = 0] = left.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = right.split(".").map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

const versionBack: Check = (ctx) => {
  const [from, to] = [String(ctx.old?.inputs.engineVersion ?? ""), ctx.text("engineVersion")];
  return from !== "" && to !== "" && isOlder(to, from) && { from, to };
};

const minutes = (text: string): number => {
  const [hours = 0, rest = 0] = text.split(":").map(Number);
  return hours * 60 + rest;
};

const MINUTES_OF_DAY = 24 * 60;

/** From and to; a window over midnight ends on the next day. */
function span(from: string, to: string): readonly [number, number] {
  const [begin, end] = [minutes(from), minutes(to)];
  return [begin, end > begin ? end : end + MINUTES_OF_DAY];
}

/** Whether the daily window meets the weekly one, whose day counts for nothing: the daily one comes every day. */
const windowsOverlap: Check = (ctx) => {
  const [backup, weekly] = [ctx.text("preferredBackupWindow"), ctx.text("preferredMaintenanceWindow")];
  const [from = "", to = ""] = backup.split("-");
  const [, begin = "", end = ""] = /^\w{3}:(\d\d:\d\d)-\w{3}:(\d\d:\d\d)$/i.exec(weekly) ?? [];
  if (from === "" || begin === "") return false;
  const [daily, other] = [span(from, to), span(begin, end)];
  return [-MINUTES_OF_DAY, 0, MINUTES_OF_DAY].some(
    (shift) => daily[0] + shift < other[1] && other[0] < daily[1] + shift,
  );
};

const instanceZone: Check = (ctx) => {
  const zone = ctx.text("availabilityZone");
  const zones = instanceZones(ctx);
  return zone !== "" && zones.length > 0 && !zones.includes(zone) && { zone, zones: zones.join(", ") };
};

const instanceEngine: Check = (ctx) => {
  const engine = String(clusterOf(ctx)?.inputs.engine ?? "");
  return engine !== "" && engine !== ctx.text("engine") && { given: ctx.text("engine"), engine };
};

const staticParameter: Check = ({ inputs }) => {
  const parameters = valuesAt(inputs, "parameters") as unknown as { name?: unknown; applyMethod?: unknown }[];
  const given = parameters.find(
    ({ name, applyMethod }) => STATIC.includes(String(name)) && applyMethod !== "pending-reboot",
  );
  return given !== undefined && { parameter: given.name };
};

const fewZones: Check = (ctx) => {
  const { length: zones } = zonesOf(subnetsOf(ctx, "subnetIds"));
  return zones < ZONES_AT_LEAST && { zones };
};

/** Checks of rules.yaml, by name. */
export const DATABASE_CHECKS: Readonly<Record<string, Check>> = {
  databaseZones: fewZones,
  databaseStaticParameter: staticParameter,
  databaseFamily: parameterGroupFamily,
  databaseMasterMissing: masterMissing,
  databaseSecondaryWithOwn: secondaryWithOwn,
  databaseManagedAndGlobal: ({ inputs }) =>
    inputs.manageMasterUserPassword === true && (inputs.globalClusterIdentifier ?? "") !== "",
  databaseTwoPasswords: ({ inputs }) =>
    inputs.manageMasterUserPassword === true && (inputs.masterPassword ?? inputs.masterPasswordWo) !== undefined,
  databaseSnapshotAndGlobal: ({ inputs }) =>
    inputs.snapshotIdentifier !== undefined && (inputs.globalClusterIdentifier ?? "") !== "",
  databaseJoined: joined,
  databaseMoved: moved,
  databaseReplicaMade: ({ inputs, remembered }) =>
    inputs.replicationSourceIdentifier !== undefined &&
    inputs.replicationSourceIdentifier !== remembered.replicationSourceIdentifier,
  databaseMajor: majorStep,
  databaseVersionBack: versionBack,
  databaseRetention: ({ inputs }) =>
    typeof inputs.backupRetentionPeriod === "number" &&
    (inputs.backupRetentionPeriod < DAYS.least || inputs.backupRetentionPeriod > DAYS.most),
  databaseWindows: windowsOverlap,
  databaseClass: (ctx) => !/^db\.[a-z0-9-]+(\.[a-z0-9]+)?$/.test(ctx.text("instanceClass")),
  databaseInstanceEngine: instanceEngine,
  databaseInstanceZone: instanceZone,
  databaseProtected: ({ inputs }) => inputs.deletionProtection === true,
  globalDatabaseProtected: ({ inputs }) => inputs.deletionProtection === true,
  databaseFinalSnapshotMissing: (ctx) =>
    ctx.inputs.skipFinalSnapshot !== true && ctx.text("finalSnapshotIdentifier") === "",
  databaseFinalSnapshotTaken: (ctx) =>
    ctx.inputs.skipFinalSnapshot !== true &&
    ctx.find(CLUSTER_SNAPSHOT, ctx.text("finalSnapshotIdentifier")) !== undefined,
};

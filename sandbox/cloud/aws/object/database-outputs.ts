/** Outputs of Aurora's types that no template with placeholders can express: called from entries as `=name`. */
import { isObject, type Value } from "../../../property/values";
import type { CloudObject } from "../../account/account";
import {
  DATABASE_CLUSTER,
  DATABASE_INSTANCE,
  isSecondary,
  membersOf,
  sourceOf,
  writerBeside,
} from "./global-membership";
import type { ComputedOutputs, ResourceContext } from "./resource-context";

/** Zones over which Aurora spreads a cluster's storage, whatever was listed. */
const STORAGE_ZONES = 3;

/** The cluster that an instance belongs to. */
export function clusterOf(ctx: ResourceContext): CloudObject | undefined {
  return ctx.find(DATABASE_CLUSTER, ctx.text("clusterIdentifier"));
}

/** RDS writes the managed password into a secret of its own, and names it. */
function masterSecrets(ctx: ResourceContext): Value {
  if (ctx.inputs.manageMasterUserPassword !== true) return [];
  const secretArn = ctx.fill(
    "arn:aws:secretsmanager:{region}:{account}:secret:rds!cluster-{hash32:secret}-{hash6:secret}",
  );
  return [{ kmsKeyId: ctx.text("masterUserSecretKmsKeyId"), secretArn, secretStatus: "active" }];
}

/** Zone names of the subnet group's subnets. */
function subnetZones(ctx: ResourceContext, group: string): string[] {
  const subnets = ctx.find("aws:rds/subnetGroup:SubnetGroup", group)?.inputs.subnetIds;
  const ids = Array.isArray(subnets) ? subnets.map(String) : [];
  const zones = ids.map((id) => ctx.find("aws:ec2/subnet:Subnet", id)?.outputs.availabilityZone);
  return [...new Set(zones.filter((zone) => typeof zone === "string"))];
}

/** Zone names in which an instance may stand. */
export function instanceZones(ctx: ResourceContext): string[] {
  return subnetZones(ctx, String(clusterOf(ctx)?.inputs.dbSubnetGroupName ?? ""));
}

function storageZones(ctx: ResourceContext): Value {
  const own = subnetZones(ctx, ctx.text("dbSubnetGroupName"));
  const others = Object.keys(ctx.caller.facts.regions[ctx.region]?.zones ?? {}).filter((zone) => !own.includes(zone));
  return [...own, ...others].slice(0, STORAGE_ZONES).sort();
}

/** Instances of the same cluster beside this one. */
function siblings(ctx: ResourceContext): CloudObject[] {
  const { clusterIdentifier } = ctx.inputs;
  return ctx
    .near(DATABASE_INSTANCE)
    .filter(({ id, inputs }) => inputs.clusterIdentifier === clusterIdentifier && id !== ctx.id);
}

function instanceZone(ctx: ResourceContext): Value | undefined {
  const zones = instanceZones(ctx);
  return ctx.old?.outputs.availabilityZone ?? zones[siblings(ctx).length % Math.max(1, zones.length)];
}

/** The cluster's first instance writes; the others wait to be promoted. A cluster that copies another has no writer. */
function isWriter(ctx: ResourceContext): boolean {
  const cluster = clusterOf(ctx);
  if (cluster !== undefined && isSecondary(cluster)) return false;
  return !siblings(ctx).some(({ outputs }) => outputs.writer === true);
}

/** What a secondary has from the cluster that it copies. */
function fromWriter(ctx: ResourceContext, property: "databaseName" | "masterUsername"): Value {
  const own = ctx.old?.outputs[property] ?? writerBeside(ctx)?.outputs[property];
  return own === undefined || isObject(own) ? "" : own;
}

/** Calculations, by name; undefined leaves the output out. */
export const DATABASE_OUTPUTS: ComputedOutputs = {
  rdsVpcId: (ctx) => ctx.find("aws:ec2/subnet:Subnet", ctx.text("subnetIds"))?.outputs.vpcId,
  rdsClusterIdentifier: (ctx) =>
    ctx.text("clusterIdentifier") || ctx.prefixed("clusterIdentifier") || `tf-${ctx.hash(26)}`,
  rdsZones: storageZones,
  rdsDatabaseName: (ctx) => ctx.inputs.databaseName ?? fromWriter(ctx, "databaseName"),
  rdsMasterUsername: (ctx) => ctx.inputs.masterUsername ?? fromWriter(ctx, "masterUsername"),
  rdsMasterSecrets: masterSecrets,
  rdsSourceArn: sourceOf,
  rdsGlobalMembers: (ctx) =>
    membersOf(ctx.caller.account, ctx.id).map((member) => ({
      dbClusterArn: member.outputs.arn ?? "",
      isWriter: !isSecondary(member),
    })),
  rdsInstanceZone: (ctx) => ctx.inputs.availabilityZone ?? instanceZone(ctx),
  rdsInstanceParameterGroup: (ctx) =>
    `default.${ctx.text("engine")}${String(clusterOf(ctx)?.inputs.engineVersion ?? "").split(".")[0]}`,
  rdsInstanceSubnetGroup: (ctx) => clusterOf(ctx)?.inputs.dbSubnetGroupName,
  rdsInstanceVersion: (ctx) => ctx.inputs.engineVersion ?? clusterOf(ctx)?.inputs.engineVersion,
  rdsInstanceEncrypted: (ctx) => clusterOf(ctx)?.inputs.storageEncrypted,
  rdsIsWriter: isWriter,
};

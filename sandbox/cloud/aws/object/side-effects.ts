/** What AWS does by itself after a call: log groups written by a live cluster, keys and secrets that wait for their deletion. */
import { unowned, type Account, type CloudObject } from "../../account/account";
import type { ResourceContext } from "./resource-context";
import { DATABASE_CLUSTER } from "./global-membership";
import { DEPLOYMENT, noteStart } from "./deployments";
import { cascadeDeletesOf } from "./cascade-deletes";
import { recordUpgrade, UPGRADE } from "./upgrades";

/** Type of what was deleted but is not gone. */
export const PENDING = "sandbox:index:PendingDeletion";

/** Type of what EKS still has to write of a cluster that was deleted while it logged; the id is its log group's. */
const LAST_LINES = "sandbox:index:LastLines";

/** Type of what RDS keeps of a database cluster that was deleted; the id is the final snapshot's name. */
export const CLUSTER_SNAPSHOT = "sandbox:index:ClusterSnapshot";

const CLUSTER = "aws:eks/cluster:Cluster";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

function isLogging({ inputs: { enabledClusterLogTypes: types } }: Pick<CloudObject, "inputs">): boolean {
  return Array.isArray(types) && types.length > 0;
}

/** EKS makes the group it writes to, with no retention and no owner. */
function writeLogs(ctx: ResourceContext, cluster: string): void {
  const id = `/aws/eks/${cluster}/cluster`;
  if (ctx.find(LOG_GROUP, id)) return;
  const arn = ctx.fill(`arn:aws:logs:{region}:{account}:log-group:${id}`);
  const outputs = { name: id, arn, retentionInDays: 0 };
  ctx.caller.account.put(unowned({ type: LOG_GROUP, id, scope: ctx.region, inputs: { name: id }, outputs }));
}

/** EKS writes the last lines minutes after the deletion. Reported: terraform-aws-eks issues 2446, 2486, 2763. */
function keepLastLines({ caller: { account }, region }: ResourceContext, { id }: CloudObject): void {
  account.put(unowned({ type: LAST_LINES, id: `/aws/eks/${id}/cluster`, scope: region, outputs: {} }));
}

function writeLastLines(ctx: ResourceContext, id: string, cluster: string): void {
  const { account } = ctx.caller;
  const lines = account.find(LAST_LINES, id, ctx.region);
  if (lines === undefined) return;
  account.remove(lines);
  writeLogs(ctx, cluster);
}

function schedule({ caller: { account } }: ResourceContext, { type, id, scope, inputs, outputs }: CloudObject): void {
  const { name = "", arn = "" } = outputs;
  account.put(unowned({ type: PENDING, id: `${type}/${id}`, scope, inputs, outputs: { id, type, name, arn } }));
}

/** The last snapshot of a database, which stays when its cluster has gone. */
function keepSnapshot({ caller: { account } }: ResourceContext, { id, scope, inputs }: CloudObject): void {
  const name = inputs.finalSnapshotIdentifier;
  if (inputs.skipFinalSnapshot === true || typeof name !== "string") return;
  account.put(unowned({ type: CLUSTER_SNAPSHOT, id: name, scope, outputs: { of: id } }));
}

/** What lived in the cluster's API goes with it; its volumes are EC2's and stay. */
function forgetInside({ caller: { account } }: ResourceContext, cluster: CloudObject): void {
  for (const object of account.all().filter(({ scope }) => scope === `cluster/${cluster.id}`)) account.remove(object);
}

/** Whether a certificate can be served: its validation has been waited for. */
export function isIssued(account: Account, arn: string): boolean {
  return account.holding("aws:acm/certificateValidation:CertificateValidation", "certificateArn", arn).length > 0;
}

/** After a create or an update. */
export function afterWrite(ctx: ResourceContext): void {
  if (ctx.type === DEPLOYMENT) noteStart(ctx);
  if (ctx.type !== CLUSTER) return;
  if (isLogging(ctx)) writeLogs(ctx, ctx.id);
  const [from, to] = [ctx.old?.outputs.version, ctx.inputs.version];
  if (ctx.old !== undefined && typeof from === "string" && typeof to === "string" && from !== to)
    recordUpgrade(ctx.caller.account, ctx.old, from, to);
}

/** After a delete. */
export function afterDelete(ctx: ResourceContext, object: CloudObject): void {
  const cluster = /^\/aws\/eks\/(.+)\/cluster$/.exec(object.id)?.[1] ?? "";
  const living = object.type === LOG_GROUP ? ctx.find(CLUSTER, cluster) : undefined;
  if (living && isLogging(living)) writeLogs(ctx, cluster);
  if (object.type === LOG_GROUP) writeLastLines(ctx, object.id, cluster);
  for (const owned of cascadeDeletesOf(ctx.caller.account, object)) ctx.caller.account.remove(owned);
  if (object.type === CLUSTER) {
    forgetInside(ctx, object);
    ctx.caller.account.remove({ type: UPGRADE, id: object.id, scope: object.scope });
    if (isLogging(object)) keepLastLines(ctx, object);
  }
  if (object.type === DATABASE_CLUSTER) keepSnapshot(ctx, object);
  const isSecret = object.type === "aws:secretsmanager/secret:Secret" && object.inputs.recoveryWindowInDays !== 0;
  if (isSecret || /^aws:kms\/(key|replicaKey):/.test(object.type)) schedule(ctx, object);
}

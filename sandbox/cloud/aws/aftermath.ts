/** What AWS does by itself after a call: log groups written by a live cluster, keys and secrets that wait for their deletion. */
import { unowned, type Account, type CloudObject } from "../account";
import type { Making } from "./making";
import { ownedBy } from "./owned";
import { rememberUpgrade, UPGRADE } from "./upgrades";

/** Type of what was deleted but is not gone. */
export const PENDING = "sandbox:index:PendingDeletion";

/** Type of what EKS still has to write of a cluster that was deleted while it logged; the id is its log group's. */
const LAST_LINES = "sandbox:index:LastLines";

const CLUSTER = "aws:eks/cluster:Cluster";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

function isLogging({ inputs: { enabledClusterLogTypes: types } }: Pick<CloudObject, "inputs">): boolean {
  return Array.isArray(types) && types.length > 0;
}

/** EKS makes the group it writes to, with no retention and no owner. */
function writeLogs(made: Making, cluster: string): void {
  const id = `/aws/eks/${cluster}/cluster`;
  if (made.find(LOG_GROUP, id)) return;
  const arn = made.fill(`arn:aws:logs:{region}:{account}:log-group:${id}`);
  const outputs = { name: id, arn, retentionInDays: 0 };
  made.caller.account.put(unowned({ type: LOG_GROUP, id, scope: made.region, inputs: { name: id }, outputs }));
}

/** EKS writes the last lines minutes after the deletion. Reported: terraform-aws-eks issues 2446, 2486, 2763. */
function keepLastLines({ caller: { account }, region }: Making, { id }: CloudObject): void {
  account.put(unowned({ type: LAST_LINES, id: `/aws/eks/${id}/cluster`, scope: region, outputs: {} }));
}

function writeLastLines(made: Making, id: string, cluster: string): void {
  const { account } = made.caller;
  const lines = account.find(LAST_LINES, id, made.region);
  if (lines === undefined) return;
  account.remove(lines);
  writeLogs(made, cluster);
}

function schedule({ caller: { account } }: Making, { type, id, scope, inputs, outputs }: CloudObject): void {
  const { name = "", arn = "" } = outputs;
  account.put(unowned({ type: PENDING, id: `${type}/${id}`, scope, inputs, outputs: { id, type, name, arn } }));
}

/** What lived in the cluster's API goes with it; its volumes are EC2's and stay. */
function forgetInside({ caller: { account } }: Making, cluster: CloudObject): void {
  for (const object of account.all().filter(({ scope }) => scope === `cluster/${cluster.id}`)) account.remove(object);
}

/** Whether a certificate can be served: its validation has been waited for. */
export function isIssued(account: Account, arn: string): boolean {
  return account.holding("aws:acm/certificateValidation:CertificateValidation", "certificateArn", arn).length > 0;
}

/** After a create or an update. */
export function afterWrite(made: Making): void {
  if (made.type !== CLUSTER) return;
  if (isLogging(made)) writeLogs(made, made.id);
  const [from, to] = [made.old?.outputs.version, made.inputs.version];
  if (made.old !== undefined && typeof from === "string" && typeof to === "string" && from !== to)
    rememberUpgrade(made.caller.account, made.old, from, to);
}

/** After a delete. */
export function afterDelete(made: Making, object: CloudObject): void {
  const cluster = /^\/aws\/eks\/(.+)\/cluster$/.exec(object.id)?.[1] ?? "";
  const living = object.type === LOG_GROUP ? made.find(CLUSTER, cluster) : undefined;
  if (living && isLogging(living)) writeLogs(made, cluster);
  if (object.type === LOG_GROUP) writeLastLines(made, object.id, cluster);
  for (const owned of ownedBy(made.caller.account, object)) made.caller.account.remove(owned);
  if (object.type === CLUSTER) {
    forgetInside(made, object);
    made.caller.account.remove({ type: UPGRADE, id: object.id, scope: object.scope });
    if (isLogging(object)) keepLastLines(made, object);
  }
  const isSecret = object.type === "aws:secretsmanager/secret:Secret" && object.inputs.recoveryWindowInDays !== 0;
  if (isSecret || /^aws:kms\/(key|replicaKey):/.test(object.type)) schedule(made, object);
}

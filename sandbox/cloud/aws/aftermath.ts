/** What AWS does by itself after a call: log groups written by a live cluster, keys and secrets that wait for their deletion. */
import type { Account, CloudObject } from "../account";
import type { Making } from "./making";

/** Type of what was deleted but is not gone. */
export const PENDING = "sandbox:index:PendingDeletion";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

function isLogging(cluster: Pick<CloudObject, "inputs">): boolean {
  const types = cluster.inputs.enabledClusterLogTypes;
  return Array.isArray(types) && types.length > 0;
}

/** EKS makes the group it writes to, with no retention and no owner. */
function writeLogs(made: Making, cluster: string): void {
  const id = `/aws/eks/${cluster}/cluster`;
  if (made.find(LOG_GROUP, id)) return;
  const arn = made.fill(`arn:aws:logs:{region}:{account}:log-group:${id}`);
  made.caller.account.put({
    type: LOG_GROUP,
    id,
    scope: made.region,
    urn: "",
    inputs: { name: id },
    outputs: { name: id, arn, retentionInDays: 0 },
  });
}

function schedule(made: Making, object: CloudObject): void {
  const { type, id, scope, inputs, outputs } = object;
  made.caller.account.put({
    type: PENDING,
    id: `${type}/${id}`,
    scope,
    urn: "",
    inputs,
    outputs: { id, type, name: outputs.name ?? "", arn: outputs.arn ?? "" },
  });
}

/** Whether a certificate can be served: its validation has been waited for. */
export function isIssued(account: Account, arn: string): boolean {
  return account
    .all("aws:acm/certificateValidation:CertificateValidation")
    .some(({ inputs }) => inputs.certificateArn === arn);
}

/** After a create or an update. */
export function afterWrite(made: Making): void {
  if (made.type === "aws:eks/cluster:Cluster" && isLogging(made)) writeLogs(made, made.id);
}

/** After a delete. */
export function afterDelete(made: Making, object: CloudObject): void {
  const cluster = /^\/aws\/eks\/(.+)\/cluster$/.exec(object.id)?.[1] ?? "";
  const living = object.type === LOG_GROUP ? made.find("aws:eks/cluster:Cluster", cluster) : undefined;
  if (living && isLogging(living)) writeLogs(made, cluster);
  if (/^aws:kms\/(key|replicaKey):/.test(object.type)) schedule(made, object);
  if (object.type === "aws:secretsmanager/secret:Secret" && object.inputs.recoveryWindowInDays !== 0)
    schedule(made, object);
}

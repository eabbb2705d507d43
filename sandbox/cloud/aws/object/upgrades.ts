/** Minors of clusters as EKS moves them: which upgrade may be taken back, and until when. */
import { byMinor, millisecondsPerDay } from "@fridayproof/components/core";
import { unowned, type Account, type CloudObject } from "../../account/account";

/** Type of the row with a cluster's last upgrade: EKS keeps it in the cluster's history of updates. */
export const UPGRADE = "sandbox:index:ClusterUpgrade";

/** For how long after an upgrade EKS takes the minor back. https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html */
const DAYS_TO_GO_BACK = 7;

/** Records that a cluster went one minor up; a way back is no upgrade and removes the record. */
export function recordUpgrade(account: Account, before: CloudObject, from: string, to: string): void {
  const record = { type: UPGRADE, id: before.id, scope: before.scope };
  if (byMinor(to, from) < 0) account.remove(record);
  else account.put(unowned({ ...record, outputs: { from, to, at: new Date().toISOString() } }));
}

/** Whether EKS would still take the cluster back to this minor. */
export function mayGoBack(account: Account, cluster: CloudObject, to: string): boolean {
  const upgrade = account.find(UPGRADE, cluster.id, cluster.scope)?.outputs;
  if (upgrade === undefined || upgrade.from !== to || upgrade.to !== cluster.outputs.version) return false;
  return Date.now() - Date.parse(String(upgrade.at)) <= DAYS_TO_GO_BACK * millisecondsPerDay;
}

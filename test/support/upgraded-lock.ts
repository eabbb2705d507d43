/** The lock file as it will be when somebody upgrades. */
import { type Lock, readLock } from "../../stacks/inputs/lock";

/** The lock file with every row of the next minor proven, as it will be when somebody upgrades. */
export function upgraded(): Lock {
  const lock = readLock();
  const { "1.35": now, "1.36": next } = lock.kubernetes;
  if (now === undefined || next === undefined) throw new Error("the lock file has no two minors");
  const addons = { ...now.addons, "kube-proxy": next.addons["kube-proxy"] };
  const autoscaler = { ...now.autoscaler, image: "v1.36.0" };
  return { ...lock, kubernetes: { ...lock.kubernetes, "1.36": { ...next, addons, autoscaler } } };
}

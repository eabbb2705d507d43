/** Volumes behind claims: made by the EBS driver, kept or dropped as StorageClass and StatefulSet say. */
import { isObject, type Value } from "../../property/values";
import { keyOf, unowned, type CloudObject } from "../account/account";
import { hashHex } from "../account/hash-hex";
import type { Cluster } from "./cluster";

/** Type of a claim. */
export const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
/** Type of a volume in the account. */
export const VOLUME = "aws:ebs/volume:Volume";

/** A claim that a chart's StatefulSet makes. */
export interface Claim {
  /** Where the template stands in the values: part of the claim's name. */
  readonly path: string;
  readonly storageClass: string;
  /** `Delete` or `Retain` when the StatefulSet goes; Kubernetes keeps claims by default. */
  readonly whenDeleted: string;
}

/** Beside a `volumeClaimTemplate`, these win. Source: prometheus-operator, pkg/prometheus/server/statefulset.go. */
const WINNERS = ["emptyDir", "ephemeral"];

/**
 * The claims in a chart's values: every `volumeClaimTemplate`, under the nearest retention policy above it. None in a
 * part that is switched off (`enabled: false`), nor where the pods get a volume that dies with them.
 */
export function claimsIn(values: Value | undefined, path = "", whenDeleted = "Retain"): Claim[] {
  if (!isObject(values) || values.enabled === false) return [];
  const policy = values.persistentVolumeClaimRetentionPolicy;
  const kept = isObject(policy) && typeof policy.whenDeleted === "string" ? policy.whenDeleted : whenDeleted;
  if (WINNERS.some((key) => isObject(values[key]))) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    if (key !== "volumeClaimTemplate") return claimsIn(value, path === "" ? key : `${path}-${key}`, kept);
    const spec = isObject(value) && isObject(value.spec) ? value.spec : {};
    return [{ path: path.toLowerCase(), storageClass: String(spec.storageClassName ?? ""), whenDeleted: kept }];
  });
}

/** Name of the claim's object. @param release id of the release, `namespace/name`. */
export function claimId(release: string, claim: Claim): string {
  return `${release}-${claim.path}`;
}

/** Makes a claim and its volume; Kubernetes makes both, so no URN owns them. */
export function makeClaim({ account, scope, region }: Cluster, id: string, storageClassName: string): void {
  // A claim that is made again gets a new volume: the old one may have been kept.
  const before = account.nextGeneration(keyOf({ type: CLAIM, id, scope }));
  const volumeName = `vol-${hashHex(`${scope}/${id}${before === 0 ? "" : `#${before}`}`, 17)}`;
  const inputs = { spec: { storageClassName, volumeName } };
  account.put(unowned({ type: CLAIM, id, scope, inputs, outputs: inputs }));
  const tags = { "kubernetes.io/created-for/pvc/name": id };
  account.put(unowned({ type: VOLUME, id: volumeName, scope: region, outputs: { tags } }));
}

/** Removes any object; a claim takes its volume along unless its StorageClass retains it. */
export function removeClaim(cluster: Cluster, object: CloudObject): void {
  cluster.remove(object.type, object.id);
  const { spec } = object.inputs;
  if (object.type !== CLAIM || !isObject(spec)) return;
  const storage = cluster.find("kubernetes:storage.k8s.io/v1:StorageClass", String(spec.storageClassName));
  if (storage?.inputs.reclaimPolicy !== "Retain") {
    cluster.account.remove({ type: VOLUME, id: String(spec.volumeName), scope: cluster.region });
  }
}

/** Kinds that Kubernetes serves, by group: a misspelled kind is rejected by the cluster, and no rule would check it. */
import { groupPairs } from "@fridayproof/components/core";
import { knownKinds } from "../reading/types";

/** Kinds by group as of Kubernetes 1.36, those of earlier versions included; source: kubernetes/api, register.go of each group. */
export const servedKinds: Readonly<Record<string, readonly string[]>> = {
  core: (
    "Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume " +
    "PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount List"
  ).split(" "),
  "admissionregistration.k8s.io": (
    "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy " +
    "ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration"
  ).split(" "),
  "apiextensions.k8s.io": ["CustomResourceDefinition"],
  "apiregistration.k8s.io": ["APIService"],
  apps: ["ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
  "authentication.k8s.io": ["SelfSubjectReview", "TokenRequest", "TokenReview"],
  "authorization.k8s.io": [
    "LocalSubjectAccessReview",
    "SelfSubjectAccessReview",
    "SelfSubjectRulesReview",
    "SubjectAccessReview",
  ],
  autoscaling: ["HorizontalPodAutoscaler", "Scale"],
  batch: ["CronJob", "Job"],
  "certificates.k8s.io": ["CertificateSigningRequest", "ClusterTrustBundle", "PodCertificateRequest"],
  "coordination.k8s.io": ["Lease", "LeaseCandidate"],
  "discovery.k8s.io": ["EndpointSlice"],
  "events.k8s.io": ["Event"],
  extensions: ["DaemonSet", "Deployment", "Ingress", "NetworkPolicy", "PodSecurityPolicy", "ReplicaSet"],
  "flowcontrol.apiserver.k8s.io": ["FlowSchema", "PriorityLevelConfiguration"],
  "networking.k8s.io": ["IPAddress", "Ingress", "IngressClass", "NetworkPolicy", "ServiceCIDR"],
  "node.k8s.io": ["RuntimeClass"],
  policy: ["Eviction", "PodDisruptionBudget", "PodSecurityPolicy"],
  "rbac.authorization.k8s.io": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
  "resource.k8s.io": ["DeviceClass", "DeviceTaintRule", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"],
  "scheduling.k8s.io": ["PodGroup", "PriorityClass", "Workload"],
  "storage.k8s.io": [
    "CSIDriver",
    "CSINode",
    "CSIStorageCapacity",
    "StorageClass",
    "VolumeAttachment",
    "VolumeAttributesClass",
  ],
};

/** Every known kind with its group: Kubernetes' own, and those of the controllers that rules read. */
const known: readonly (readonly [group: string, kind: string])[] = [
  ...Object.entries(servedKinds).flatMap(([group, kinds]) => kinds.map((kind) => [group, kind] as const)),
  ...knownKinds(),
];

const groupsByKind = new Map(
  [...groupPairs(known.map(([group, kind]) => [kind, group] as const))].map(([kind, groups]) => [
    kind,
    [...new Set(groups)],
  ]),
);
const spelledByFolded = new Map(
  known.map(([group, kind]) => [`${group}/${kind}`.toLowerCase(), [group, kind] as const]),
);

/** The problem of a kind that no API serves; undefined where one does, or where it may be a custom resource of an unknown group. */
export function refusalOfKind(
  apiVersion: string,
  kind: string,
): { readonly got: string; readonly expected: string; readonly fix: string } | undefined {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "core";
  const single = kind.length > "List".length && kind.endsWith("List") ? kind.slice(0, -"List".length) : kind;
  if (servedKinds[group]?.includes(single) === true || known.some(([g, k]) => g === group && k === single))
    return undefined;
  // A text in place of a kind may be secret; one with the form of a kind is harmless to show.
  const shown = /^[A-Za-z][A-Za-z0-9]{0,62}$/.test(kind) ? `the kind ${kind}` : "a kind";
  const where = /^[A-Za-z0-9.-]{1,253}$/.test(group) ? `the group ${group}` : "its group";
  const got = `${shown} in ${where}, which no API serves`;
  const right = spelledByFolded.get(`${group}/${single}`.toLowerCase());
  const expected = "a kind that the cluster serves";
  if (right !== undefined) {
    const [properGroup, properKind] = right;
    return {
      got,
      expected,
      fix: `write ${properKind} in the group ${properGroup}`,
    };
  }
  if (!(group in servedKinds) && !(group.toLowerCase() in servedKinds)) return undefined;
  const elsewhere = groupsByKind.get(single)?.filter((other) => other !== "extensions");
  const fix =
    elsewhere === undefined ? "correct apiVersion and kind" : `write it in the group ${elsewhere.join(" or ")}`;
  return { got, expected, fix };
}

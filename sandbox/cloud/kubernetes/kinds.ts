/** Kubernetes kinds: which API serves them, which live in a namespace, and which properties cannot change in place. */
import { chartsWithKind, servedVersions } from "../charts/inventory";

/** Type of a Helm release. */
export const RELEASE = "kubernetes:helm.sh/v3:Release";

/** Kinds of the API server itself at 1.35, `*` marks those outside of namespaces. Source: kubernetes.io API reference. */
const BUILT_IN: Readonly<Record<string, string>> = {
  v1: "ConfigMap Endpoints Event LimitRange Namespace* Node* PersistentVolume* PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount",
  "admissionregistration.k8s.io/v1":
    "MutatingWebhookConfiguration* ValidatingWebhookConfiguration* ValidatingAdmissionPolicy* ValidatingAdmissionPolicyBinding*",
  "apiextensions.k8s.io/v1": "CustomResourceDefinition*",
  "apiregistration.k8s.io/v1": "APIService*",
  "apps/v1": "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
  "autoscaling/v1": "HorizontalPodAutoscaler",
  "autoscaling/v2": "HorizontalPodAutoscaler",
  "batch/v1": "CronJob Job",
  "certificates.k8s.io/v1": "CertificateSigningRequest*",
  "coordination.k8s.io/v1": "Lease",
  "discovery.k8s.io/v1": "EndpointSlice",
  "networking.k8s.io/v1": "Ingress IngressClass* NetworkPolicy IPAddress* ServiceCIDR*",
  "node.k8s.io/v1": "RuntimeClass*",
  "policy/v1": "PodDisruptionBudget",
  "rbac.authorization.k8s.io/v1": "ClusterRole* ClusterRoleBinding* Role RoleBinding",
  "scheduling.k8s.io/v1": "PriorityClass*",
  "storage.k8s.io/v1": "CSIDriver* CSINode* CSIStorageCapacity StorageClass* VolumeAttachment*",
};

/** Cluster-wide kinds of charts beside those named `Cluster...`. Source: `spec.scope` of their CRDs. */
const CLUSTER_WIDE = new Set(["IngressClassParams"]);

/** What a token such as `kubernetes:apps/v1:Deployment` names. */
export interface Kind {
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** A `...Patch` resource changes an object that somebody else owns. */
  readonly patch: boolean;
  /** A `...List` resource; Pulumi cannot create those. */
  readonly list: boolean;
  /** Part of the API server, without any chart. */
  readonly builtIn: boolean;
}

/** Reads a type token. */
export function kindOf(token: string): Kind {
  const [, groupVersion = "", name = ""] = token.split(":");
  const apiVersion = groupVersion.replace(/^core\//, "");
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  const kinds = (BUILT_IN[apiVersion] ?? "").split(" ");
  const knows = (kind: string): boolean => kinds.includes(kind) || kinds.includes(`${kind}*`);
  const patch = name.endsWith("Patch") && !knows(name);
  const kind = patch ? name.slice(0, -"Patch".length) : name;
  const builtIn = knows(kind);
  const wide = builtIn ? kinds.includes(`${kind}*`) : kind.startsWith("Cluster") || CLUSTER_WIDE.has(kind);
  return {
    apiVersion,
    group,
    version,
    kind,
    namespaced: !wide,
    patch,
    list: kind.endsWith("List") && !builtIn,
    builtIn,
  };
}

/** Charts one of which must be released before objects of this kind; empty when no chart would help. */
export function broughtBy({ kind, group, version }: Kind): string[] {
  const served = servedVersions(kind, group);
  return served.length > 0 && !served.includes(version) ? [] : chartsWithKind(kind, group);
}

const SELECTOR = ["spec.selector"];
const DATA = ["data", "binaryData"];

/** Properties whose change replaces the object, by kind. Source: pulumi-kubernetes v4 provider/pkg/provider/diff.go, forceNew. */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  DaemonSet: SELECTOR,
  Deployment: SELECTOR,
  StatefulSet: [
    ...SELECTOR,
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  Job: [...SELECTOR, "spec.completions", "spec.parallelism", "spec.template"],
  PersistentVolumeClaim: [...SELECTOR, "spec.accessModes", "spec.storageClassName", "spec.volumeName"],
  ResourceQuota: ["spec.scopes"],
  Secret: ["type"],
  Service: ["spec.clusterIP"],
  StorageClass: ["parameters", "provisioner"],
  ClusterRoleBinding: ["roleRef"],
  RoleBinding: ["roleRef"],
};

/** Provider settings that decide whether a change of data replaces. */
export interface Mutability {
  readonly configMaps: boolean;
  readonly secrets: boolean;
}

/** Paths that replace an object of this kind. A changed ConfigMap or Secret is replaced unless the provider was told otherwise. */
export function replacingPaths(kind: Kind, immutable: boolean, mutable: Mutability): string[] {
  const identity = ["metadata.name", "metadata.namespace"];
  if (kind.patch || !kind.builtIn) return identity;
  if (kind.kind === "Secret" && (immutable || !mutable.secrets)) return [...identity, "type", "stringData", "data"];
  if (kind.kind === "ConfigMap" && (immutable || !mutable.configMaps)) return [...identity, ...DATA];
  return [...identity, ...(REPLACING[kind.kind] ?? [])];
}

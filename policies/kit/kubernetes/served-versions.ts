/** API versions that clusters serve, and those that they no longer serve: by Kubernetes' minors, and by the pinned charts. */

/** A version that a minor of Kubernetes stopped serving. */
export interface Removed {
  readonly minor: string;
  readonly kinds: readonly string[];
  readonly instead: string;
}

const kindsOf = (names: string): readonly string[] => names.split(" ");
const flow = kindsOf("FlowSchema PriorityLevelConfiguration");

/**
 * Kinds of each removed version, the minor that removed it, and the version in its place.
 * Sources: https://kubernetes.io/docs/reference/using-api/deprecation-guide/, and for Eviction and ControllerRevision the
 * lifecycle of each version in k8s.io/api v0.36.0 (zz_generated.prerelease-lifecycle.go).
 */
export const removedVersions: Readonly<Record<string, readonly Removed[]>> = {
  "extensions/v1beta1": [
    { minor: "1.16", kinds: kindsOf("DaemonSet Deployment ReplicaSet"), instead: "apps/v1" },
    { minor: "1.16", kinds: ["NetworkPolicy"], instead: "networking.k8s.io/v1" },
    { minor: "1.16", kinds: ["PodSecurityPolicy"], instead: "" },
    { minor: "1.22", kinds: ["Ingress"], instead: "networking.k8s.io/v1" },
  ],
  "apps/v1beta1": [
    { minor: "1.16", kinds: kindsOf("ControllerRevision Deployment ReplicaSet StatefulSet"), instead: "apps/v1" },
  ],
  "apps/v1beta2": [
    {
      minor: "1.16",
      kinds: kindsOf("ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet"),
      instead: "apps/v1",
    },
  ],
  "admissionregistration.k8s.io/v1beta1": [
    {
      minor: "1.22",
      kinds: kindsOf("MutatingWebhookConfiguration ValidatingWebhookConfiguration"),
      instead: "admissionregistration.k8s.io/v1",
    },
  ],
  "apiextensions.k8s.io/v1beta1": [
    { minor: "1.22", kinds: ["CustomResourceDefinition"], instead: "apiextensions.k8s.io/v1" },
  ],
  "apiregistration.k8s.io/v1beta1": [{ minor: "1.22", kinds: ["APIService"], instead: "apiregistration.k8s.io/v1" }],
  "authentication.k8s.io/v1beta1": [{ minor: "1.22", kinds: ["TokenReview"], instead: "authentication.k8s.io/v1" }],
  "authorization.k8s.io/v1beta1": [
    {
      minor: "1.22",
      kinds: kindsOf("LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview"),
      instead: "authorization.k8s.io/v1",
    },
  ],
  "certificates.k8s.io/v1beta1": [
    { minor: "1.22", kinds: ["CertificateSigningRequest"], instead: "certificates.k8s.io/v1" },
  ],
  "coordination.k8s.io/v1beta1": [{ minor: "1.22", kinds: ["Lease"], instead: "coordination.k8s.io/v1" }],
  "networking.k8s.io/v1beta1": [
    { minor: "1.22", kinds: kindsOf("Ingress IngressClass"), instead: "networking.k8s.io/v1" },
  ],
  "rbac.authorization.k8s.io/v1beta1": [
    {
      minor: "1.22",
      kinds: kindsOf("ClusterRole ClusterRoleBinding Role RoleBinding"),
      instead: "rbac.authorization.k8s.io/v1",
    },
  ],
  "scheduling.k8s.io/v1beta1": [{ minor: "1.22", kinds: ["PriorityClass"], instead: "scheduling.k8s.io/v1" }],
  "storage.k8s.io/v1beta1": [
    { minor: "1.22", kinds: kindsOf("CSIDriver CSINode StorageClass VolumeAttachment"), instead: "storage.k8s.io/v1" },
    { minor: "1.27", kinds: ["CSIStorageCapacity"], instead: "storage.k8s.io/v1" },
  ],
  "autoscaling/v2beta1": [{ minor: "1.25", kinds: ["HorizontalPodAutoscaler"], instead: "autoscaling/v2" }],
  "batch/v1beta1": [{ minor: "1.25", kinds: ["CronJob"], instead: "batch/v1" }],
  "discovery.k8s.io/v1beta1": [{ minor: "1.25", kinds: ["EndpointSlice"], instead: "discovery.k8s.io/v1" }],
  "events.k8s.io/v1beta1": [{ minor: "1.25", kinds: ["Event"], instead: "events.k8s.io/v1" }],
  "node.k8s.io/v1beta1": [{ minor: "1.25", kinds: ["RuntimeClass"], instead: "node.k8s.io/v1" }],
  "policy/v1beta1": [
    { minor: "1.25", kinds: kindsOf("Eviction PodDisruptionBudget"), instead: "policy/v1" },
    { minor: "1.25", kinds: ["PodSecurityPolicy"], instead: "" },
  ],
  "autoscaling/v2beta2": [{ minor: "1.26", kinds: ["HorizontalPodAutoscaler"], instead: "autoscaling/v2" }],
  "flowcontrol.apiserver.k8s.io/v1beta1": [{ minor: "1.26", kinds: flow, instead: "flowcontrol.apiserver.k8s.io/v1" }],
  "flowcontrol.apiserver.k8s.io/v1beta2": [{ minor: "1.29", kinds: flow, instead: "flowcontrol.apiserver.k8s.io/v1" }],
  "flowcontrol.apiserver.k8s.io/v1beta3": [{ minor: "1.32", kinds: flow, instead: "flowcontrol.apiserver.k8s.io/v1" }],
};

/** Stable versions of the groups that have another one than `v1` alone. */
export const stableVersions: Readonly<Record<string, readonly string[]>> = {
  autoscaling: ["v1", "v2"],
  extensions: [],
};

/** A minor that does not exist yet. */
export const notYet = "none yet";

/**
 * The minor since which a kind has a stable version, for kinds that got it after 1.29; earlier versions are off unless
 * they are turned on. Source: k8s.io/api v0.36.0, zz_generated.prerelease-lifecycle.go of each version.
 */
export const stableSince: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "admissionregistration.k8s.io": {
    MutatingAdmissionPolicy: "1.36",
    MutatingAdmissionPolicyBinding: "1.36",
    ValidatingAdmissionPolicy: "1.30",
    ValidatingAdmissionPolicyBinding: "1.30",
  },
  "certificates.k8s.io": { ClusterTrustBundle: notYet, PodCertificateRequest: notYet },
  "coordination.k8s.io": { LeaseCandidate: notYet },
  "networking.k8s.io": { IPAddress: "1.33", ServiceCIDR: "1.33" },
  "resource.k8s.io": {
    DeviceClass: "1.34",
    DeviceTaintRule: notYet,
    ResourceClaim: "1.34",
    ResourceClaimTemplate: "1.34",
    ResourceSlice: "1.34",
  },
  "scheduling.k8s.io": { PodGroup: notYet, Workload: notYet },
  "storage.k8s.io": { VolumeAttributesClass: "1.34" },
};

/** The newest minor of env.lock.json, for runs outside of the environments. */
export const newestMinor = "1.36";

/** Versions that the pinned charts' own kinds are served in, by group and version; as sandbox/cloud/charts/served.yaml. */
export const chartVersions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "argoproj.io": {
    v1alpha1: kindsOf(
      "AnalysisRun AnalysisTemplate Application ApplicationSet AppProject ClusterAnalysisTemplate Experiment Rollout",
    ),
  },
  "elbv2.k8s.aws": { v1alpha1: ["TargetGroupBinding"], v1beta1: ["TargetGroupBinding"] },
  "external-secrets.io": { v1: ["ExternalSecret"] },
  "monitoring.coreos.com": { v1: kindsOf("PodMonitor PrometheusRule ServiceMonitor") },
  "networking.istio.io": {
    v1: kindsOf("DestinationRule Gateway VirtualService"),
    v1alpha3: kindsOf("DestinationRule Gateway VirtualService"),
    v1beta1: kindsOf("DestinationRule Gateway VirtualService"),
  },
  "security.istio.io": { v1: ["PeerAuthentication"], v1beta1: ["PeerAuthentication"] },
  "telemetry.istio.io": { v1: ["Telemetry"], v1alpha1: ["Telemetry"] },
};

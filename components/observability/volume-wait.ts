/** A Job of Helm that holds the end of a release back until every volume is gone: only then may their driver go. */
import type { ChartValues } from "../charts/chart-values";
import { deliveryLimits } from "../core/limits/delivery";

/** What the Job is configured with. */
export interface VolumeWait {
  /** Namespace of the release. */
  readonly namespace: string;
  /** Image of kubectl, such as `registry.k8s.io/kubectl:v1.35.8`. */
  readonly kubectlImage: string;
}

const NAME = "volumes-are-gone";

/** Run after the release's own objects are deleted, by weight; the Job is gone again once it was right. */
const hook = (weight: number): Readonly<Record<string, string>> => ({
  "helm.sh/hook": "post-delete",
  "helm.sh/hook-weight": String(weight),
  "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
});

const SECONDS_TO_REPORT = 30;
const POOL_LABEL = "fridayproof.dev/pool";

/**
 * Manifests for a chart's `extraManifests`. Helm deletes a release's objects and returns; claims, volumes and disks
 * follow later, each by its own controller. Whatever is deleted next would take the driver away from them.
 * `kubectl wait --for=delete` ends at once where there is no volume (kubectl pkg/cmd/wait/wait.go, RunWait).
 */
export function volumeWait({ namespace, kubectlImage }: VolumeWait): readonly ChartValues[] {
  const rbac = "rbac.authorization.k8s.io/v1";
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: NAME };
  const subjects = [{ kind: "ServiceAccount", name: NAME, namespace }];
  const rules = [{ apiGroups: [""], resources: ["persistentvolumes"], verbs: ["get", "list", "watch"] }];
  const own = { namespace };
  const manifests = [
    { kind: "ServiceAccount", apiVersion: "v1", metadata: own },
    { kind: "ClusterRole", apiVersion: rbac, metadata: {}, rules },
    { kind: "ClusterRoleBinding", apiVersion: rbac, metadata: {}, roleRef, subjects },
    { kind: "Job", apiVersion: "batch/v1", metadata: own, spec: jobSpec(kubectlImage) },
  ];
  return manifests.map((manifest, weight) => ({
    ...manifest,
    metadata: { name: NAME, ...manifest.metadata, annotations: hook(weight) },
  }));
}

function jobSpec(kubectlImage: string): ChartValues {
  // Ends before Helm does, so that the Job's own words are what is read.
  const seconds = deliveryLimits.releaseTimeout.value - SECONDS_TO_REPORT;
  return {
    backoffLimit: 0,
    template: {
      spec: {
        serviceAccountName: NAME,
        restartPolicy: "Never",
        nodeSelector: { [POOL_LABEL]: "system" },
        tolerations: [{ key: POOL_LABEL, operator: "Exists", effect: "NoSchedule" }],
        securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          {
            name: "kubectl",
            image: kubectlImage,
            args: ["wait", "--for=delete", "persistentvolumes", "--all", `--timeout=${seconds}s`],
            resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
          },
        ],
      },
    },
  };
}

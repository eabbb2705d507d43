/** Argo CD's own objects, as plain data: the project that limits applications, and the set that makes them from Git. */
import { deliveryLimits } from "../core/limits/delivery";
import { duration } from "../core/units";
import { type FreezeCalendar, syncWindows } from "./freeze";

/** The cluster that Argo CD runs in, as Argo CD calls it. */
const thisCluster = "https://kubernetes.default.svc";

/**
 * Name of the project that everything is in that has no application here: it may deploy nothing. Never `default`, which allows everything to everybody. Argo CD makes that one itself before its
 * release is ready, and the Kubernetes provider refuses to create what exists (pulumi-kubernetes 4.29), so it cannot be
 * declared shut. Nothing leads to it instead: Git may bring no Application and nothing into Argo CD's namespace, and
 * Argo CD's own roles are denied it and every change of a project (`values/argo-cd.yaml`, `policy.csv`).
 */
export const projectName = "applications";

/**
 * Name of an application's own project. A project limits what its applications may do together: in one project for all, a
 * folder could declare objects in the namespace of another. The prefix keeps a folder from naming another project.
 */
export const projectOf = (application: string): string => `${projectName}-${application}`;

/** Kinds that an application may bring; whatever else stands in Git is refused. Above all: no roles and no bindings. */
const allowedKinds: Readonly<Record<string, readonly string[]>> = {
  "": ["ConfigMap", "Service", "ServiceAccount"],
  apps: ["Deployment"],
  "argoproj.io": ["AnalysisTemplate", "Rollout"],
  autoscaling: ["HorizontalPodAutoscaler"],
  batch: ["CronJob", "Job"],
  "external-secrets.io": ["ExternalSecret"],
  "monitoring.coreos.com": ["PodMonitor", "PrometheusRule", "ServiceMonitor"],
  "networking.istio.io": ["DestinationRule", "VirtualService"],
  "networking.k8s.io": ["NetworkPolicy"],
  policy: ["PodDisruptionBudget"],
};

/** What the project is made from. */
export interface ProjectSettings {
  /** The only repository that applications may come from. */
  readonly repositoryUrl: string;
  /** The application whose namespace is the only one that may be deployed to; without one there is none. */
  readonly application?: string;
  readonly freezes: FreezeCalendar;
  /** Why the freezes are lifted for now; absent: they hold. */
  readonly freezeOverride?: string;
}

/** `spec` of the AppProject. */
export function projectSpec(settings: ProjectSettings) {
  const { application, repositoryUrl, freezes, freezeOverride } = settings;
  return {
    description: "What Git may bring into this cluster, and where to",
    sourceRepos: [repositoryUrl],
    destinations: application === undefined ? [] : [{ server: thisCluster, namespace: application }],
    // Namespaces and whatever else a cluster has once are Pulumi's.
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: Object.entries(allowedKinds).flatMap(([group, kinds]) =>
      kinds.map((kind) => ({ group, kind })),
    ),
    syncWindows: freezeOverride === undefined ? syncWindows(freezes) : [],
  };
}

/** What the root ApplicationSet is made from. */
export interface RootSettings {
  /** Name of the environment, which is the folder below `gitops/`. */
  readonly environment: string;
  readonly repositoryUrl: string;
  /** Branch that is followed. */
  readonly revision: string;
  /** Whether what applications made stays when they go. False only while torn down. */
  readonly preserveOnDeletion: boolean;
  /** Whether the folders below an application's are read: `once` holds what must run in one cluster alone. */
  readonly runsOnce: boolean;
  /** What the cluster does of a pair of which one leg serves. @default it serves */
  readonly standby?: GitOpsStandby;
}

/** A leg that stands by: nothing of it acts. */
export interface GitOpsStandby {
  /**
   * `none`: applications come from {@link STANDBY_FOLDER}, so that everything of them is taken away; `deployed`: they run, and
   * they get no traffic yet. Neither has migrations or scheduled jobs.
   */
  readonly applications: "none" | "deployed";
}

/** Folder of Git with one object that does nothing: an application that is synchronized to it has nothing else. */
export const STANDBY_FOLDER = "gitops/standby";

/** That object. Argo CD takes nothing away because of an empty folder (`allowEmpty`), so there must be one. */
export const standbyManifest = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "standby" },
  data: { reason: "The leg stands by: nothing of the application runs here until somebody scales the replica." },
};

/** Label of applications whose leg stands by: Argo CD's notifications leave them out (`values/argo-cd.yaml`). */
export const STANDBY_LABEL = "fridayproof.dev/standby";

function syncPolicy() {
  const { syncRetries, syncBackoff, syncBackoffFactor, syncBackoffMax } = deliveryLimits;
  return {
    // An empty folder is far more often a mistake than a wish: it must not empty the cluster.
    automated: { prune: true, selfHeal: true, allowEmpty: false },
    syncOptions: [
      "CreateNamespace=false",
      "ServerSideApply=true",
      // What differs only in what Argo Rollouts writes (weights, the Services' hash) is not applied at all. Not
      // RespectIgnoreDifferences: it copies ignored fields by merge patch, which takes the whole live spec.http of a
      // VirtualService, so that no route of Git would ever arrive (decision 35).
      "ApplyOutOfSyncOnly=true",
      "PruneLast=true",
      "FailOnSharedResource=true",
    ],
    retry: {
      limit: syncRetries.value,
      backoff: {
        duration: duration(syncBackoff),
        factor: syncBackoffFactor.value,
        maxDuration: duration(syncBackoffMax),
      },
    },
  };
}

/** `spec` of the root ApplicationSet: one Application for each folder `gitops/<environment>/<application>`. */
export function rootSpec(settings: RootSettings) {
  const { environment, repositoryUrl, revision, preserveOnDeletion, runsOnce, standby } = settings;
  const labels = {
    "fridayproof.dev/environment": environment,
    ...(standby?.applications === "none" && { [STANDBY_LABEL]: "true" }),
  };
  return {
    goTemplate: true,
    // A misspelt parameter is an error and not an empty name.
    goTemplateOptions: ["missingkey=error"],
    generators: [{ git: { repoURL: repositoryUrl, revision, directories: [{ path: `gitops/${environment}/*` }] } }],
    // A folder that goes takes its Application along; whether the pods go too is set by the second.
    syncPolicy: { applicationsSync: "sync", preserveResourcesOnDeletion: preserveOnDeletion },
    template: {
      metadata: { name: "{{.path.basename}}", labels },
      spec: {
        // A folder that the program does not name has no project, and Argo CD refuses it.
        project: projectOf("{{.path.basename}}"),
        // One Application for both: a migration in another one would not be waited for by the wave of the workload.
        source: {
          repoURL: repositoryUrl,
          targetRevision: revision,
          path: standby?.applications === "none" ? STANDBY_FOLDER : "{{.path.path}}",
          directory: { recurse: runsOnce && standby === undefined },
        },
        destination: { server: thisCluster, namespace: "{{.path.basename}}" },
        revisionHistoryLimit: deliveryLimits.applicationHistory.value,
        syncPolicy: syncPolicy(),
      },
    },
  };
}

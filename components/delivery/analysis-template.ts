/** The parts of Argo Rollouts' ClusterAnalysisTemplate that the release gates use, as types of our own. */

/** A value that the rollout's step gives; without `value` the step must give one. */
export interface AnalysisArg {
  readonly name: string;
  readonly value?: string;
}

/** One query of Prometheus, repeated. */
export interface PrometheusMetric {
  readonly name: string;
  /** How long to wait before the first measurement, such as `120s`. */
  readonly initialDelay?: string;
  readonly interval: string;
  /** The most measurements; without it the run goes on until the rollout ends it, which is refused in a step. */
  readonly count?: number;
  /** Failed measurements that are forgiven; they need not be in a row. */
  readonly failureLimit: number;
  /** Measurements without a number that are forgiven, none of them a success; they need not be in a row. */
  readonly inconclusiveLimit?: number;
  /** Queries in a row that may end in an error. */
  readonly consecutiveErrorLimit: number;
  /** Successes in a row that end the metric as successful; reaching `count` without them is inconclusive. */
  readonly consecutiveSuccessLimit?: number | string;
  readonly successCondition: string;
  readonly failureCondition: string;
  readonly provider: { readonly prometheus: { readonly address: string; readonly query: string } };
}

/** A container of a job, as far as a smoke test needs it. */
export interface JobContainer {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly resources: Readonly<Record<"requests" | "limits", Readonly<Record<string, string>>>>;
  readonly securityContext: {
    readonly allowPrivilegeEscalation: false;
    readonly readOnlyRootFilesystem: true;
    readonly capabilities: { readonly drop: readonly ["ALL"] };
  };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

/** The pod of a smoke test; it fits a namespace at level `restricted`. */
export interface SmokePod {
  readonly restartPolicy: "Never";
  readonly automountServiceAccountToken: false;
  readonly securityContext: {
    readonly runAsNonRoot: true;
    readonly runAsUser: number;
    readonly seccompProfile: { readonly type: "RuntimeDefault" };
  };
  /** What ends well, one after the other, before the containers start. */
  readonly initContainers?: readonly JobContainer[];
  readonly containers: readonly JobContainer[];
  readonly volumes?: readonly { readonly name: string; readonly emptyDir: { readonly sizeLimit: string } }[];
}

/** A job that must end well, once. */
export interface JobMetric {
  readonly name: string;
  readonly count: 1;
  readonly failureLimit: 0;
  readonly provider: {
    readonly job: {
      readonly spec: {
        readonly backoffLimit: 0;
        readonly activeDeadlineSeconds: number;
        readonly ttlSecondsAfterFinished: number;
        readonly template: {
          readonly metadata?: { readonly labels: Readonly<Record<string, string>> };
          readonly spec: SmokePod;
        };
      };
    };
  };
}

/** One gate that a rollout's step refers to by name, with `clusterScope: true`. */
export interface ClusterAnalysisTemplate {
  readonly apiVersion: "argoproj.io/v1alpha1";
  readonly kind: "ClusterAnalysisTemplate";
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly args: readonly AnalysisArg[];
    readonly metrics: readonly (PrometheusMetric | JobMetric)[];
  };
}

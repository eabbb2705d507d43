/** What an account has before any environment: regions, applications, mirrored images, certificates, the runner. */

/** A certificate of one region; a new one is added beside the old, which goes when every environment has moved. */
export interface CertificateRequest {
  readonly region: string;
  /** Counts on with every set of domains: a certificate's names cannot be changed. */
  readonly generation: string;
  /** Domains of the environments in the region, the main one first. */
  readonly domains: readonly string[];
}

/** What `foundation` makes. */
export interface Foundation {
  /** The first holds the multi-Region key; the second is the replica's. */
  readonly regions: readonly string[];
  readonly certificates: readonly CertificateRequest[];
  /** Names of applications, each with a repository of its own. */
  readonly applications: readonly string[];
  /** Images that the charts' pods run, as `sandbox/cloud/charts/inventory.yaml` lists them. */
  readonly images: readonly string[];
  /** Branch that is deployed. */
  readonly branch: string;
  /** GitHub environment in which the deploy workflow runs; protected by reviewers and by branch. */
  readonly deployEnvironment: string;
  /** GitHub environment of real previews, with a reviewer. */
  readonly previewEnvironment: string;
  /**
   * Who may assume the deploy role before there is a pipeline: `user/<name>`, `role/<name>` or `permission-set/<name>` of
   * Identity Center. Empty it when the pipeline deploys.
   */
  readonly bootstrapPrincipals: readonly string[];
  /** Permission sets, users and roles that may use the break-glass role without a second factor that IAM checks. */
  readonly breakGlassPrincipals: readonly string[];
  /** Files in `.github/workflows`. */
  readonly workflows: { readonly deploy: readonly string[]; readonly push: readonly string[] };
  /**
   * AWS's own policies that environments attach to their roles, each as its ARN ends, path and all; the deploy role
   * attaches no other.
   */
  readonly managedPolicies: readonly string[];
  /** Where a runner stands; none is made without a row. */
  readonly runners: readonly { readonly region: string; readonly zoneId: string; readonly cidr: string }[];
  /** CodeBuild's image for runners; CodeBuild's images carry a version and no digest. */
  readonly runnerImage: string;
}

/** The account of the platform. */
export const foundation: Foundation = {
  regions: ["us-east-1", "us-west-2"],
  certificates: [
    { region: "us-east-1", generation: "1", domains: ["example.com", "dev.example.com", "staging.example.com"] },
    { region: "us-west-2", generation: "1", domains: ["example.com"] },
  ],
  applications: ["sample"],
  images: [
    "docker.io/grafana/grafana",
    "ecr-public.aws.com/docker/library/haproxy",
    "ecr-public.aws.com/docker/library/redis",
    "ghcr.io/external-secrets/external-secrets",
    "ghcr.io/jkroepke/kube-webhook-certgen",
    "public.ecr.aws/eks/aws-load-balancer-controller",
    "quay.io/argoproj/argo-rollouts",
    "quay.io/argoproj/argocd",
    "quay.io/kiwigrid/k8s-sidecar",
    "quay.io/prometheus-operator/prometheus-config-reloader",
    "quay.io/prometheus-operator/prometheus-operator",
    "quay.io/prometheus/alertmanager",
    "quay.io/prometheus/node-exporter",
    "quay.io/prometheus/prometheus",
    "registry.istio.io/release/pilot",
    "registry.istio.io/release/proxyv2",
    "registry.k8s.io/autoscaling/cluster-autoscaler",
    "registry.k8s.io/kube-state-metrics/kube-state-metrics",
    "registry.k8s.io/metrics-server/metrics-server",
  ],
  branch: "main",
  deployEnvironment: "production",
  previewEnvironment: "preview",
  bootstrapPrincipals: [],
  breakGlassPrincipals: [],
  workflows: { deploy: ["deploy.yml"], push: ["mirror.yml", "release.yml"] },
  managedPolicies: [
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonEKSClusterPolicy",
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "service-role/AWSBackupServiceRolePolicyForBackup",
    "service-role/AmazonRDSEnhancedMonitoringRole",
  ],
  runners: [],
  runnerImage: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
};

/** How long names may be, per kind of AWS object: the platform's names carry environment, slot and region. */
import { limits } from "./limit";

const IAM_QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
const ELB_API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";
const EKS_API = "https://docs.aws.amazon.com/eks/latest/APIReference";

/** Rows of name lengths; what characters go with them stands in core/names.ts. */
export const nameLimits = limits({
  iamRole: {
    value: 64,
    unit: "characters",
    kind: "hard limit",
    source: IAM_QUOTAS,
    checked: "2026-11-21",
    reason: "IAM refuses a longer role name, and the region at its end is what keeps a replica's role apart.",
  },
  eksCluster: {
    value: 100,
    unit: "characters",
    kind: "hard limit",
    source: `${EKS_API}/API_CreateCluster.html`,
    checked: "2026-11-21",
    reason: "EKS refuses a longer cluster name.",
  },
  eksNodegroup: {
    value: 63,
    unit: "characters",
    kind: "hard limit",
    source: `${EKS_API}/API_CreateNodegroup.html`,
    checked: "2026-11-21",
    reason: "The node group's name becomes a label of its nodes, and Kubernetes labels end at 63.",
  },
  loadBalancer: {
    value: 32,
    unit: "characters",
    kind: "hard limit",
    source: `${ELB_API}/API_CreateLoadBalancer.html`,
    checked: "2026-11-21",
    reason: "Elastic Load Balancing refuses a longer name.",
  },
  targetGroup: {
    value: 32,
    unit: "characters",
    kind: "hard limit",
    source: `${ELB_API}/API_CreateTargetGroup.html`,
    checked: "2026-11-21",
    reason: "Elastic Load Balancing refuses a longer name.",
  },
  s3Bucket: {
    value: 63,
    unit: "characters",
    kind: "hard limit",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
    checked: "2026-11-21",
    reason: "S3 refuses a longer bucket name.",
  },
  logGroup: {
    value: 512,
    unit: "characters",
    kind: "hard limit",
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
    checked: "2026-11-21",
    reason: "CloudWatch Logs refuses a longer log group name.",
  },
  launchTemplate: {
    value: 128,
    unit: "characters",
    kind: "hard limit",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html",
    checked: "2026-11-21",
    reason: "EC2 refuses a longer launch template name.",
  },
  kmsAlias: {
    value: 256,
    unit: "characters",
    kind: "hard limit",
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
    checked: "2026-11-21",
    reason: "KMS refuses a longer alias, which counts with its alias/ prefix.",
  },
  kubernetesLabel: {
    value: 63,
    unit: "characters",
    kind: "hard limit",
    source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/",
    checked: "2026-11-21",
    reason: "Label values and the names of namespaces and services end at 63.",
  },
  pulumiSuffix: {
    value: 8,
    unit: "characters",
    kind: "hard limit",
    source: "https://www.pulumi.com/docs/iac/concepts/resources/names/",
    checked: "2026-11-21",
    reason: "Pulumi adds a dash and seven random characters where no physical name is set; they must fit too.",
  },
  hash: {
    value: 8,
    unit: "characters",
    kind: "choice",
    source: "32 bits: two of the platform's few hundred names meet once in about 80,000 such platforms",
    checked: "2026-11-21",
    reason: "Shorter, and two names that were cut to the same length could collide.",
  },
});

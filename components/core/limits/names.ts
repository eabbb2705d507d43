/** How long names may be, per kind of AWS object: the platform's names carry environment, slot and region. */
import { choice, hardLimit, limits } from "./limit";

const IAM_QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
const ELB_API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";
const EKS_API = "https://docs.aws.amazon.com/eks/latest/APIReference";

/** Rows of name lengths; what characters go with them stands in core/names.ts. */
export const nameLimits = limits("2026-11-21", {
  iamRole: hardLimit(64, "characters", {
    source: IAM_QUOTAS,
    reason: "IAM refuses a longer role name, and the region at its end is what keeps a replica's role apart.",
  }),
  eksCluster: hardLimit(100, "characters", {
    source: `${EKS_API}/API_CreateCluster.html`,
    reason: "EKS refuses a longer cluster name.",
  }),
  eksNodegroup: hardLimit(63, "characters", {
    source: `${EKS_API}/API_CreateNodegroup.html`,
    reason: "The node group's name becomes a label of its nodes, and Kubernetes labels end at 63.",
  }),
  loadBalancer: hardLimit(32, "characters", {
    source: `${ELB_API}/API_CreateLoadBalancer.html`,
    reason: "Elastic Load Balancing refuses a longer name.",
  }),
  targetGroup: hardLimit(32, "characters", {
    source: `${ELB_API}/API_CreateTargetGroup.html`,
    reason: "Elastic Load Balancing refuses a longer name.",
  }),
  s3Bucket: hardLimit(63, "characters", {
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
    reason: "S3 refuses a longer bucket name.",
  }),
  logGroup: hardLimit(512, "characters", {
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
    reason: "CloudWatch Logs refuses a longer log group name.",
  }),
  launchTemplate: hardLimit(128, "characters", {
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html",
    reason: "EC2 refuses a longer launch template name.",
  }),
  kmsAlias: hardLimit(256, "characters", {
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
    reason: "KMS refuses a longer alias, which counts with its alias/ prefix.",
  }),
  application: hardLimit(56, "characters", {
    source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names",
    reason: "The Service of the coming version is called <name>-canary, and a Service's name ends at 63.",
    checked: "2026-11-30",
  }),
  kubernetesLabel: hardLimit(63, "characters", {
    source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/",
    reason: "Label values and the names of namespaces and services end at 63.",
  }),
  pulumiSuffix: hardLimit(8, "characters", {
    source: "https://www.pulumi.com/docs/iac/concepts/resources/names/",
    reason: "Pulumi adds a dash and seven random characters where no physical name is set; they must fit too.",
  }),
  hash: choice(8, "characters", {
    source: "32 bits: two of the platform's few hundred names meet once in about 80,000 such platforms",
    reason: "Shorter, and two names that were cut to the same length could collide.",
  }),
});

/** What AWS gives an account at first of each thing that environments use; a larger number has to be requested. */
import { choice, limits, quota } from "./limit";

const VPC = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";
const ELB = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html";
const EKS = "https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html";
const AURORA = "https://docs.aws.amazon.com/general/latest/gr/aurora.html";
const IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";

/** Rows: defaults of quotas, and upper bounds of what an environment makes of a thing that its data does not count. */
export const foundationQuotas = limits("2026-11-29", {
  elasticIps: quota(5, "count", {
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html",
    reason: "The second environment with a NAT gateway per zone ends with AddressLimitExceeded.",
  }),
  standardVcpus: quota(5, "count", {
    source: "https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html",
    reason: "A node group that gets no instance hangs until its time is over and ends NodeCreationFailure.",
  }),
  vpcs: quota(5, "count", { source: VPC, reason: "The sixth is refused with VpcLimitExceeded." }),
  internetGateways: quota(5, "count", { source: VPC, reason: "Goes with the VPCs: each has one." }),
  natGatewaysPerZone: quota(5, "count", { source: VPC, reason: "The sixth of a zone is refused." }),
  gatewayEndpoints: quota(20, "count", { source: VPC, reason: "Each VPC has one for S3." }),
  interfaceEndpointsPerVpc: quota(50, "count", { source: VPC, reason: "One for each service of an environment." }),
  rulesPerGroup: quota(60, "count", { source: VPC, reason: "The load balancer's group would lose its way in or out." }),
  loadBalancers: quota(50, "count", { source: ELB, reason: "TooManyLoadBalancers ends the front door." }),
  targetGroups: quota(3000, "count", { source: ELB, reason: "Each environment has two, one for each colour." }),
  clusters: quota(100, "count", { source: EKS, reason: "The second slot of a generation is one more." }),
  nodeGroupsPerCluster: quota(30, "count", { source: EKS, reason: "One for each pool and zone." }),
  nodesPerGroup: quota(450, "count", { source: EKS, reason: "A larger maximum is refused." }),
  databaseClusters: quota(40, "count", {
    source: AURORA,
    reason: "One for each environment with a database; CreateDBCluster ends with DBClusterQuotaExceededFault.",
  }),
  databaseInstances: quota(40, "count", {
    source: AURORA,
    reason: "Of all clusters together; CreateDBInstance ends with InstanceQuotaExceeded.",
  }),
  roles: quota(1000, "count", { source: IAM, reason: "CreateRole ends with LimitExceeded." }),
  policiesPerRole: quota(10, "count", { source: IAM, reason: "The deploy role carries a document per subject." }),
  regionsPerDocument: choice(3, "count", {
    source: "measured: the longest document has 5,900 characters with three regions, 7,300 with four",
    reason: "More, and a document of the deploy role is longer than IAM takes; fewer, and the role has too many.",
  }),
  ownVpcs: choice(1, "count", {
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html",
    reason: "AWS puts a default VPC with its internet gateway into each region of a new account.",
  }),
  rulesOfEnvironment: choice(12, "count", {
    source: "counted in the plans of dev, staging and prod, with room: test/stacks/quotas.test.ts",
    reason: "Too low, and the list below takes a default for enough when it is not.",
  }),
  rolesPerSlot: choice(15, "count", {
    source: "counted in the plans of dev, staging and prod, with room: test/stacks/quotas.test.ts",
    reason: "Too low, and the list below takes a default for enough when it is not.",
  }),
  rolesOfAccount: choice(20, "count", {
    source: "the foundation's own five and those that AWS makes for its services",
    reason: "Too low, and the list below takes a default for enough when it is not.",
  }),
});

/** What AWS gives an account at first of each thing that environments use; a larger number has to be asked for. */
import { limits } from "./limit";

const VPC = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";
const ELB = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html";
const EKS = "https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html";
const IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
const checked = "2026-11-29";
const quota = { unit: "count", kind: "quota", checked } as const;
const bound = { unit: "count", kind: "choice", checked } as const;

/** Rows: defaults of quotas, and upper bounds of what an environment makes of a thing that its data does not count. */
export const foundationQuotas = limits({
  elasticIps: {
    ...quota,
    value: 5,
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html",
    reason: "The second environment with a NAT gateway per zone ends with AddressLimitExceeded.",
  },
  standardVcpus: {
    ...quota,
    value: 5,
    source: "https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html",
    reason: "A node group that gets no instance hangs until its time is over and ends NodeCreationFailure.",
  },
  vpcs: { ...quota, value: 5, source: VPC, reason: "The sixth is refused with VpcLimitExceeded." },
  internetGateways: { ...quota, value: 5, source: VPC, reason: "Goes with the VPCs: each has one." },
  natGatewaysPerZone: { ...quota, value: 5, source: VPC, reason: "The sixth of a zone is refused." },
  gatewayEndpoints: { ...quota, value: 20, source: VPC, reason: "Each VPC has one for S3." },
  interfaceEndpointsPerVpc: { ...quota, value: 50, source: VPC, reason: "One for each service of an environment." },
  rulesPerGroup: {
    ...quota,
    value: 60,
    source: VPC,
    reason: "The load balancer's group would lose its way in or out.",
  },
  loadBalancers: { ...quota, value: 50, source: ELB, reason: "TooManyLoadBalancers ends the front door." },
  targetGroups: { ...quota, value: 3000, source: ELB, reason: "Each environment has two, one for each colour." },
  clusters: { ...quota, value: 100, source: EKS, reason: "The second slot of a generation is one more." },
  nodeGroupsPerCluster: { ...quota, value: 30, source: EKS, reason: "One for each pool and zone." },
  nodesPerGroup: { ...quota, value: 450, source: EKS, reason: "A larger maximum is refused." },
  roles: { ...quota, value: 1000, source: IAM, reason: "CreateRole ends with LimitExceeded." },
  policiesPerRole: { ...quota, value: 10, source: IAM, reason: "The deploy role carries a document per subject." },
  ownVpcs: {
    ...bound,
    value: 1,
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html",
    reason: "AWS puts a default VPC with its internet gateway into each region of a new account.",
  },
  rulesOfEnvironment: {
    ...bound,
    value: 12,
    source: "counted in the plans of dev, staging and prod, with room: test/stacks/quotas.test.ts",
    reason: "Too low, and the list below says that a default is enough when it is not.",
  },
  rolesPerSlot: {
    ...bound,
    value: 15,
    source: "counted in the plans of dev, staging and prod, with room: test/stacks/quotas.test.ts",
    reason: "Too low, and the list below says that a default is enough when it is not.",
  },
  rolesOfAccount: {
    ...bound,
    value: 20,
    source: "the foundation's own five and those that AWS makes for its services",
    reason: "Too low, and the list below says that a default is enough when it is not.",
  },
});

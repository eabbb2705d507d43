/** Numbers of the network: what AWS allows for blocks and zones, and how the platform cuts a VPC. */
import { choice, hardLimit, limits } from "./limit";

const VPC_SIZING = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";
const SUBNET_SIZING = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";
const EKS_NETWORK = "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html";

/** Rows of the network. */
export const networkLimits = limits("2026-11-21", {
  vpcLargest: hardLimit(16, "prefix length", {
    source: VPC_SIZING,
    reason: "A VPC block with a shorter prefix is refused.",
  }),
  vpcSmallest: choice(20, "prefix length", {
    source: "eight zone blocks, each with a control-plane subnet of at least /28, the smallest that AWS allows",
    reason: "In a smaller VPC the control-plane tier would fall below the smallest subnet that AWS allows.",
  }),
  subnetSmallest: hardLimit(28, "prefix length", {
    source: SUBNET_SIZING,
    reason: "A subnet with a longer prefix is refused.",
  }),
  zoneBits: choice(3, "count", {
    source:
      "no region has more than six zones today (us-east-1, https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html); three bits number eight",
    reason: "Changing it moves every subnet, that is: replaces the whole environment.",
  }),
  privateBits: choice(1, "count", {
    source: "every pod takes an address of its node's subnet, so the node tier gets half of its zone",
    reason: "Nodes without free addresses start no pods.",
  }),
  publicBits: choice(3, "count", {
    source:
      "the ALB needs 8 free addresses and scales to 100 (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html)",
    reason: "An ALB that finds no address cannot scale out under load.",
  }),
  publicIndex: choice(4, "count", {
    source: "the first eighth behind the private half",
    reason: "Changing it moves the ALB and NAT subnets, which replaces both.",
  }),
  intraBits: choice(5, "count", {
    source: `EKS needs 6 free addresses per control-plane subnet and recommends 16 (${EKS_NETWORK})`,
    reason: "Without free addresses the control plane cannot be updated.",
  }),
  intraIndex: choice(20, "count", {
    source: "the first thirty-second behind the public eighth",
    reason:
      "Control-plane subnets are frozen: EKS refuses a changed set of zones, and moving them replaces the cluster.",
  }),
  flowLogInterval: choice(1, "minutes", {
    source: "the shorter of AWS's two: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-basics.html",
    reason: "Ten minutes late, the record is of no use while something is going on.",
  }),
  controlPlaneZones: hardLimit(2, "count", {
    source: EKS_NETWORK,
    reason: "EKS refuses a cluster whose subnets lie in fewer zones.",
  }),
  deployerPrefix: choice(28, "prefix length", {
    source: "sixteen addresses cover an office's or a runner's NAT; more is somebody else's network",
    reason: "A wider block lets strangers reach the Kubernetes API's login.",
  }),
});

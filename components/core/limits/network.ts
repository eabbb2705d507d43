/** Numbers of the network: what AWS allows for blocks and zones, and how the platform cuts a VPC. */
import { limits } from "./limit";

const VPC_SIZING = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";
const SUBNET_SIZING = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";
const EKS_NETWORK = "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html";

/** Rows of the network. */
export const networkLimits = limits({
  vpcLargest: {
    value: 16,
    unit: "prefix length",
    kind: "hard limit",
    source: VPC_SIZING,
    checked: "2026-11-21",
    reason: "A VPC block with a shorter prefix is refused.",
  },
  vpcSmallest: {
    value: 20,
    unit: "prefix length",
    kind: "choice",
    source: "eight zone blocks, each with a control-plane subnet of at least /28, the smallest that AWS allows",
    checked: "2026-11-21",
    reason: "In a smaller VPC the control-plane tier would fall below the smallest subnet that AWS allows.",
  },
  subnetSmallest: {
    value: 28,
    unit: "prefix length",
    kind: "hard limit",
    source: SUBNET_SIZING,
    checked: "2026-11-21",
    reason: "A subnet with a longer prefix is refused.",
  },
  zoneBits: {
    value: 3,
    unit: "count",
    kind: "choice",
    source:
      "no region has more than six zones today (us-east-1, https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html); three bits number eight",
    checked: "2026-11-21",
    reason: "Changing it moves every subnet, that is: replaces the whole environment.",
  },
  privateBits: {
    value: 1,
    unit: "count",
    kind: "choice",
    source: "every pod takes an address of its node's subnet, so the node tier gets half of its zone",
    checked: "2026-11-21",
    reason: "Nodes without free addresses start no pods.",
  },
  publicBits: {
    value: 3,
    unit: "count",
    kind: "choice",
    source:
      "the ALB wants 8 free addresses and scales to 100 (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html)",
    checked: "2026-11-21",
    reason: "An ALB that finds no address cannot scale out under load.",
  },
  publicIndex: {
    value: 4,
    unit: "count",
    kind: "choice",
    source: "the first eighth behind the private half",
    checked: "2026-11-21",
    reason: "Changing it moves the ALB and NAT subnets, which replaces both.",
  },
  intraBits: {
    value: 5,
    unit: "count",
    kind: "choice",
    source: `EKS wants 6 free addresses per control-plane subnet and recommends 16 (${EKS_NETWORK})`,
    checked: "2026-11-21",
    reason: "Without free addresses the control plane cannot be updated.",
  },
  intraIndex: {
    value: 20,
    unit: "count",
    kind: "choice",
    source: "the first thirty-second behind the public eighth",
    checked: "2026-11-21",
    reason:
      "Control-plane subnets are frozen: EKS refuses a changed set of zones, and moving them replaces the cluster.",
  },
  flowLogInterval: {
    value: 1,
    unit: "minutes",
    kind: "choice",
    source: "the shorter of AWS's two: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-basics.html",
    checked: "2026-11-21",
    reason: "Ten minutes late, the record is of no use while something is going on.",
  },
  controlPlaneZones: {
    value: 2,
    unit: "count",
    kind: "hard limit",
    source: EKS_NETWORK,
    checked: "2026-11-21",
    reason: "EKS refuses a cluster whose subnets lie in fewer zones.",
  },
  deployerPrefix: {
    value: 28,
    unit: "prefix length",
    kind: "choice",
    source: "sixteen addresses cover an office's or a runner's NAT; more is somebody else's network",
    checked: "2026-11-21",
    reason: "A wider block lets strangers reach the Kubernetes API's login.",
  },
});

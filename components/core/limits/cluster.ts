/** Numbers of a cluster and its nodes. */
import { limits } from "./limit";

const BEST_PRACTICES = "https://docs.aws.amazon.com/eks/latest/best-practices";

/** Rows of clusters and node pools. */
export const clusterLimits = limits({
  zonesAtLeast: {
    value: 2,
    unit: "count",
    kind: "hard limit",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
    checked: "2026-11-21",
    reason: "Zones that subnets must span; in one zone its loss is an outage",
  },
  kmsDeletionWindow: {
    value: 30,
    unit: "days",
    kind: "choice",
    source: "the longest that KMS allows: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    checked: "2026-11-21",
    reason: "Without the key no Secret of the cluster can be read again; the window is the way back.",
  },
  kmsRotation: {
    value: 365,
    unit: "days",
    kind: "choice",
    source: "KMS's own default: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
    checked: "2026-11-21",
    reason: "A longer period leaves more data under one key.",
  },
  metadataHops: {
    value: 1,
    unit: "hops",
    kind: "choice",
    source: `${BEST_PRACTICES}/identity-and-access-management.html`,
    checked: "2026-11-21",
    reason: "With two hops every pod can take the node's role.",
  },
  nodeVolume: {
    value: 50,
    unit: "GiB",
    kind: "choice",
    source:
      "images of all add-ons are about 10 GiB; kubelet starts to evict at 85 % (image garbage collection's default)",
    checked: "2026-11-21",
    reason: "A full disk evicts every pod of the node at once.",
  },
  nodesAtLeast: {
    value: 2,
    unit: "count",
    kind: "choice",
    source: "one node may be away while the other serves",
    checked: "2026-11-21",
    reason: "A pool of one node is down while that node is replaced.",
  },
  nodesUnavailable: {
    value: 1,
    unit: "count",
    kind: "choice",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html",
    checked: "2026-11-21",
    reason: "More at a time takes more capacity away than disruption budgets were computed for.",
  },
  nodesAtMost: {
    value: 450,
    unit: "count",
    kind: "quota",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html",
    checked: "2026-11-21",
    reason: "EKS refuses a larger managed node group.",
  },
  nodesCreate: {
    value: 30,
    unit: "minutes",
    kind: "choice",
    source:
      "EKS gives up on nodes that do not join after about 25: https://repost.aws/knowledge-center/resolve-eks-node-failures",
    checked: "2026-11-29",
    reason: "A shorter wait ends before EKS has said why no node joined.",
  },
  nodeRoll: {
    value: 15,
    unit: "minutes",
    kind: "choice",
    source:
      "two nodes took 30: https://github.com/aws/containers-roadmap/issues/1560; EKS waits up to 15 for the pods of one: https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html",
    checked: "2026-11-29",
    reason: "A node group's update is given this much for each node that it may have; less ends an update half-way.",
  },
  nodesUpdate: {
    value: 60,
    unit: "minutes",
    kind: "choice",
    source: "the provider's own default: terraform-provider-aws internal/service/eks/node_group.go",
    checked: "2026-11-29",
    reason: "The least that an update of a node group is given, however few its nodes are.",
  },
  nodesDelete: {
    value: 60,
    unit: "minutes",
    kind: "choice",
    source: "the provider's own default: terraform-provider-aws internal/service/eks/node_group.go",
    checked: "2026-11-29",
    reason: "A deletion that is given up leaves the group to EKS and the state in doubt.",
  },
  addonCreate: {
    value: 20,
    unit: "minutes",
    kind: "choice",
    source:
      "the provider's own default: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_addon",
    checked: "2026-11-21",
    reason: "A shorter wait fails an add-on that only waits for its first node.",
  },
  secretRefresh: {
    value: 60,
    unit: "minutes",
    kind: "choice",
    source: "External Secrets' own default: https://external-secrets.io/latest/api/externalsecret/",
    checked: "2026-11-21",
    reason: "A rotated credential arrives within the hour; every reading is a call that AWS bills.",
  },
  drawnPassword: {
    value: 32,
    unit: "characters",
    kind: "choice",
    source: "NIST asks for 15 or more where a password is alone: https://pages.nist.gov/800-63-4/sp800-63b.html",
    checked: "2026-11-21",
    reason: "Nobody types it; a short one could be guessed by whoever reaches the page.",
  },
});

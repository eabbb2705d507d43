/** Numbers of a cluster and its nodes. */
import { choice, hardLimit, limits, quota } from "./limit";

const BEST_PRACTICES = "https://docs.aws.amazon.com/eks/latest/best-practices";

/** Rows of clusters and node pools. */
export const clusterLimits = limits("2026-11-21", {
  zonesAtLeast: hardLimit(2, "count", {
    source: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
    reason: "Zones that subnets must span; in one zone its loss is an outage",
  }),
  apiRetries: choice(8, "count", {
    source: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html",
    reason:
      "The provider's default of 25 waits seven minutes for each call to a region that is down: the waits double up to 20 s. Eight outlast a minute of throttling.",
    checked: "2026-11-30",
  }),
  kmsDeletionWindow: choice(30, "days", {
    source: "the longest that KMS allows: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    reason: "Without the key no Secret of the cluster can be read again; the window is the way back.",
  }),
  kmsRotation: choice(365, "days", {
    source: "KMS's own default: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
    reason: "A longer period leaves more data under one key.",
  }),
  metadataHops: choice(1, "hops", {
    source: `${BEST_PRACTICES}/identity-and-access-management.html`,
    reason: "With two hops every pod can use the node's role.",
  }),
  nodeVolume: choice(50, "GiB", {
    source:
      "images of all add-ons are about 10 GiB; kubelet starts to evict at 85 % (image garbage collection's default)",
    reason: "A full disk evicts every pod of the node at once.",
  }),
  nodesAtLeast: choice(2, "count", {
    source: "one node may be away while the other serves",
    reason: "A pool of one node is down while that node is replaced.",
  }),
  nodesUnavailable: choice(1, "count", {
    source: "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html",
    reason: "More at a time takes more capacity away than disruption budgets were computed for.",
  }),
  nodesAtMost: quota(450, "count", {
    source: "https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html",
    reason: "EKS refuses a larger managed node group.",
  }),
  nodesCreate: choice(30, "minutes", {
    source:
      "EKS gives up on nodes that do not join after about 25: https://repost.aws/knowledge-center/resolve-eks-node-failures",
    reason: "A shorter wait ends before EKS reports why no node joined.",
    checked: "2026-11-29",
  }),
  nodeRoll: choice(15, "minutes", {
    source:
      "two nodes took 30: https://github.com/aws/containers-roadmap/issues/1560; EKS waits up to 15 for the pods of one: https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html",
    reason: "A node group's update is given this much for each node that it may have; less ends an update half-way.",
    checked: "2026-11-29",
  }),
  nodesUpdate: choice(60, "minutes", {
    source: "the provider's own default: terraform-provider-aws internal/service/eks/node_group.go",
    reason: "The least that an update of a node group is given, however few its nodes are.",
    checked: "2026-11-29",
  }),
  nodesDelete: choice(60, "minutes", {
    source: "the provider's own default: terraform-provider-aws internal/service/eks/node_group.go",
    reason: "A deletion that is given up leaves the group to EKS and the state in doubt.",
    checked: "2026-11-29",
  }),
  addonCreate: choice(20, "minutes", {
    source:
      "the provider's own default: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_addon",
    reason: "A shorter wait fails an add-on that only waits for its first node.",
  }),
  secretRefresh: choice(60, "minutes", {
    source: "External Secrets' own default: https://external-secrets.io/latest/api/externalsecret/",
    reason: "A rotated credential arrives within the hour; every reading is a call that AWS bills.",
  }),
  drawnPassword: choice(32, "characters", {
    source: "NIST requires 15 or more where a password is alone: https://pages.nist.gov/800-63-4/sp800-63b.html",
    reason: "Nobody types it; a short one could be guessed by whoever reaches the page.",
  }),
});

/** Bounds of node groups, of their versions and of their metadata service that only policy rules need. */
import { choice, hardLimit, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const nodeLimits = limits("2026-11-21", {
  nodesAtLeast: choice(2, "count", {
    source: "EKS best practices, Reliability",
    reason: "Smallest node group: with one node its upgrade is an outage",
  }),
  nodesUnavailableAtMost: choice(33, "percent", {
    source: "EKS best practices, Applications: one zone of three",
    reason: "Share of a node group that an upgrade may drain at once",
  }),
  spotTypesAtLeast: choice(2, "count", {
    source: "EC2 user guide, best practices for Spot: be flexible about instance types",
    reason: "Instance types of a Spot group; with one, a single reclaim takes all of its nodes",
    checked: "2026-11-29",
  }),
  minorSkewAtMost: choice(2, "count", {
    source: "EKS allows three minors; our choice leaves one for the upgrade itself",
    reason: "Minors that nodes may lag behind their control plane",
  }),
  kubeProxyBehindAtMost: hardLimit(3, "count", {
    source: "https://kubernetes.io/releases/version-skew-policy/#kube-proxy",
    reason: "Minors that kube-proxy may lag behind the API server",
    checked: "2026-11-29",
  }),
  metadataHopsAtMost: choice(1, "hops", {
    source: "Control Tower CT.EC2.PR.2",
    reason: "Hop limit at which a container cannot reach the node's credentials",
  }),
});

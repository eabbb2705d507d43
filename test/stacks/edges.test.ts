/** The order that an environment's graph states: each edge missing would be an outage or a destroy that hangs. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Graph } from "../support/graph";
import { mustPrecede } from "../support/order";
import { stackGraph } from "../support/stack-graph";

describe("in dev", () => {
  let graph: Graph;
  const before = (name: string) => mustPrecede(graph, name);

  beforeAll(async () => {
    graph = await stackGraph("dev");
  });

  test("the cluster's objects come after everybody's access, the pod network and the nodes, and go before them", () => {
    // What depends on a resource is deleted before it: one edge states both orders.
    expect([...before("blue-kubernetes")]).toEqual(
      expect.arrayContaining([
        "blue-cluster-access-read-only",
        "blue-cluster-access-read-only-policy",
        "blue-cluster-access-break-glass",
        "blue-cluster-access-break-glass-policy",
        "blue-cluster-vpc-cni",
        "blue-cluster-eks-pod-identity-agent",
        "blue-system-nodes",
        "blue-cluster-eks-eksCluster",
      ]),
    );
    const inside = graph.resources.filter(({ provider }) => provider?.includes("::blue-kubernetes::") === true);
    expect(inside.length).toBeGreaterThan(0);
  });

  test("nodes come after pod networking, which they need to become ready", () => {
    for (const addon of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"]) {
      expect(before("blue-system-nodes")).toContain(`blue-cluster-${addon}`);
    }
  });

  test("name resolution comes after nodes, without which it never becomes ready", () => {
    expect(before("blue-addons-coredns")).toContain("blue-system-nodes");
  });

  test("nodes come after their way out of the network", () => {
    for (const zone of ["use1-az1", "use1-az2"]) {
      expect(before("blue-system-nodes")).toContain(`network-private-${zone}-out`);
      expect(before("blue-system-nodes")).toContain(`network-private-${zone}-routing`);
    }
  });

  test("the kinds of the monitoring come before every chart that makes one", () => {
    for (const release of ["blue-argo-cd-release", "blue-argo-rollouts-release"]) {
      expect(before(release)).toContain("blue-monitoring-crds-release");
    }
  });
});

/** The order that an environment's graph states: each edge missing would be an outage or a destroy that hangs. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Graph } from "../support/graph";
import { createdBefore } from "../support/order";
import { stackGraph } from "../support/stack-graph";

describe("in dev", () => {
  let graph: Graph;
  const before = (name: string) => createdBefore(graph, name);

  beforeAll(async () => {
    graph = await stackGraph("dev");
  });

  test("nodes start beside pod networking, without which none becomes ready, and pods come after both", () => {
    // Nothing starts early: a node without a network is NotReady. What is lost is an early error (decision 77).
    for (const addon of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"].map((one) => `blue-cluster-${one}`)) {
      expect(before("blue-system-use1-az1-nodes")).not.toContain(addon);
      expect(before("blue-addons-coredns")).toContain(addon);
      expect(before("blue-kubernetes")).toContain(addon);
    }
  });

  test("name resolution comes after nodes, without which it never becomes ready", () => {
    expect(before("blue-addons-coredns")).toContain("blue-system-use1-az1-nodes");
  });

  test("nodes come after their way out of the network", () => {
    for (const zone of ["use1-az1", "use1-az2"]) {
      expect(before(`blue-system-${zone}-nodes`)).toContain(`network-private-${zone}-out`);
      expect(before(`blue-system-${zone}-nodes`)).toContain(`network-private-${zone}-routing`);
    }
  });

  test("the kinds of the monitoring come before every chart that makes one", () => {
    for (const release of ["blue-argo-cd-release", "blue-argo-rollouts-release"]) {
      expect(before(release)).toContain("blue-monitoring-crds-release");
    }
  });
});

describe("in prod", () => {
  let graph: Graph;
  const before = (name: string) => createdBefore(graph, name);

  beforeAll(async () => {
    graph = await stackGraph("prod");
  });

  test("pods that use AWS start after their association and after the agent that hands out its credentials", () => {
    for (const [release, identity] of [
      ["blue-platform-cluster-autoscaler", "blue-platform-cluster-autoscaler-identity"],
      ["blue-platform-aws-load-balancer-controller", "blue-platform-aws-load-balancer-controller-identity"],
      ["blue-platform-external-secrets", "blue-platform-external-secrets-identity"],
      ["blue-platform-aws-ebs-csi-driver", "blue-platform-ebs-csi"],
    ] as const) {
      expect(before(release)).toContain(`${identity}-association`);
      expect(before(`${identity}-association`)).toContain("blue-cluster-eks-pod-identity-agent");
    }
  });

  test("the monitors' kinds come before every chart that brings a monitor", () => {
    const releases = graph.ofType("kubernetes:helm.sh/v3:Release").map(({ name }) => name);
    const without = [
      "blue-monitoring-crds-release",
      "blue-gateway-base",
      "blue-gateway-istiod",
      "blue-gateway-release",
    ];
    const monitored = releases.filter((name) => !without.includes(name));
    expect(monitored).toHaveLength(7);
    for (const release of monitored) expect(before(release)).toContain("blue-monitoring-crds-release");
  });

  test("traffic reaches gateway pods that were born with a readiness gate, in this order", () => {
    const order = [
      ["blue-gateway-namespace", "blue-gateway-istiod"],
      ["blue-gateway-namespace", "blue-platform-aws-load-balancer-controller"],
      ["blue-gateway-service", "blue-gateway-namespace"],
      ["blue-gateway-binding", "blue-gateway-service"],
      ["blue-gateway-binding", "blue-platform-aws-load-balancer-controller"],
      ["blue-gateway-binding", "front-door-https"],
      ["blue-gateway-release", "blue-gateway-binding"],
      ["blue-gateway-release", "blue-platform-metrics-server"],
      ["blue-gateway-release", "blue-gateway-traffic"],
    ] as const;
    for (const [later, earlier] of order) expect(before(later)).toContain(earlier);
  });

  test("traffic is sent to a slot after its gateway stands, and its alarms watch it from then on", () => {
    expect(before("front-door-weights-rule")).toContain("blue-gateway-release");
    expect(before("front-door-alarms-blue-empty")).toContain("front-door-weights-rule");
    expect(before("front-door-https")).not.toContain("blue-gateway-release");
  });

  test("no traffic waits for the monitoring", () => {
    const waited = [...before("blue-gateway-binding"), ...before("front-door-weights-rule")];
    expect(waited.filter((name) => /^blue-(monitoring-(?!crds)|secrets|argo|git-ops)/.test(name))).toEqual([]);
  });

  test("the applications are created after the repository's reader and credential and Argo CD, and deleted before them", () => {
    for (const earlier of [
      "blue-platform-external-secrets",
      "blue-platform-store",
      "blue-secrets-argocd-repository",
      "blue-secrets-argocd-oidc",
      "blue-secrets-argocd-notifications",
      "blue-argo-cd-release",
      "blue-git-ops-project",
    ]) {
      expect(before("blue-git-ops-root")).toContain(earlier);
    }
    expect(before("blue-secrets-argocd-repository")).toContain("blue-platform-external-secrets");
  });

  test("Argo CD stands without its Secrets, and nobody is led to a page on which nobody can log in", () => {
    // It reads them when they come: External Secrets is no part of its way to ready (decision 78).
    const release = before("blue-argo-cd-release");
    expect([...release].filter((name) => /^blue-(platform-|secrets-argocd-(?!namespace))/.test(name))).toEqual([]);
    expect(before("blue-argo-cd-route")).toContain("blue-secrets-argocd-oidc");
    expect(before("blue-git-ops-root")).not.toContain("blue-argo-cd-route");
  });

  test("the load balancer comes after the policy that lets it write its logs", () => {
    expect(before("front-door-alb")).toContain("front-door-logs-policy");
  });

  test("logs of the control plane and of the network have their group, and that its key, first", () => {
    expect(before("blue-cluster-eks-eksCluster")).toContain("blue-cluster-logs");
    expect(before("blue-cluster-logs")).toContain("keys-logs");
    for (const earlier of ["network-flow-logs", "network-flow-logs-policy"]) {
      expect(before("network-flow-logs-all")).toContain(earlier);
    }
  });

  test("exactly what carries traffic or state is protected", () => {
    const held = graph.resources.filter(({ protect, type }) => protect === true && !type.startsWith("fridayproof:"));
    const outside = held.filter(
      ({ name }) => !name.startsWith("blue-cluster-eks") && !name.startsWith("network-") && !name.endsWith("-nodes"),
    );
    expect(outside.map(({ name }) => name).sort()).toEqual([
      "blue-cluster-secrets-key",
      "blue-gateway-binding",
      "blue-gateway-release",
      "blue-platform-aws-load-balancer-controller",
      "database-cluster",
      "database-key",
      "database-use1-az1",
      "database-use1-az2",
      "front-door-alb",
      "front-door-apex",
      "front-door-blue",
      "front-door-green",
      "front-door-https",
      "front-door-redirect",
      "front-door-regional",
      "front-door-weights-rule",
      "front-door-wildcard",
      "keys-alarms",
      "keys-logs",
      "keys-volumes",
    ]);
    const nodes = held.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup").map(({ name }) => name);
    expect(nodes.sort()).toEqual(
      ["apps", "system"].flatMap((pool) =>
        ["use1-az1", "use1-az2", "use1-az4"].map((zone) => `blue-${pool}-${zone}-nodes`),
      ),
    );
    const network = held.filter(({ name }) => name.startsWith("network-"));
    expect(new Set(network.map(({ type }) => type))).toEqual(new Set(["aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet"]));
  });
});

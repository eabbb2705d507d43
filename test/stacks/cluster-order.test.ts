/** The order inside of a cluster, in every environment: each edge missing would be an outage or a destroy that hangs. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Graph, GraphResource } from "../support/graph";
import { orderedBefore } from "../support/order";
import { stackGraph } from "../support/stack-graph";

const ENVIRONMENTS = ["dev", "staging", "prod"] as const;

/** What every object of Kubernetes needs from its creation to its deletion, by type: control plane and access. */
const API: readonly RegExp[] = [
  /^aws:eks\/(cluster:Cluster|accessEntry:AccessEntry|accessPolicyAssociation:AccessPolicyAssociation)$/,
];

/** What pods need besides, until the last finalizer is off: nodes and the ways to AWS. */
const WAYS: readonly RegExp[] = [
  /^aws:ec2\/(natGateway:NatGateway|route:Route|routeTableAssociation:RouteTableAssociation|vpcEndpoint:VpcEndpoint)$/,
  /^aws:vpc\/securityGroupIngressRule:SecurityGroupIngressRule$/,
];
const NODES = /^aws:eks\/nodeGroup:NodeGroup$/;
const NAMES = "blue-addons-coredns";
const ADDONS = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"].map((addon) => `blue-cluster-${addon}`);

/** Names of the blue slot's and the network's resources of these types. */
function namesOf({ resources }: Graph, ...types: readonly RegExp[]): readonly string[] {
  const named = resources.filter(
    ({ type, name }) => types.some((one) => one.test(type)) && /^(blue|network)-/.test(name),
  );
  // The gateway's rules let the load balancer in: they belong to one release and are no way to AWS. Nothing leaves tier `data`.
  return named.map(({ name }) => name).filter((name) => !/^(?:blue-gateway|network-data)-/.test(name));
}

/** What pods of the platform need: the system pool, its ways to AWS, and names. */
function podGroundOf(graph: Graph): readonly string[] {
  const system = namesOf(graph, NODES).filter((name) => name.startsWith("blue-system-"));
  return [...system, ...namesOf(graph, ...WAYS), NAMES];
}

/**
 * What waits for no node, because nothing of it runs and no finalizer of it needs a pod (decision 78): namespaces, which
 * hold what a release takes away before, the kinds of two charts, and data of the API server.
 */
const WITHOUT_NODES = [
  "blue-argo-cd-redis-ingress",
  "blue-argo-rollouts-namespace",
  "blue-gateway-base",
  "blue-gateway-system-namespace",
  "blue-monitoring-alertmanager",
  "blue-monitoring-alertmanager-ingress",
  "blue-monitoring-alerts",
  "blue-monitoring-crds-namespace",
  "blue-monitoring-crds-release",
  "blue-monitoring-dashboard",
  "blue-monitoring-prometheus-ingress",
  "blue-platform-external-secrets-namespace",
  "blue-secrets-argocd-namespace",
  "blue-secrets-grafana-admin",
];

describe.each(ENVIRONMENTS)("in %s", (stack) => {
  let graph: Graph;
  const objects = () => graph.resources.filter(({ type }) => type.startsWith("kubernetes:"));
  /** What is missing before those objects, as sentences. An edge states both orders: made after, deleted before. */
  const gaps = (those: readonly GraphResource[], ground: readonly string[]) =>
    those.flatMap((object) => {
      const before = orderedBefore(graph, object);
      return ground.filter((name) => !before.has(name)).map((name) => `${object.name} is not ordered after ${name}`);
    });

  beforeAll(async () => {
    graph = await stackGraph(stack, { preview: true });
  });

  test("no object of Kubernetes precedes the control plane, access to it and the pod network, and none outlives them", () => {
    expect(objects().length).toBeGreaterThan(20);
    expect(namesOf(graph, ...API).length).toBeGreaterThanOrEqual(5);
    expect(gaps(objects(), [...namesOf(graph, ...API), ...ADDONS])).toEqual([]);
  });

  test("what runs in pods, or needs one to finish, is created after nodes, DNS and egress, and deleted before them", () => {
    const ground = podGroundOf(graph);
    expect(ground.filter((name) => name.endsWith("-nodes")).length).toBeGreaterThanOrEqual(2);
    expect(ground.filter((name) => name.includes("-endpoint-")).length).toBe(stack === "dev" ? 0 : 7);
    const others = objects().filter(({ name }) => !WITHOUT_NODES.includes(name));
    // It reaches kubelets by address and AWS not at all: the first of the releases stands beside name resolution.
    expect(gaps(others, ground)).toEqual([`blue-platform-metrics-server is not ordered after ${NAMES}`]);
  });

  test("what waits for no node is what is said here, and runs nothing", () => {
    const [pool = ""] = podGroundOf(graph);
    const early = objects().filter((object) => !orderedBefore(graph, object).has(pool));
    const names = early.map(({ name }) => name);
    expect(names.filter((name) => !WITHOUT_NODES.includes(name))).toEqual([]);
    if (stack === "prod")
      expect(WITHOUT_NODES.filter((name) => !names.includes(name))).toEqual(["blue-secrets-grafana-admin"]);
    const runs = /:(Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod|Rollout)$/;
    expect(early.filter(({ type }) => runs.test(type))).toEqual([]);
    const releases = early.filter(({ type }) => type.endsWith(":Release"));
    expect(releases.map(({ name }) => name).sort()).toEqual(["blue-gateway-base", "blue-monitoring-crds-release"]);
  });

  test("applications come after every pool, and are gone before any of them", () => {
    const parts = objects().filter(({ name }) => name.startsWith("blue-git-ops-"));
    const [root] = parts.filter(({ name }) => name === "blue-git-ops-root");
    const pools = namesOf(graph, NODES);
    expect(root).toBeDefined();
    expect(
      gaps(
        parts.filter(({ type }) => !type.endsWith(":AppProject")),
        [...pools, NAMES],
      ),
    ).toEqual([]);
  });

  test("volumes go before the driver that deletes them, and the driver before what it needs", () => {
    const driver = graph.byName("blue-platform-aws-ebs-csi-driver");
    expect(gaps([driver], podGroundOf(graph))).toEqual([]);
    expect(orderedBefore(graph, driver)).toContain("blue-platform-ebs-csi-association");
    for (const name of ["blue-monitoring-release", "blue-platform-gp3"]) {
      expect(orderedBefore(graph, graph.byName(name))).toContain("blue-platform-aws-ebs-csi-driver");
    }
  });
});

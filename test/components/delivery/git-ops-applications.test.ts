/** What each application has: a project of its own, a namespace, and a closed network. */
import { beforeAll, describe, expect, test } from "vitest";
import type { PropertyMap } from "../../../sandbox/property/values";
import type { Graph } from "../../support/graph";
import { declareGitOps } from "./git-ops-fixture";

const specOf = (graph: Graph, name: string) => graph.byName(name).inputs["spec"] as PropertyMap;

let graph: Graph;
beforeAll(async () => {
  graph = await declareGitOps();
});

describe("an application's project", () => {
  test("takes one repository, the application's own namespace, and nothing that a cluster has once", () => {
    const { namespaceResourceWhitelist, ...spec } = specOf(graph, "git-ops-shop-project");
    expect(spec).toEqual({
      description: "What Git may bring into this cluster, and where to",
      sourceRepos: ["https://github.com/example/shop.git"],
      destinations: [{ server: "https://kubernetes.default.svc", namespace: "shop" }],
      clusterResourceWhitelist: [],
      syncWindows: [
        {
          kind: "deny",
          schedule: "0 22 * * 0",
          duration: "4h",
          timeZone: "UTC",
          applications: ["*"],
          manualSync: true,
          description: "The weekly backup runs.",
        },
      ],
    });
    const kinds = (namespaceResourceWhitelist as readonly PropertyMap[]).map(({ kind }) => kind);
    expect(kinds).toEqual([
      ...["ConfigMap", "Service", "ServiceAccount", "Deployment", "AnalysisTemplate", "Rollout"],
      ...["HorizontalPodAutoscaler", "CronJob", "Job", "ExternalSecret", "PodMonitor", "PrometheusRule"],
      ...["ServiceMonitor", "DestinationRule", "VirtualService", "NetworkPolicy", "PodDisruptionBudget"],
    ]);
  });

  test("is the only one that its folder can be in, and no other application may deploy to its namespace", () => {
    const { project } = (specOf(graph, "git-ops-root")["template"] as { spec: { project: string } }).spec;
    for (const application of ["shop", "basket"]) {
      const { name } = graph.byName(`git-ops-${application}-project`).inputs["metadata"] as { name: string };
      expect(project.replace("{{.path.basename}}", application)).toBe(name);
      const destinations = specOf(graph, `git-ops-${application}-project`)["destinations"] as { namespace: string }[];
      expect(destinations.map(({ namespace }) => namespace)).toEqual([application]);
    }
  });

  test("lifts its freezes only for a reason that everybody can read on it", async () => {
    const lifted = await declareGitOps({ freezeOverride: "Failover to us-west-2, incident 4711" });
    for (const [name, called] of [
      ["git-ops-project", "applications"],
      ["git-ops-basket-project", "applications-basket"],
    ] as const) {
      expect(specOf(lifted, name)["syncWindows"]).toEqual([]);
      expect(lifted.byName(name).inputs["metadata"]).toEqual({
        name: called,
        namespace: "argocd",
        annotations: { "fridayproof.dev/freeze-override": "Failover to us-west-2, incident 4711" },
      });
    }
  });
});

test("the project of no application has the freezes and may deploy nothing", () => {
  const { destinations, syncWindows } = specOf(graph, "git-ops-project");
  expect(destinations).toEqual([]);
  expect(syncWindows).toEqual(specOf(graph, "git-ops-shop-project")["syncWindows"]);
});

test("applications' namespaces hold their pods to the strictest level", () => {
  expect(graph.byName("git-ops-shop-namespace").inputs["metadata"]).toEqual({
    name: "shop",
    labels: { "pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/warn": "restricted" },
  });
});

test("applications' pods reach names and one another, the gateway and Prometheus reach them, and nobody else does", () => {
  const inNamespace = (name: string) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
  });
  expect(graph.byName("git-ops-shop-network").inputs).toMatchObject({
    metadata: { name: "platform-default-deny", namespace: "shop" },
    spec: {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [{ podSelector: {} }, inNamespace("istio-ingress"), inNamespace("monitoring")] }],
      egress: [
        { to: [{ podSelector: {} }] },
        {
          to: [inNamespace("kube-system")],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
      ],
    },
  });
});

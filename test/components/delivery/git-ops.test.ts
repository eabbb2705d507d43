/** What Argo CD is told to follow: the project's limits, the root set, and what has to exist before it. */
import * as kubernetes from "@pulumi/kubernetes";
import { beforeAll, describe, expect, test } from "vitest";
import { chartRelease } from "../../../components/charts/chart-release";
import { ArgoCd } from "../../../components/delivery/argo-cd";
import { GitOps, type GitOpsArgs } from "../../../components/delivery/git-ops";
import { PrometheusOperatorCrds } from "../../../components/delivery/prometheus-operator-crds";
import { kubernetesPackage } from "../../../sandbox/cloud/kubernetes/package";
import type { PropertyMap } from "../../../sandbox/property/values";
import lock from "../../../stacks/env.lock.json";
import { accountWith, joinNodes, KUBECONFIG } from "../../sandbox/cloud/kubernetes/fixture";
import { crdProblems, haveCrds, type KubernetesObject } from "../../support/crds";
import { type Graph, graphOf } from "../../support/graph";
import { mustPrecede } from "../../support/order";

const { charts } = lock;
const freezes = {
  timeZone: "UTC",
  freezes: [{ on: "every-week", weekday: "sunday", at: "22:00", hours: 4, reason: "The weekly backup runs." }],
} as const;

function program(args: Partial<GitOpsArgs> = {}): void {
  const opts = { providers: [new kubernetes.Provider("inside", { kubeconfig: KUBECONFIG })] };
  const monitoringCrds = new PrometheusOperatorCrds(
    "crds",
    { chart: charts["prometheus-operator-crds"], profile: "dev" },
    opts,
  );
  const mesh = new kubernetes.core.v1.Namespace(
    "mesh",
    { metadata: { name: "istio-system" } },
    { provider: opts.providers[0] },
  );
  const kinds = chartRelease(
    "istio-base",
    { pin: charts["istio-base"], namespace: mesh.metadata.name, values: {} },
    { provider: opts.providers[0] },
  );
  const argoCd = new ArgoCd(
    "argo-cd",
    {
      chart: charts["argo-cd"],
      profile: "dev",
      host: "argocd.example.com",
      gatewayRef: kinds.name.apply(() => "istio-ingress/public"),
      monitoringCrds,
    },
    opts,
  );
  const [provider] = opts.providers;
  const secrets = new kubernetes.core.v1.ConfigMap("external-secrets", {}, { provider });
  const metadata = { namespace: argoCd.namespaceName };
  const repositoryCredential = new kubernetes.core.v1.Secret(
    "credential",
    { metadata },
    { provider, dependsOn: secrets },
  );
  new GitOps(
    "git-ops",
    {
      argoCd,
      argoCdNamespace: argoCd.namespaceName,
      environment: "prod",
      repositoryUrl: "https://github.com/example/shop.git",
      revision: "main",
      repositoryCredential,
      applications: ["shop", "basket"],
      freezes,
      ...args,
    },
    opts,
  );
}

function declare(args: Partial<GitOpsArgs> = {}): Promise<Graph> {
  const account = accountWith();
  joinNodes(account);
  return graphOf(() => program(args), { account, packages: [kubernetesPackage(account)] });
}

const specOf = (graph: Graph, name: string) => graph.byName(name).inputs["spec"] as PropertyMap;

let graph: Graph;
beforeAll(async () => {
  graph = await declare();
});

describe("order", () => {
  test("External Secrets, then the credential, then the root set that reads the repository", () => {
    expect(mustPrecede(graph, "credential")).toContain("external-secrets");
    expect(graph.byName("git-ops-root").dependencies).toContain(graph.byName("credential").urn);
  });

  test("Applications go before Argo CD, which takes their finalizers off", () => {
    const release = graph.byName("argo-cd-release").urn;
    expect(graph.byName("git-ops-root").dependencies).toContain(release);
    for (const name of ["git-ops-project", "git-ops-shop-project"])
      expect(graph.byName(name).dependencies, name).toContain(release);
  });

  test("and before their project and namespaces", () => {
    const before = mustPrecede(graph, "git-ops-root");
    const parts = ["project", "namespace", "network"];
    for (const name of ["shop", "basket"].flatMap((one) => parts.map((part) => `git-ops-${one}-${part}`)))
      expect(before, name).toContain(name);
  });
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
    const lifted = await declare({ freezeOverride: "Failover to us-west-2, incident 4711" });
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

describe("the root set", () => {
  test("makes one application of each folder, heals it, and keeps what runs when it goes", () => {
    expect(graph.byName("git-ops-root").inputs["metadata"]).toEqual({ name: "prod", namespace: "argocd" });
    expect(specOf(graph, "git-ops-root")).toEqual({
      goTemplate: true,
      goTemplateOptions: ["missingkey=error"],
      generators: [
        {
          git: {
            repoURL: "https://github.com/example/shop.git",
            revision: "main",
            directories: [{ path: "gitops/prod/*" }],
          },
        },
      ],
      syncPolicy: { applicationsSync: "sync", preserveResourcesOnDeletion: true },
      template: {
        metadata: { name: "{{.path.basename}}", labels: { "fridayproof.dev/environment": "prod" } },
        spec: {
          project: "applications-{{.path.basename}}",
          source: {
            repoURL: "https://github.com/example/shop.git",
            targetRevision: "main",
            path: "{{.path.path}}",
          },
          destination: { server: "https://kubernetes.default.svc", namespace: "{{.path.basename}}" },
          revisionHistoryLimit: 10,
          syncPolicy: {
            automated: { prune: true, selfHeal: true, allowEmpty: false },
            syncOptions: [
              "CreateNamespace=false",
              "ServerSideApply=true",
              "ApplyOutOfSyncOnly=true",
              "PruneLast=true",
              "FailOnSharedResource=true",
            ],
            retry: { limit: 5, backoff: { duration: "5s", factor: 2, maxDuration: "180s" } },
          },
        },
      },
    });
  });

  test("takes along what runs only while the environment is torn down", async () => {
    const torn = await declare({ preserveOnDeletion: false });
    expect(specOf(torn, "git-ops-root")["syncPolicy"]).toEqual({
      applicationsSync: "sync",
      preserveResourcesOnDeletion: false,
    });
  });

  test("needs no credential for a public repository", async () => {
    const open = await declare({ repositoryCredential: undefined });
    expect(mustPrecede(open, "git-ops-root")).not.toContain("credential");
  });
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

test("what Argo CD would misread is refused, all of it at once", async () => {
  const wrong = { repositoryUrl: "git@github.com:x", revision: "HEAD", applications: ["shop", "Shop", "shop"] };
  await expect(declare({ ...wrong, freezes: { timeZone: "nowhere", freezes: [] } })).rejects.toThrow(
    [
      '5 problems in GitOps "git-ops":',
      '  freezes.timeZone: got "nowhere"; allowed: an IANA time zone; fix: Use a name such as Europe/Berlin or UTC.',
      '  repositoryUrl: got "git@github.com:x"; allowed: an https URL with a path; fix: Give the URL that git clone takes over https.',
      '  revision: got "HEAD"; allowed: a branch; fix: Name the protected branch: HEAD is whatever the host calls its default today.',
      '  applications[1]: got "Shop"; allowed: lower-case letters, digits and dashes, with no dash at either end; fix: Leave the other characters out.',
      '  applications[2]: got "shop"; allowed: each name once; fix: Name it once.',
    ].join("\n"),
  );
});

describe.skipIf(!haveCrds)("against the pinned definitions", () => {
  test.each(["git-ops-project", "git-ops-shop-project", "git-ops-root"])("%s is valid", (name) => {
    expect(crdProblems(graph.byName(name).inputs as unknown as KubernetesObject)).toEqual([]);
  });
});

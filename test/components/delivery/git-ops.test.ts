/** What Argo CD is told to follow: the root set, and what has to exist before it. */
import { beforeAll, describe, expect, test } from "vitest";
import type { PropertyMap } from "../../../sandbox/property/values";
import { crdProblems, haveCrds, type KubernetesObject } from "../../support/crds";
import type { Graph } from "../../support/graph";
import { createdBefore } from "../../support/order";
import { declareGitOps } from "./git-ops-fixture";

const specOf = (graph: Graph, name: string) => graph.byName(name).inputs["spec"] as PropertyMap;

let graph: Graph;
beforeAll(async () => {
  graph = await declareGitOps();
});

describe("order", () => {
  test("External Secrets, then the credential, then the root set that reads the repository", () => {
    expect(createdBefore(graph, "credential")).toContain("external-secrets");
    expect(graph.byName("git-ops-root").dependencies).toContain(graph.byName("credential").urn);
  });

  test("Applications go before Argo CD, which takes their finalizers off", () => {
    const release = graph.byName("argo-cd-release").urn;
    expect(graph.byName("git-ops-root").dependencies).toContain(release);
    for (const name of ["git-ops-project", "git-ops-shop-project"])
      expect(graph.byName(name).dependencies, name).toContain(release);
  });

  test("and before their project and namespaces", () => {
    const before = createdBefore(graph, "git-ops-root");
    const parts = ["project", "namespace", "network"];
    for (const name of ["shop", "basket"].flatMap((one) => parts.map((part) => `git-ops-${one}-${part}`)))
      expect(before, name).toContain(name);
  });
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
            directory: { recurse: true },
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
    const torn = await declareGitOps({ preserveOnDeletion: false });
    expect(specOf(torn, "git-ops-root")["syncPolicy"]).toEqual({
      applicationsSync: "sync",
      preserveResourcesOnDeletion: false,
    });
  });

  test("leaves out what runs once where another cluster runs it", async () => {
    const { template } = specOf(await declareGitOps({ runsOnce: false }), "git-ops-root");
    expect(template).toMatchObject({ spec: { source: { directory: { recurse: false } } } });
  });

  test("needs no credential for a public repository", async () => {
    const open = await declareGitOps({ repositoryCredential: undefined });
    expect(createdBefore(open, "git-ops-root")).not.toContain("credential");
  });
});

test("what Argo CD would misread is refused, all of it at once", async () => {
  const wrong = { repositoryUrl: "git@github.com:x", revision: "HEAD", applications: ["shop", "Shop", "shop"] };
  await expect(declareGitOps({ ...wrong, freezes: { timeZone: "nowhere", freezes: [] } })).rejects.toThrow(
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

/** The graphs of the delivery releases: pinned charts, guarded namespaces, the monitoring kinds first. */
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { beforeAll, describe, expect, test } from "vitest";
import { chartRelease } from "../../../components/charts/chart-release";
import { ArgoCd, type ArgoCdArgs } from "../../../components/delivery/argo-cd";
import { ArgoRollouts } from "../../../components/delivery/argo-rollouts";
import { PrometheusOperatorCrds } from "../../../components/delivery/prometheus-operator-crds";
import type { PropertyMap } from "../../../sandbox/property/values";
import lock from "../../../stacks/env.lock.json";
import { type Graph, graphOf } from "../../support/graph";
import { createdBefore } from "../../support/order";
import { FakeProviders } from "../../support/fake-providers";

const { charts } = lock;
const sso = { ssoIssuer: "https://login.example.com", ssoClientId: "argocd-prod" } as const;
const run = (program: () => unknown) => graphOf(program, { packages: new FakeProviders().packages() });

function declare(
  profile: "production" | "dev",
  args: Partial<ArgoCdArgs> = {},
  needs: readonly string[] = [],
): Promise<Graph> {
  return run(() => {
    const runsOn = needs.map((name) => new kubernetes.core.v1.ConfigMap(name, {}));
    const monitoringCrds = new PrometheusOperatorCrds("crds", { chart: charts["prometheus-operator-crds"], profile });
    new ArgoRollouts("argo-rollouts", { chart: charts["argo-rollouts"], profile, monitoringCrds, runsOn });
    const secret = (name: string) => new kubernetes.core.v1.Secret(name, {});
    const secrets = { oidcSecret: secret("oidc"), notificationsSecret: secret("notifications") };
    new ArgoCd("argo-cd", {
      chart: charts["argo-cd"],
      profile,
      host: "argocd.example.com",
      gatewayRef: "istio-ingress/public",
      monitoringCrds,
      runsOn,
      ...(profile === "production" || args.ssoIssuer !== undefined ? secrets : {}),
      ...args,
    });
  });
}

const valuesOf = (graph: Graph, release: string) => graph.byName(release).inputs["values"] as PropertyMap;

describe("in production", () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await declare("production", sso);
  });

  test.each([
    ["crds-release", "prometheus-operator-crds", "monitoring"],
    ["argo-rollouts-release", "argo-rollouts", "argo-rollouts"],
    ["argo-cd-release", "argocd", "argocd"],
  ])("%s is taken back when it fails, and its namespace is made before it", (name, release, namespace) => {
    const made = graph.byName(name);
    expect(made.inputs).toMatchObject({
      name: release,
      namespace,
      createNamespace: false,
      atomic: true,
      cleanupOnFail: true,
      timeout: 600,
      maxHistory: 10,
    });
    expect(createdBefore(graph, name)).toContain(name.replace("-release", "-namespace"));
    expect(graph.byName(made.name).parent).toBe(graph.byName(name.replace("-release", "")).urn);
  });

  test("chart, repository and version are the lock file's", () => {
    expect(graph.byName("argo-cd-release").inputs).toMatchObject({
      chart: "argo-cd",
      version: "10.1.1",
      repositoryOpts: { repo: "https://argoproj.github.io/argo-helm" },
    });
  });

  test("the monitoring kinds exist before every chart with a monitor", () => {
    expect(graph.byName("argo-cd-release").dependencies).toContain(graph.byName("crds-release").urn);
    expect(graph.byName("argo-rollouts-release").dependencies).toContain(graph.byName("crds-release").urn);
  });

  test("Argo CD waits for none of its Secrets, which it reads when they come, and its route for the one to log in with", () => {
    const before = createdBefore(graph, "argo-cd-release");
    for (const secret of ["oidc", "notifications"]) expect(before).not.toContain(secret);
    expect(createdBefore(graph, "argo-cd-route")).toContain("oidc");
  });

  test("releases wait for the nodes and the names that their pods need", async () => {
    const settled = await declare("production", sso, ["nodes", "names"]);
    for (const release of ["argo-cd-release", "argo-rollouts-release"])
      expect([...createdBefore(settled, release)]).toEqual(expect.arrayContaining(["nodes", "names"]));
    expect(createdBefore(settled, "crds-release")).not.toContain("nodes");
  });

  test("Argo CD goes into the namespace of whoever puts its Secrets there", async () => {
    const shared = await declare("production", { ...sso, namespace: "argocd" });
    expect(shared.ofType("kubernetes:core/v1:Namespace").map(({ name }) => name)).not.toContain("argo-cd-namespace");
    expect(shared.byName("argo-cd-release").inputs["namespace"]).toBe("argocd");
  });

  test("an Application tells its health, so that a wave waits for the one before", () => {
    const { cm } = valuesOf(graph, "argo-cd-release")["configs"] as { cm: PropertyMap };
    expect(cm["resource.customizations.health.argoproj.io_Application"]).toContain(
      "hs.status = obj.status.health.status",
    );
  });

  test("the release gates come after the controller, whose chart brings their kind", () => {
    const gates = graph.resources.filter(({ type }) => type.endsWith(":ClusterAnalysisTemplate"));
    expect(gates.map(({ name }) => name).sort()).toEqual([
      "argo-rollouts-error-baseline",
      "argo-rollouts-error-ratio",
      "argo-rollouts-error-tripwire",
      "argo-rollouts-latency-p95",
      "argo-rollouts-latency-p95-history",
      "argo-rollouts-latency-p99",
      "argo-rollouts-rejection-ratio",
      "argo-rollouts-request-volume",
      "argo-rollouts-server-error-ratio",
      "argo-rollouts-server-error-ratio-strict",
      "argo-rollouts-smoke",
    ]);
    for (const { dependencies } of gates) expect(dependencies).toContain(graph.byName("argo-rollouts-release").urn);
  });

  test("the gates ask the Prometheus and the gateway that the pinned charts make", () => {
    const { namespace, release } = charts["kube-prometheus-stack"];
    expect(JSON.stringify(graph.byName("argo-rollouts-latency-p99").inputs)).toContain(
      `"address":"http://${release}-prometheus.${namespace}:9090"`,
    );
    const ingress = charts["istio-gateway"];
    expect(JSON.stringify(graph.byName("argo-rollouts-smoke").inputs)).toContain(
      `"http://${ingress.release}.${ingress.namespace}"`,
    );
  });

  test("namespaces hold their pods to the strictest level, but for the node exporter's", () => {
    const levels = graph.ofType("kubernetes:core/v1:Namespace").map(({ inputs }) => inputs["metadata"]);
    expect(levels).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: "monitoring",
          labels: {
            "pod-security.kubernetes.io/enforce": "privileged",
            "pod-security.kubernetes.io/warn": "restricted",
          },
        }),
        expect.objectContaining({
          name: "argocd",
          labels: {
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/warn": "restricted",
          },
        }),
        expect.objectContaining({
          name: "argo-rollouts",
          labels: {
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/warn": "restricted",
          },
        }),
      ]),
    );
  });

  test("Argo CD is highly available and logs people in through the environment's issuer", () => {
    const values = valuesOf(graph, "argo-cd-release");
    expect(values).toMatchObject({
      global: { domain: "argocd.example.com" },
      "redis-ha": { enabled: true, replicas: 3 },
      server: { replicas: 2 },
      configs: { cm: { "admin.enabled": false } },
    });
    const { cm } = values["configs"] as { cm: PropertyMap };
    expect(parse(String(cm["oidc.config"]))).toEqual({
      name: "SSO",
      issuer: "https://login.example.com",
      clientID: "argocd-prod",
      clientSecret: "$argocd-oidc:clientSecret",
      requestedScopes: ["openid", "profile", "email", "groups"],
    });
  });
});

describe("in dev", () => {
  test("there is one of each, the local admin and no single sign-on", async () => {
    const graph = await declare("dev");
    expect(valuesOf(graph, "argo-cd-release")).toMatchObject({
      "redis-ha": { enabled: false },
      server: { replicas: 1, pdb: { enabled: false } },
      configs: { cm: { "admin.enabled": true, "oidc.config": "" } },
    });
    expect(valuesOf(graph, "argo-rollouts-release")).toMatchObject({
      controller: { replicas: 1, pdb: { enabled: false } },
    });
  });

  test("single sign-on can be tried there too", async () => {
    const { cm } = valuesOf(await declare("dev", sso), "argo-cd-release")["configs"] as { cm: PropertyMap };
    expect(parse(String((cm as PropertyMap)["oidc.config"]))).toMatchObject({ clientID: "argocd-prod" });
  });
});

describe("what is refused", () => {
  test("production without single sign-on, where nobody could log in", async () => {
    await expect(declare("production")).rejects.toThrow(
      [
        '2 problems in ArgoCd "argo-cd":',
        "  ssoIssuer: got nothing; allowed: a value in profile production: its local admin is off, so no one could log in; fix: Register Argo CD with your identity provider and set the client that it issues.",
        "  ssoClientId: got nothing; allowed: a value in profile production: its local admin is off, so no one could log in; fix: Register Argo CD with your identity provider and set the client that it issues.",
      ].join("\n"),
    );
  });

  test("a way to log in, and notifications, without the Secrets that they live by", async () => {
    await expect(
      declare("production", { ...sso, oidcSecret: undefined, notificationsSecret: undefined }),
    ).rejects.toThrow(
      [
        '2 problems in ArgoCd "argo-cd":',
        "  oidcSecret: got nothing; allowed: the resource that makes Secret argocd-oidc; fix: Declare the ExternalSecret of the issuer's client secret and give it here.",
        "  notificationsSecret: got nothing; allowed: the resource that makes Secret argocd-notifications-secret; fix: Declare the ExternalSecret of the notification token and give it here.",
      ].join("\n"),
    );
  });

  test("an issuer without TLS", async () => {
    await expect(declare("production", { ...sso, ssoIssuer: "http://login.example.com" })).rejects.toThrow(
      '1 problem in ArgoCd "argo-cd":\n  ssoIssuer: got "http://login.example.com"; allowed: an https URL; fix: Give the issuer\'s https URL.',
    );
  });
});

test("a chart in an OCI registry is named by its URL alone", async () => {
  const graph = await run(
    () =>
      void chartRelease(
        "stack",
        { pin: charts["kube-prometheus-stack"], values: {} },
        {} as pulumi.CustomResourceOptions,
      ),
  );
  const { inputs } = graph.byName("stack");
  expect(inputs["chart"]).toBe("oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack");
  expect(inputs["repositoryOpts"]).toBeUndefined();
  expect(inputs["namespace"]).toBe("monitoring");
});

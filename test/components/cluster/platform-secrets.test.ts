/** The Secrets that add-ons start with: from Secrets Manager in production, drawn in dev. */
import { beforeAll, describe, expect, test } from "vitest";
import type { PropertyMap } from "../../../sandbox/property/values";
import { type Graph, graphOf } from "../../support/graph";
import { createdBefore } from "../../support/order";
import { platform } from "./addons-fixture";

let graph: Graph;
let dev: Graph;
beforeAll(async () => {
  graph = await graphOf(platform({ profile: "production" }));
  dev = await graphOf(platform({ profile: "dev" }));
}, 120_000);

function customResources(of: Graph): { readonly kind: string; readonly name: string }[] {
  return of.resources
    .filter(({ inputs }) => String(inputs["apiVersion"]).startsWith("external-secrets.io/"))
    .map(({ inputs, name }) => ({ kind: String(inputs["kind"]), name }));
}

describe("order", () => {
  test("external-secrets, its store, the ExternalSecrets; and back", () => {
    const secrets = customResources(graph).filter(({ kind }) => kind === "ExternalSecret");
    expect(secrets).toHaveLength(5);
    for (const { name } of secrets) {
      expect(createdBefore(graph, name), name).toContain("blue-platform-store");
      expect(createdBefore(graph, name), name).toContain("blue-platform-external-secrets");
    }
  });

  test("each after the namespace that it is in", () => {
    expect(createdBefore(graph, "blue-secrets-argocd-oidc")).toContain("blue-secrets-argocd-namespace");
    expect(createdBefore(graph, "blue-secrets-grafana-admin")).toContain("blue-crds-namespace");
  });
});

describe("the platform's Secrets", () => {
  test("the dead man's switch's URL comes from Secrets Manager where there is one", async () => {
    const alive = await graphOf(platform({ profile: "production", deadMansSwitch: true }));
    expect(alive.byName("blue-secrets-dead-mans-switch").inputs).toMatchObject({
      metadata: { namespace: "monitoring", name: "dead-mans-switch" },
      spec: { data: [{ secretKey: "url", remoteRef: { key: "dead-mans-switch", property: "url" } }] },
    });
    expect(graph.resources.filter(({ name }) => name === "blue-secrets-dead-mans-switch")).toEqual([]);
  }, 120_000);

  const external = (name: string) => {
    const { metadata, spec } = graph.byName(name).inputs as Record<string, PropertyMap>;
    const { target, data, dataFrom } = spec as Record<string, PropertyMap>;
    return {
      namespace: metadata?.["namespace"],
      name: metadata?.["name"],
      labels: target?.["template"],
      data,
      dataFrom,
    };
  };

  test("Grafana's account and the on-call credential come from Secrets Manager in production", () => {
    expect(external("blue-secrets-grafana-admin")).toEqual({
      namespace: "monitoring",
      name: "grafana-admin",
      data: [
        { secretKey: "admin-user", remoteRef: { key: "grafana-admin", property: "admin-user" } },
        { secretKey: "admin-password", remoteRef: { key: "grafana-admin", property: "admin-password" } },
      ],
    });
    expect(external("blue-secrets-on-call")).toEqual({
      namespace: "monitoring",
      name: "on-call",
      data: [{ secretKey: "credential", remoteRef: { key: "on-call", property: "credential" } }],
    });
  });

  test("Argo CD's carry the labels by which it finds them", () => {
    expect(external("blue-secrets-argocd-oidc")).toEqual({
      namespace: "argocd",
      name: "argocd-oidc",
      labels: { metadata: { labels: { "app.kubernetes.io/part-of": "argocd" } } },
      data: [{ secretKey: "clientSecret", remoteRef: { key: "argocd-oidc", property: "clientSecret" } }],
    });
    expect(external("blue-secrets-argocd-repository")).toMatchObject({
      name: "argocd-repository",
      labels: { metadata: { labels: { "argocd.argoproj.io/secret-type": "repository" } } },
    });
    expect(external("blue-secrets-argocd-notifications")).toEqual({
      namespace: "argocd",
      name: "argocd-notifications-secret",
      data: [{ secretKey: "webhook-url", remoteRef: { key: "argocd-notifications", property: "webhook-url" } }],
    });
  });

  test("every one is waited for, read again within the hour and never taken away because AWS lost it", () => {
    for (const { name } of customResources(graph).filter(({ kind }) => kind === "ExternalSecret")) {
      expect(graph.byName(name).inputs, name).toMatchObject({
        metadata: { annotations: { "pulumi.com/waitFor": "condition=Ready" } },
        spec: {
          refreshInterval: "3600s",
          secretStoreRef: { kind: "ClusterSecretStore", name: "platform" },
          target: { creationPolicy: "Owner", deletionPolicy: "Retain" },
        },
      });
    }
  });

  test("dev asks Secrets Manager for nothing and draws Grafana's password", () => {
    expect(customResources(dev).map(({ kind }) => kind)).toEqual(["ClusterSecretStore"]);
    expect(dev.byName("blue-secrets-grafana-admin").inputs["metadata"]).toMatchObject({
      name: "grafana-admin",
      namespace: "monitoring",
    });
    expect(JSON.stringify(dev.byName("blue-secrets-grafana-admin").inputs["stringData"])).toContain("admin-password");
    expect(createdBefore(dev, "blue-secrets-grafana-admin")).toContain("blue-secrets-grafana-admin-password");
    expect(graph.ofType("random:index/randomPassword:RandomPassword")).toEqual([]);
  });
});

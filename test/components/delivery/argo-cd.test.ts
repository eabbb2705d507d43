/** Argo CD as people meet it: its address, who may do what, and what it tells. */
import * as kubernetes from "@pulumi/kubernetes";
import { STANDBY_LABEL } from "../../../components/delivery/git-ops-objects";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { argoCdValues } from "../../../components/delivery/argo-cd-values";
import { ArgoCd } from "../../../components/delivery/argo-cd";
import { charts as inventory } from "../../../sandbox/cloud/charts/inventory";
import type { PropertyMap } from "../../../sandbox/property/values";
import lock from "../../../stacks/env.lock.json";
import { type Graph, graphOf } from "../../support/graph";
import { createdBefore } from "../../support/order";
import { FakeProviders } from "../../support/fake-providers";

function declare(): Promise<Graph> {
  const secret = (name: string) => new kubernetes.core.v1.Secret(name, {});
  const program = () =>
    void new ArgoCd("argo-cd", {
      chart: lock.charts["argo-cd"],
      profile: "production",
      host: "argocd.example.com",
      gatewayRef: "istio-ingress/public",
      monitoringCrds: secret("monitoring-crds"),
      ssoIssuer: "https://login.example.com",
      ssoClientId: "argocd-prod",
      oidcSecret: secret("oidc"),
      notificationsSecret: secret("notifications"),
    });
  return graphOf(program, { packages: new FakeProviders().packages() });
}

let graph: Graph;
let values: PropertyMap;
beforeAll(async () => {
  graph = await declare();
  values = graph.byName("argo-cd-release").inputs["values"] as PropertyMap;
});

describe("its address", () => {
  test("its pages are reached by the public gateway, in plain HTTP, once they are there", () => {
    const route = graph.byName("argo-cd-route");
    expect(route.inputs).toMatchObject({
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "argocd", namespace: "argocd" },
      spec: {
        hosts: ["argocd.example.com"],
        gateways: ["istio-ingress/public"],
        http: [
          {
            name: "argocd",
            route: [{ destination: { host: "argocd-server.argocd.svc.cluster.local", port: { number: 80 } } }],
          },
        ],
      },
    });
    expect(createdBefore(graph, "argo-cd-route")).toContain("argo-cd-release");
    expect(inventory()["argo-cd"]?.services).toContain("Service/argocd-server");
    expect(values["configs"]).toMatchObject({ params: { "server.insecure": true } });
  });
});

interface Notifications {
  readonly notifiers: Readonly<Record<string, string>>;
  readonly subscriptions: readonly { readonly recipients: readonly string[]; readonly triggers: readonly string[] }[];
  readonly triggers: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
}

describe("its notifications", () => {
  const given = () => values["notifications"] as unknown as Notifications;

  test("are subscribed to for every application, and each name leads to something", () => {
    const { notifiers, subscriptions, triggers, templates } = given();
    expect(Object.keys(notifiers)).toEqual(["service.webhook.releases"]);
    expect(subscriptions).toEqual([
      {
        recipients: ["releases"],
        // labels.Parse of Kubernetes: without the label, which applications of a leg that stands by have.
        selector: `!${STANDBY_LABEL}`,
        triggers: [
          "on-release-started",
          "on-release-done",
          "on-release-paused",
          "on-release-degraded",
          "on-sync-failed",
        ],
      },
    ]);
    expect(Object.keys(triggers).sort()).toEqual(subscriptions[0]?.triggers.map((name) => `trigger.${name}`).sort());
    const sent = Object.values(triggers).flatMap((text) =>
      (parse(text) as { send: string[] }[]).flatMap(({ send }) => send),
    );
    expect(sent.map((name) => `template.${name}`).sort()).toEqual(Object.keys(templates).sort());
    for (const text of Object.values(templates))
      expect(parse(text)).toMatchObject({ webhook: { releases: { method: "POST" } } });
  });

  test("are sent once for a synced revision, whatever the health does meanwhile", () => {
    for (const [name, text] of Object.entries(given().triggers)) {
      for (const rule of parse(text) as { oncePer: string }[])
        expect(rule.oncePer, name).toBe("app.status.operationState?.syncResult?.revision");
    }
  });

  test("are off in dev, which has no Secret for them", () => {
    expect(argoCdValues({ profile: "dev", host: "argocd.example.com" })).toMatchObject({
      notifications: { enabled: false },
    });
  });
});

test("its Redis is reached from its own namespace alone", () => {
  expect(graph.byName("argo-cd-redis-ingress").inputs["spec"]).toEqual({
    podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["redis-ha", "redis-ha-haproxy"] }] },
    policyTypes: ["Ingress"],
    ingress: [
      {
        from: [
          {
            namespaceSelector: {
              matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["argocd"] }],
            },
          },
        ],
      },
    ],
  });
});

/** Argo CD as people meet it: its address, who may do what, and what it tells. */
import * as kubernetes from "@pulumi/kubernetes";
import { beforeAll, describe, expect, test } from "vitest";
import { ArgoCd } from "../../../components/delivery/argo-cd";
import { charts as inventory } from "../../../sandbox/cloud/charts/inventory";
import type { PropertyMap } from "../../../sandbox/values/values";
import lock from "../../../stacks/env.lock.json";
import { type Graph, graphOf } from "../../support/graph";
import { mustPrecede } from "../../support/order";
import { StandIns } from "../../support/stand-in";

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
  return graphOf(program, { packages: new StandIns().packages() });
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
    expect(mustPrecede(graph, "argo-cd-route")).toContain("argo-cd-release");
    expect(inventory()["argo-cd"]?.services).toContain("Service/argocd-server");
    expect(values["configs"]).toMatchObject({ params: { "server.insecure": true } });
  });
});

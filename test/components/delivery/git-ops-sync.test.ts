/** What a sync leaves of Argo Rollouts' work, and whether Git's changes arrive, with the settings that are deployed. */
import { describe, expect, test } from "vitest";
import { deployedSettings as settings, type Json, synced } from "../../support/argo-cd-sync";

const weights = (stable: number, canary: number): Json[] => [
  { destination: { host: "shop-stable" }, weight: stable },
  { destination: { host: "shop-canary" }, weight: canary },
];
const primary = (route: Json[], rest: Readonly<Record<string, Json>> = {}): Json => ({
  name: "primary",
  route,
  ...rest,
});
const virtualService = (...http: Json[]) => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "shop", namespace: "shop" },
  spec: { hosts: ["shop.example.com"], gateways: ["istio-ingress/public"], http },
});
const api: Json = { name: "api", match: [{ uri: { prefix: "/api" } }], route: weights(100, 0) };

const clientSide = { annotations: { "argocd.argoproj.io/sync-options": "ServerSideApply=false" } };
const service = (ports: readonly number[], rest: Readonly<Record<string, Json>> = {}) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "shop-stable", namespace: "shop", ...rest },
  spec: { selector: { app: "shop" }, ports: ports.map((port) => ({ port })) },
});
const applied = (git: ReturnType<typeof service>) => ({
  ...git,
  metadata: {
    ...git.metadata,
    annotations: {
      ...clientSide.annotations,
      "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(git),
    },
  },
  spec: { ...git.spec, selector: { app: "shop", "rollouts-pod-template-hash": "8475cc49f4" } },
});

describe("in the middle of a release", () => {
  const live = virtualService(primary(weights(75, 25)));

  test("a VirtualService that differs in weights alone is left as it is", () => {
    expect(synced(settings, virtualService(primary(weights(100, 0))), live)).toEqual(live);
  });

  test("a route and a timeout that Git adds arrive", () => {
    const git = virtualService(api, primary(weights(100, 0), { timeout: "5s" }));
    expect(synced(settings, git, live)).toEqual(git);
  });

  test("a Service that Git changes keeps the version that it selects, and the change arrives", () => {
    const before = service([80], clientSide);
    const after = synced(settings, service([80, 9090], clientSide), applied(before));
    expect(after["spec"]).toEqual({
      selector: { app: "shop", "rollouts-pod-template-hash": "8475cc49f4" },
      ports: [{ port: 80 }, { port: 9090 }],
    });
  });

  test("a Service that differs in the hash alone is left as it is", () => {
    const live = applied(service([80], clientSide));
    expect(synced(settings, service([80], clientSide), live)).toEqual(live);
    const unmarked = { ...live, metadata: { name: "shop-stable", namespace: "shop" } };
    expect(synced(settings, service([80]), unmarked)).toEqual(unmarked);
  });

  test("a label that Git takes back is gone", () => {
    const before = service([80], { ...clientSide, labels: { old: "yes" } });
    const after = synced(settings, service([81], clientSide), applied(before));
    expect(after["metadata"]).not.toMatchObject({ labels: { old: "yes" } });
  });
});

describe("the settings that were left", () => {
  test("RespectIgnoreDifferences lost every route of Git", () => {
    const respected = { cm: settings.cm, syncOptions: ["ServerSideApply=true", "RespectIgnoreDifferences=true"] };
    const live = virtualService(primary(weights(100, 0)));
    const git = virtualService(api, primary(weights(100, 0), { timeout: "5s" }));
    expect(synced(respected, git, live)).toEqual(live);
  });

  test("server-side apply of a changed Service loses the hash, which is why policy rollout-services-keep-hash asks for the other", () => {
    const unmarked = { ...applied(service([80])), metadata: { name: "shop-stable", namespace: "shop" } };
    expect(synced(settings, service([81]), unmarked)["spec"]).toEqual({
      selector: { app: "shop" },
      ports: [{ port: 81 }],
    });
  });
});

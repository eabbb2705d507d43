/** What a reference may lead to, and what a stack shows of its namespaces. */
import { describe, expect, it } from "vitest";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { readInventory, type Inventory, inventoryOf } from "../../../../policies/kit/kubernetes/inventory";
import { types } from "../../../../policies/kit/reading/types";
import { unknownSentinels } from "../../../../policies/kit/reading/value";
import { noticed } from "../../support/noticed";

const [UNKNOWN] = unknownSentinels;
const lent = { spec: { workloadRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" } } };
const metadata = { name: "shop", namespace: "shop", labels: { app: "shop" }, annotations: { a: "b" } };

describe("what references are looked for among", () => {
  const seen = (type: string, props: object): readonly string[] =>
    noticed(readInventory, `kubernetes:${type}`, { metadata, ...props });
  const named = ["metadata.name", "metadata.namespace"];

  it("are objects by name and namespace, and pods by their labels", () => {
    expect(seen("core/v1:ConfigMap", { data: { a: "b" } })).toEqual(named);
    const spec = {
      replicas: 1,
      template: { metadata: { labels: { app: "shop" } }, spec: { containers: [{ name: "a" }] } },
    };
    expect(seen("apps/v1:Deployment", { spec })).toEqual([...named, "spec.template.metadata.labels.app"]);
    expect(seen("core/v1:ResourceQuota", { spec: { hard: { pods: 1 } } })).toEqual([]);
  });

  it("are Secrets that controllers make, by what those are called", () => {
    const target = { template: { type: "Opaque" } };
    expect(seen("external-secrets.io/v1:ExternalSecret", { spec: { target: { name: "db", ...target } } })).toEqual([
      ...named,
      "spec.target.name",
    ]);
    expect(seen("external-secrets.io/v1:ClusterExternalSecret", { spec: { externalSecretName: "db" } })).toEqual([
      ...named,
      "spec.externalSecretName",
    ]);
    const template = { metadata: { name: "db" }, type: "Opaque" };
    expect(seen("bitnami.com/v1alpha1:SealedSecret", { spec: { template } })).toEqual([
      ...named,
      "spec.template.metadata.name",
    ]);
    expect(seen("cert-manager.io/v1:Certificate", { spec: { secretName: "tls", dnsNames: ["a"] } })).toEqual([
      ...named,
      "spec.secretName",
    ]);
    const secretObjects = [{ secretName: "db", type: "Opaque" }];
    expect(seen("secrets-store.csi.x-k8s.io/v1:SecretProviderClass", { spec: { secretObjects } })).toEqual([
      ...named,
      "spec.secretObjects.0.secretName",
    ]);
  });

  it("are the places where operators and charts may put more", () => {
    expect(seen("example.com/v1:Widget", { spec: { size: 1 } })).toEqual(["metadata.namespace"]);
    expect(seen("helm.sh/v3:Release", { namespace: "shop", chart: "x" })).toEqual(["namespace"]);
  });
});

describe("a stack shows of its namespaces", () => {
  const object = (type: string, name: unknown, namespace: unknown, props: object = {}): Resource =>
    new Resource({
      type: `kubernetes:${type}`,
      name: String(name),
      props: { metadata: { name, namespace }, ...props },
    });
  const spec = { template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "a" }] } } };
  const web = object("apps/v1:Deployment", "web", "shop", { spec });
  const config = object("core/v1:ConfigMap", "settings", "shop");
  const space = object("core/v1:Namespace", "shop", undefined);
  const bucket = new Resource({ type: "aws:s3/bucket:Bucket", name: "b", props: { bucket: "b" } });
  const chart = (namespace: unknown): Resource =>
    new Resource({ type: "kubernetes:helm.sh/v3:Release", name: "c", props: { namespace, chart: "c" } });
  const inventory = (...resources: readonly Resource[]): Inventory => inventoryOf(new Stack(resources));

  it("what is declared by kind, namespace and name", () => {
    const seen = inventory(web, config, bucket);
    expect(seen.has(types.configMap, "shop", "settings")).toBe(true);
    expect(seen.has(types.configMap, "shop", "other")).toBe(false);
    expect(seen.has(types.configMap, "other", "settings")).toBe(false);
    expect(seen.namesOf(types.configMap, "shop")).toEqual(["settings"]);
    expect([seen.namesOf(types.configMap, "other"), seen.namesOf(types.service, "shop")]).toEqual([[], []]);
    expect([seen.hasAny(types.configMap, "shop"), seen.hasAny(types.configMap, "other")]).toEqual([true, false]);
  });

  it("Secrets that controllers make, those of the whole cluster in every namespace", () => {
    const own = object("external-secrets.io/v1:ExternalSecret", "own", "shop", { spec: { target: { name: "db" } } });
    const wide = object("external-secrets.io/v1:ClusterExternalSecret", "wide", undefined, {
      spec: { externalSecretName: "ca" },
    });
    const seen = inventory(own, wide);
    expect(seen.namesOf(types.opaqueSecret, "shop")).toEqual(["db", "own", "ca", "wide"]);
    expect(seen.namesOf(types.opaqueSecret, "other")).toEqual(["ca", "wide"]);
    expect([seen.has(types.opaqueSecret, "other", "ca"), seen.has(types.opaqueSecret, "other", "db")]).toEqual([
      true,
      false,
    ]);
    expect([seen.hasAny(types.opaqueSecret, "other"), inventory(own).hasAny(types.opaqueSecret, "other")]).toEqual([
      true,
      false,
    ]);
    expect([seen.isCompleteForSecrets("other"), inventory(own).isCompleteForSecrets("other")]).toEqual([true, false]);
  });

  it("its Secrets, where one stands beside the namespace itself", () => {
    const secret = object("core/v1:Secret", "db", "shop");
    const shown = [inventory(secret, space), inventory(secret), inventory(space)].map((seen) =>
      seen.isCompleteForSecrets("shop"),
    );
    expect(shown).toEqual([true, false, false]);
  });

  it.each([
    ["workloads of it", [web], true],
    ["workloads of it beside a resource of AWS", [web, bucket], true],
    ["workloads of it beside a chart for another", [web, chart("other")], true],
    ["none of it", [config], false],
    ["workloads beside a chart for it", [web, chart("shop")], false],
    ["workloads beside a chart for anywhere", [web, chart(undefined)], false],
    ["workloads beside an object of an unknown operator", [web, object("example.com/v1:Fleet", "f", "shop")], false],
    ["workloads beside one of an operator elsewhere", [web, object("example.com/v1:Fleet", "f", "other")], true],
    ["workloads beside an object that a preview hides", [web, object("core/v1:ConfigMap", UNKNOWN, "shop")], false],
    ["workloads beside a hidden one of another", [web, object("core/v1:ConfigMap", UNKNOWN, "other")], true],
    ["workloads beside one whose namespace is hidden", [web, object("core/v1:ConfigMap", "x", UNKNOWN)], false],
    ["workloads beside a broken object", [web, object("core/v1:ConfigMap", ["x"], "shop")], true],
    ["a rollout whose Deployment is elsewhere", [object("argoproj.io/v1alpha1:Rollout", "r", "shop", lent)], false],
    ["a rollout with its Deployment", [object("argoproj.io/v1alpha1:Rollout", "r", "shop", lent), web], true],
  ] as const)("all that it runs by %s: %j", (_, resources, expected) => {
    expect(inventory(...resources).isComplete("shop")).toBe(expected);
  });

  it("nothing of the cluster's own namespaces", () => {
    expect(inventory(object("apps/v1:Deployment", "dns", "kube-system", { spec })).isComplete("kube-system")).toBe(
      false,
    );
  });

  it("its objects of a kind by one of them, or by the namespace itself", () => {
    const shown = [inventory(web, config), inventory(web, space), inventory(web), inventory(config, space)];
    expect(shown.map((seen) => seen.isCompleteFor(types.configMap, "shop"))).toEqual([true, true, false, false]);
  });

  it("its pods with their owners", () => {
    const seen = inventory(web, object("apps/v1:Deployment", "api", "shop", { spec }), bucket);
    expect(seen.podsIn("shop").map(({ owner }) => owner.name)).toEqual(["web", "api"]);
    expect(seen.podsIn("shop").map(({ labels }) => [...labels])).toEqual([[["app", "web"]], [["app", "web"]]]);
    expect(seen.podsIn("other")).toEqual([]);
  });
});

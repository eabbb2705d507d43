/** Names, differences and life of plain objects on a simulated cluster. */
import { describe, expect, it } from "vitest";
import { CloudError } from "../../../../sandbox/protocol/provider";
import { UNKNOWN, type PropertyMap } from "../../../../sandbox/property/values";
import { SEED, accountWith, create, joinNodes, providerOf, identity } from "./fixture";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

async function checked(type: string, news: PropertyMap, olds: PropertyMap = {}): Promise<PropertyMap> {
  return (await providerOf(accountWith()).check(identity(type, "web"), olds, news, SEED)).inputs;
}

describe("names of objects", () => {
  it("adds apiVersion, kind, the default namespace and a name of eight hexadecimal digits, marked as given by Pulumi", async () => {
    const inputs = await checked(CONFIG_MAP, { data: { a: "1" } });
    expect(inputs).toMatchObject({ apiVersion: "v1", kind: "ConfigMap", data: { a: "1" } });
    expect(inputs.metadata).toMatchObject({ namespace: "default", annotations: { "pulumi.com/autonamed": "true" } });
    expect((inputs.metadata as PropertyMap).name).toMatch(/^web-[0-9a-f]{8}$/);
  });

  it("keeps a name that it gave before, and gives another one when the engine asks with empty olds", async () => {
    const first = await checked(CONFIG_MAP, {});
    expect(await checked(CONFIG_MAP, { data: { b: "2" } }, first)).toMatchObject({ metadata: first.metadata });
    const again = await providerOf(accountWith()).check(
      identity(CONFIG_MAP, "web"),
      {},
      {},
      new Uint8Array(32).fill(8),
    );
    expect((again.inputs.metadata as PropertyMap).name).not.toBe((first.metadata as PropertyMap).name);
  });

  it("leaves names alone that the program gives or that are not known yet", async () => {
    expect((await checked(CONFIG_MAP, { metadata: { name: "fixed" } })).metadata).toEqual({
      name: "fixed",
      namespace: "default",
    });
    expect((await checked(CONFIG_MAP, { metadata: { name: UNKNOWN } })).metadata).toEqual({
      name: UNKNOWN,
      namespace: "default",
    });
    expect((await checked(CONFIG_MAP, { metadata: UNKNOWN })).metadata).toBe(UNKNOWN);
  });

  it("gives cluster-wide kinds no namespace", async () => {
    expect((await checked("kubernetes:core/v1:Namespace", { metadata: { name: "a" } })).metadata).toEqual({
      name: "a",
    });
    const store = await checked("kubernetes:external-secrets.io/v1:ClusterSecretStore", { metadata: { name: "a" } });
    expect(store.metadata).toEqual({ name: "a" });
  });

  it.each([
    [
      CONFIG_MAP,
      { metadata: { generateName: "a-" } },
      "Invalid: metadata.generateName is not supported with server-side apply",
    ],
  ])("refuses %s with %j", async (type, news, message) => {
    await expect(checked(type, news)).rejects.toThrow(message);
  });
});

describe("differences of objects", () => {
  const diff = (type: string, old: PropertyMap, news: PropertyMap, config: PropertyMap = {}) =>
    providerOf(accountWith(), config).diff(
      identity(type, "web"),
      { id: "default/web", inputs: old, outputs: old },
      news,
    );
  const named = { metadata: { name: "web", namespace: "default" } };

  it("updates a Deployment in place, but replaces it when the selector changes, the old one first", async () => {
    const old = { ...named, spec: { replicas: 2, selector: { matchLabels: { app: "a" } } } };
    expect(await diff(DEPLOYMENT, old, { ...old, spec: { ...old.spec, replicas: 3 } })).toEqual({
      changes: true,
      diffs: ["spec"],
      replaces: [],
      detailed: { "spec.replicas": "update" },
      deleteBeforeReplace: false,
    });
    expect(
      await diff(DEPLOYMENT, old, { ...old, spec: { replicas: 2, selector: { matchLabels: { app: "b" } } } }),
    ).toMatchObject({
      replaces: ["spec"],
      detailed: { "spec.selector.matchLabels.app": "update-replace" },
      deleteBeforeReplace: true,
    });
  });

  it("replaces after creation where the name is its own choice or changes", async () => {
    const auto = {
      metadata: { name: "web-1", namespace: "default", annotations: { "pulumi.com/autonamed": "true" } },
      data: { a: "1" },
    };
    expect(await diff(CONFIG_MAP, auto, { ...auto, data: { a: "2" } })).toMatchObject({
      replaces: ["data"],
      deleteBeforeReplace: false,
    });
    const renamed = { metadata: { name: "other", namespace: "default" } };
    expect(await diff(CONFIG_MAP, named, renamed)).toMatchObject({
      replaces: ["metadata"],
      deleteBeforeReplace: false,
    });
  });

  it("replaces changed ConfigMaps and Secrets unless the provider holds them mutable; immutable ones always", async () => {
    const [old, news] = [
      { ...named, data: { a: "1" } },
      { ...named, data: { a: "2" } },
    ];
    expect((await diff(CONFIG_MAP, old, news)).replaces).toEqual(["data"]);
    expect((await diff(CONFIG_MAP, old, news, { enableConfigMapMutable: "true" })).replaces).toEqual([]);
    expect(
      (await diff(CONFIG_MAP, old, { ...news, immutable: true }, { enableConfigMapMutable: "true" })).replaces,
    ).toEqual(["data"]);
    expect((await diff("kubernetes:core/v1:Secret", old, news)).replaces).toEqual(["data"]);
  });

  it.each([
    ["kubernetes:storage.k8s.io/v1:StorageClass", "provisioner", { provisioner: "a" }, { provisioner: "b" }],
    ["kubernetes:core/v1:Service", "spec", { spec: { clusterIP: "None" } }, { spec: { clusterIP: "10.0.0.1" } }],
    ["kubernetes:batch/v1:Job", "spec", { spec: { template: { a: 1 } } }, { spec: { template: { a: 2 } } }],
    [
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
      "roleRef",
      { roleRef: { name: "a" } },
      { roleRef: { name: "b" } },
    ],
    [
      "kubernetes:core/v1:PersistentVolumeClaim",
      "spec",
      { spec: { storageClassName: "a" } },
      { spec: { storageClassName: "b" } },
    ],
  ])("replaces %s when %s changes", async (type, property, old, news) => {
    expect((await diff(type, { ...named, ...old }, { ...named, ...news })).replaces).toEqual([property]);
  });

  it("updates custom resources in place", async () => {
    const [old, news] = [
      { ...named, spec: { selector: 1 } },
      { ...named, spec: { selector: 2 } },
    ];
    expect((await diff("kubernetes:argoproj.io/v1alpha1:Rollout", old, news)).replaces).toEqual([]);
  });
});

describe("life of objects", () => {
  it("creates with namespace/name as id, keeps inputs beside what the server adds, updates, reads and removes", async () => {
    const account = accountWith();
    const provider = providerOf(account);
    const created = await create(provider, CONFIG_MAP, "web", { metadata: { name: "web" }, data: { a: "1" } });
    expect(created.id).toBe("default/web");
    expect(created.outputs).toMatchObject({
      data: { a: "1" },
      __initialApiVersion: "v1",
      metadata: { name: "web", namespace: "default" },
    });
    const known = { id: created.id, inputs: created.outputs.__inputs as PropertyMap, outputs: created.outputs };
    await provider.update(identity(CONFIG_MAP, "web"), known, { ...known.inputs, data: { a: "2" } }, false);
    expect((await provider.read(identity(CONFIG_MAP, "web"), created.id, known))?.inputs).toMatchObject({
      data: { a: "2" },
    });
    expect(account.all(CONFIG_MAP)).toMatchObject([{ scope: "cluster/demo", id: "default/web" }]);
    await provider.delete(identity(CONFIG_MAP, "web"), known);
    await provider.delete(identity(CONFIG_MAP, "web"), known);
    expect(await provider.read(identity(CONFIG_MAP, "web"), created.id, known)).toBeUndefined();
  });

  it("only repeats the inputs in a preview, without a cluster", async () => {
    const provider = providerOf(accountWith({ endpointPublicAccess: false }));
    const inputs = { metadata: { name: UNKNOWN, namespace: "default" } };
    expect(await provider.create(identity(CONFIG_MAP, "web"), inputs, true)).toEqual({ id: "", outputs: inputs });
  });

  it("removes a namespace with all that is in it", async () => {
    const account = accountWith();
    const provider = providerOf(account);
    const space = await create(provider, "kubernetes:core/v1:Namespace", "shop", { metadata: { name: "shop" } });
    await create(provider, CONFIG_MAP, "web", { metadata: { name: "web", namespace: "shop" } });
    await provider.delete(identity("kubernetes:core/v1:Namespace", "shop"), { ...space, inputs: {} });
    expect(account.all().filter(({ scope }) => scope === "cluster/demo")).toEqual([]);
  });

  it("says that pods stay Pending without nodes, and saves the object with its reasons", async () => {
    const account = accountWith();
    const spec = { selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } } } };
    const attempt = create(providerOf(account), DEPLOYMENT, "web", { metadata: { name: "web" }, spec });
    await expect(attempt).rejects.toMatchObject({
      result: { id: "default/web" },
      reasons: [
        'timed out waiting for Deployment "default/web" to become ready: 0 nodes are available, its pods stay Pending',
      ],
    });
    expect(account.all(DEPLOYMENT)).toHaveLength(1);
    joinNodes(account);
    const other = await create(providerOf(account), DEPLOYMENT, "other", { metadata: { name: "other" }, spec });
    expect(other.id).toBe("default/other");
  });

  it("finds again what a crashed run made", async () => {
    const provider = providerOf(accountWith());
    await create(provider, CONFIG_MAP, "web", { metadata: { name: "web" } });
    expect(await provider.adopt?.(identity(CONFIG_MAP, "web"))).toMatchObject([{ id: "default/web" }]);
    expect(await provider.adopt?.(identity(CONFIG_MAP, "other"))).toEqual([]);
  });

  it("refuses functions that are not built", () => {
    const provider = providerOf(accountWith());
    expect(() => provider.invoke("kubernetes:helm:template", {})).toThrow(CloudError);
  });
});

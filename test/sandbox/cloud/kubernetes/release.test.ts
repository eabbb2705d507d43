/** Helm releases, and the configuration of the provider. */
import { describe, expect, it } from "vitest";
import { Account } from "../../../../sandbox/cloud/account/account";
import { kubernetesPackage } from "../../../../sandbox/cloud/kubernetes/package";
import { UNKNOWN, type PropertyMap } from "../../../../sandbox/property/values";
import { KUBECONFIG, SEED, accountWith, create, providerOf, ready, release, identity } from "./fixture";

const RELEASE = "kubernetes:helm.sh/v3:Release";

async function failuresOf(inputs: PropertyMap): Promise<string[]> {
  const { failures } = await ready().provider.check(identity(RELEASE, "r"), {}, inputs, SEED);
  return failures.map(({ property, reason }) => `${property}: ${reason}`);
}

describe("releases", () => {
  it("get namespace, timeout and a name that stays, and lose what only the SDK sends", async () => {
    const { provider } = ready();
    const news = { chart: "argo-cd", version: "10.1.1", compat: "true", resourceNames: {} };
    const { inputs } = await provider.check(identity(RELEASE, "cd"), {}, news, SEED);
    expect(inputs).toEqual({
      chart: "argo-cd",
      version: "10.1.1",
      namespace: "default",
      timeout: 300,
      name: expect.stringMatching(/^cd-[0-9a-f]{8}$/),
    });
    const again = await provider.check(identity(RELEASE, "cd"), inputs, news, new Uint8Array(32));
    expect(again.inputs.name).toBe(inputs.name);
  });

  it("tell status, services and CRDs of their chart, from any repository", async () => {
    const { provider } = ready();
    const chart = "oci://000000000000.dkr.ecr.us-east-1.amazonaws.com/charts/argo-rollouts";
    const created = await create(provider, RELEASE, "r", {
      ...release(chart, "2.41.0", "rollouts"),
      name: "r",
      createNamespace: true,
    });
    expect(created.id).toBe("rollouts/r");
    expect(created.outputs.status).toEqual({
      appVersion: "v1.9.0", chart: "argo-rollouts", name: "r", namespace: "rollouts", revision: 1, status: "deployed", version: "2.41.0",
    }); // prettier-ignore
    expect(created.outputs.resourceNames).toMatchObject({ "Service/v1": ["rollouts/argo-rollouts-metrics"] });
  });

  it("upgrade in place as the next revision; only name and namespace replace", async () => {
    const { provider } = ready();
    const inputs = release("istio-base", "1.30.3", "kube-system");
    const created = await create(provider, RELEASE, "r", inputs);
    const news = { ...inputs, values: { a: 1 } };
    expect(await provider.diff(identity(RELEASE, "r"), { ...created, inputs }, news)).toMatchObject({
      diffs: ["values"],
      replaces: [],
    });
    expect(
      await provider.diff(identity(RELEASE, "r"), { ...created, inputs }, { ...inputs, namespace: "x" }),
    ).toMatchObject({
      replaces: ["namespace"],
      deleteBeforeReplace: false,
    });
    const { outputs } = await provider.update(identity(RELEASE, "r"), { ...created, inputs }, news, false);
    expect(outputs.status).toMatchObject({ revision: 2 });
  });

  it("say of every unknown chart and version how to add it", async () => {
    expect(await failuresOf({ chart: "nginx", version: "1.0.0" })).toEqual([
      'chart: chart "nginx" is unknown; the sandbox takes its facts from sandbox/cloud/charts/inventory.yaml: ' +
        "add version, CRDs, services, webhooks, images",
    ]);
    expect(await failuresOf({ chart: "base" })).toEqual([
      'version: is missing; without it the newest chart is installed. Want "1.30.3"',
    ]);
    expect(await failuresOf({ chart: "base", version: "1.0.0", values: [1], valueYamlFiles: [] })).toEqual([
      'version: chart "istio-base" version "1.0.0" not found: the inventory has "1.30.3", and takes exact newer versions; ' +
        "for this one render the chart again and update sandbox/cloud/charts/inventory.yaml",
      "valueYamlFiles: is not built in the sandbox; pass values",
      "values: got [1], want an object of JSON values",
    ]);
    expect(await failuresOf({ chart: UNKNOWN, version: UNKNOWN })).toEqual([]);
  });

  it.each(["1.30.3-rc.1", "1.29.9", "^1.31.0", "1.31", "newest"])("refuse version %s of a chart", async (version) => {
    expect(await failuresOf({ chart: "base", version })).toEqual([
      `version: chart "istio-base" version "${version}" not found: the inventory has "1.30.3", and takes exact newer ` +
        "versions; for this one render the chart again and update sandbox/cloud/charts/inventory.yaml",
    ]);
  });

  it.each(["1.30.4", "1.31.0", "2.0.0", "1.30.10"])(
    "take version %s of a chart, and say what is assumed",
    async (version) => {
      const { provider } = ready();
      const inputs = { ...release("base", version, "default"), name: "istio-base" };
      const { failures, warnings } = await provider.check(identity(RELEASE, "r"), {}, inputs, SEED);
      expect(failures).toEqual([]);
      expect(warnings).toEqual([
        `chart version ${version} is assumed to bring the CRDs, services, webhooks and images of istio-base 1.30.3, ` +
          "and to read the same values; render it, compare, and update sandbox/cloud/charts/inventory.yaml",
      ]);
      const created = await create(provider, RELEASE, "r", inputs);
      expect(created.outputs.status).toMatchObject({ appVersion: "1.30.3", version });
      const recorded = await provider.check(identity(RELEASE, "r"), {}, { ...inputs, version: "1.30.3" }, SEED);
      expect(recorded.warnings).toEqual([]);
    },
  );

  it("need their namespace and a free name", async () => {
    const { provider } = ready();
    await expect(create(provider, RELEASE, "r", release("istio-base", "1.30.3", "istio-system"))).rejects.toThrow(
      'NotFound: release istio-system/istio-base: namespaces "istio-system" not found; make it first or set createNamespace',
    );
    await create(provider, RELEASE, "r", release("istio-base", "1.30.3", "default"));
    await expect(create(provider, RELEASE, "s", release("istio-base", "1.30.3", "default"))).rejects.toThrow(
      "AlreadyExists: release default/istio-base: cannot re-use a name that is still in use",
    );
  });

  it("with monitors need the CRDs chart first, except where the chart leaves monitors out without a word", async () => {
    const { provider } = ready();
    const monitored = { serviceMonitor: { enabled: true } };
    const rollouts = { ...release("argo-rollouts", "2.41.0", "default", { controller: { metrics: monitored } }) };
    await expect(create(provider, RELEASE, "r", rollouts)).rejects.toThrow(
      'NoKindMatch: release default/argo-rollouts: no matches for kind "ServiceMonitor" in version "monitoring.coreos.com/v1": ' +
        "release prometheus-operator-crds first",
    );
    await create(provider, RELEASE, "cd", release("argo-cd", "10.1.1", "default", monitored));
    await create(provider, RELEASE, "crds", release("prometheus-operator-crds", "31.0.1", "default"));
    expect((await create(provider, RELEASE, "r", rollouts)).id).toBe("default/argo-rollouts");
  });

  it("wait in vain without nodes, unless the chart has no pods or nobody waits", async () => {
    const provider = providerOf(accountWith());
    await create(provider, RELEASE, "crds", release("prometheus-operator-crds", "31.0.1", "default"));
    await create(provider, RELEASE, "m", { ...release("metrics-server", "3.13.1", "default"), skipAwait: true });
    const reasons = [
      'Helm release "default/argo-cd" was created, but failed to initialize completely: ' +
        "context deadline exceeded after 300 s: 0 nodes are available, its pods stay Pending",
    ];
    await expect(create(provider, RELEASE, "cd", release("argo-cd", "10.1.1", "default"))).rejects.toMatchObject({
      reasons,
    });
  });

  it("that are atomic leave nothing when they fail, and keep their last revision when an upgrade fails", async () => {
    const account = accountWith();
    const provider = providerOf(account);
    const inputs = { ...release("metrics-server", "3.13.1", "default"), atomic: true };
    const waiting = "context deadline exceeded after 300 s: 0 nodes are available, its pods stay Pending";
    await expect(create(provider, RELEASE, "m", inputs)).rejects.toThrow(
      `Timeout: release default/metrics-server failed, and has been uninstalled due to atomic being set: ${waiting}`,
    );
    expect(account.all(RELEASE)).toEqual([]);
    const created = await create(provider, RELEASE, "m", { ...inputs, skipAwait: true });
    const news = { ...inputs, namespace: "default", values: { replicas: 2 }, timeout: 300 };
    expect(() => provider.update(identity(RELEASE, "m"), { ...created, inputs }, news, false)).toThrow(
      `Timeout: release default/metrics-server failed, and has been rolled back due to atomic being set: ${waiting}`,
    );
    expect(account.all(RELEASE)[0]?.inputs).not.toMatchObject({ values: { replicas: 2 } });
  });

  it("of the gateway wait in vain without istiod, and become ready with the next update", async () => {
    const { provider } = ready();
    const inputs = release("gateway", "1.30.3", "default");
    const attempt = create(provider, RELEASE, "g", inputs);
    await expect(attempt).rejects.toMatchObject({
      reasons: [expect.stringContaining("after 300 s: its pods need istiod")],
    });
    for (const name of ["base", "istiod"]) await create(provider, RELEASE, name, release(name, "1.30.3", "default"));
    const old = { id: "default/gateway", inputs, outputs: {} };
    expect((await provider.update(identity(RELEASE, "g"), old, inputs, false)).outputs.status).toMatchObject({
      status: "deployed",
    });
  });
});

describe("releases that call AWS", () => {
  it("wait in vain until AWS knows their service account", async () => {
    const { account, provider } = ready();
    const values = { serviceAccount: { name: "lbc" } };
    const inputs = release("aws-load-balancer-controller", "3.5.0", "kube-system", values);
    await expect(create(provider, RELEASE, "lbc", { ...inputs, atomic: true })).rejects.toThrow(
      "Timeout: release kube-system/aws-load-balancer-controller failed, and has been uninstalled due to atomic being set: " +
        "context deadline exceeded after 300 s: its pods get no AWS credentials: " +
        "no Pod Identity association for service account kube-system/lbc",
    );
    const type = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
    const association = { clusterName: "demo", namespace: "kube-system", serviceAccount: "lbc" };
    account.put({ type, id: "a-1", scope: "us-east-1", urn: "", inputs: association, outputs: association });
    expect((await create(provider, RELEASE, "lbc", inputs)).id).toBe("kube-system/aws-load-balancer-controller");
  });
});

describe("configuration of the provider", () => {
  const { diffConfig } = kubernetesPackage(new Account("000000000000"));

  it("replaces everything behind it only when it leads to another cluster", () => {
    const other = KUBECONFIG.replace("0AB1", "0AB2");
    const rotated = KUBECONFIG.replace('"user":{}', '"user":{"token":"x"}');
    expect(diffConfig({ kubeconfig: KUBECONFIG }, { kubeconfig: other }).replaces).toEqual(["kubeconfig"]);
    expect(diffConfig({ kubeconfig: KUBECONFIG }, { kubeconfig: UNKNOWN }).replaces).toEqual(["kubeconfig"]);
    expect(diffConfig({ kubeconfig: KUBECONFIG }, { kubeconfig: rotated })).toMatchObject({
      changes: true,
      replaces: [],
    });
    expect(diffConfig({ namespace: "a" }, { namespace: "b" })).toMatchObject({ diffs: ["namespace"], replaces: [] });
  });
});

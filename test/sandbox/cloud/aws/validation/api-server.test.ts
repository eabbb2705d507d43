/** What a simulated API server refuses, each row of the table by its sentence. */
import { describe, expect, it } from "vitest";
import type { Account } from "../../../../../sandbox/cloud/account/account";
import { API_CHECKS, apiRules } from "../../../../../sandbox/cloud/kubernetes/api-server";
import type { PropertyMap } from "../../../../../sandbox/property/values";
import { accountWith, create, joinNodes, providerOf, release, identity } from "../../kubernetes/fixture";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const BINDING = "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding";
const APPLICATION = "kubernetes:argoproj.io/v1alpha1:Application";
const TARGET_GROUP = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/blue/1";

function readyAccount(): Account {
  const account = accountWith();
  joinNodes(account);
  const outputs = { arn: TARGET_GROUP };
  account.put({
    type: "aws:lb/targetGroup:TargetGroup",
    id: TARGET_GROUP,
    scope: "us-east-1",
    urn: "",
    inputs: {},
    outputs,
  });
  return account;
}

function named(name: string, more: PropertyMap = {}): PropertyMap {
  return { metadata: { name }, ...more };
}

async function withController(account: Account): Promise<void> {
  await create(providerOf(account), RELEASE, "lbc", release("aws-load-balancer-controller", "3.5.0", "kube-system"));
}

describe("refusals of the API server", () => {
  it("have a code, a source and a verb each", () => {
    for (const { code, source, on } of Object.values(apiRules())) {
      expect(code).toMatch(/^[A-Z][A-Za-z]+$/);
      expect(source).toMatch(/^https:\/\//);
      expect(on.length).toBeGreaterThan(0);
    }
    expect(Object.keys(apiRules())).toEqual(Object.keys(API_CHECKS));
  });

  it.each<[string, string, PropertyMap, string]>([
    [
      "a kind whose chart is not released",
      BINDING,
      named("gateway"),
      'NoKindMatch: no matches for kind "TargetGroupBinding" in version "elbv2.k8s.aws/v1beta1": release aws-load-balancer-controller first',
    ],
    [
      "a version that the chart's CRD does not serve",
      "kubernetes:external-secrets.io/v1beta1:ExternalSecret",
      named("a"),
      'NoKindMatch: no matches for kind "ExternalSecret" in version "external-secrets.io/v1beta1": no chart in sandbox/cloud/charts brings it',
    ],
    [
      "a version that Kubernetes dropped",
      "kubernetes:policy/v1beta1:PodDisruptionBudget",
      named("a"),
      'NoKindMatch: no matches for kind "PodDisruptionBudget" in version "policy/v1beta1": no chart in sandbox/cloud/charts brings it',
    ],
    [
      "a name with capitals",
      "kubernetes:core/v1:ConfigMap",
      named("Web"),
      'Invalid: configmaps "Web" is invalid: metadata.name: Invalid value: "Web": ' +
        "must be lower case letters, digits, '-' and '.', start and end with a letter or digit",
    ],
    [
      "a namespace longer than a label",
      NAMESPACE,
      named("n".repeat(64)),
      `Invalid: namespaces "${"n".repeat(64)}" is invalid: metadata.name: Invalid value: "${"n".repeat(64)}": ` +
        "must be no more than 63 characters (got 64)",
    ],
    [
      "a name longer than a subdomain",
      "kubernetes:core/v1:Secret",
      named("n".repeat(254)),
      `Invalid: secrets "${"n".repeat(254)}" is invalid: metadata.name: Invalid value: "${"n".repeat(254)}": ` +
        "must be no more than 253 characters (got 254)",
    ],
    [
      "a service whose name starts with a digit",
      "kubernetes:core/v1:Service",
      named("1web"),
      'Invalid: services "1web" is invalid: metadata.name: Invalid value: "1web": ' +
        "must be lower case letters, digits and '-', start with a letter and end with a letter or digit",
    ],
    [
      "a namespace that does not exist",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      { metadata: { name: "a", namespace: "shop" } },
      'NotFound: namespaces "shop" not found',
    ],
    [
      "a namespace that every cluster has",
      NAMESPACE,
      named("kube-system"),
      'AlreadyExists: namespaces "kube-system" already exists',
    ],
    [
      "a disruption budget that says both",
      "kubernetes:policy/v1:PodDisruptionBudget",
      named("web", { spec: { minAvailable: 1, maxUnavailable: 1 } }),
      'Invalid: PodDisruptionBudget.policy "web" is invalid: spec: minAvailable and maxUnavailable cannot be both set',
    ],
    [
      "a workload whose selector misses its own pods",
      "kubernetes:apps/v1:Deployment",
      named("web", {
        spec: { selector: { matchLabels: { app: "a" } }, template: { metadata: { labels: { app: "b" } } } },
      }),
      'Invalid: deployments.apps "web" is invalid: spec.template.metadata.labels: `selector` does not match template `labels`',
    ],
  ])("include %s", async (_what, type, inputs, message) => {
    await expect(create(providerOf(readyAccount()), type, "x", inputs)).rejects.toThrow(message);
  });

  it("include a second object of one name, but not a patch of it", async () => {
    const provider = providerOf(readyAccount());
    await create(provider, "kubernetes:core/v1:ConfigMap", "a", named("web"));
    await expect(create(provider, "kubernetes:core/v1:ConfigMap", "b", named("web"))).rejects.toThrow(
      'AlreadyExists: configmaps "default/web" already exists',
    );
  });

  it("let names of roles hold colons, and kinds exist that the program itself defines", async () => {
    const provider = providerOf(readyAccount());
    expect(
      (await create(provider, "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "a", named("app:reader"))).id,
    ).toBe("app:reader");
    const spec = { group: "example.com", names: { kind: "Widget" } };
    await create(
      provider,
      "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
      "w",
      named("widgets.example.com", { spec }),
    );
    expect((await create(provider, "kubernetes:example.com/v1:Widget", "a", named("a"))).id).toBe("default/a");
  });
});

describe("target group bindings", () => {
  const spec = { targetGroupARN: TARGET_GROUP };

  it("need the controller and an existing target group", async () => {
    const account = readyAccount();
    await withController(account);
    expect((await create(providerOf(account), BINDING, "gateway", named("gateway", { spec }))).id).toBe(
      "default/gateway",
    );
    await expect(
      create(providerOf(account), BINDING, "b", named("b", { spec: { targetGroupARN: "arn:none" } })),
    ).rejects.toThrow(
      'Forbidden: admission webhook "vtargetgroupbinding.elbv2.k8s.aws" denied the request: ' +
        "TargetGroupNotFound: target group 'arn:none' not found",
    );
  });

  it("hang when the controller goes before them, and so does their namespace", async () => {
    const account = readyAccount();
    const provider = providerOf(account);
    await withController(account);
    await create(provider, NAMESPACE, "in", named("istio-ingress"));
    const made = await create(provider, BINDING, "g", {
      metadata: { name: "gateway", namespace: "istio-ingress" },
      spec,
    });
    const known = { ...made, inputs: {} };
    await provider.delete(identity(RELEASE, "lbc"), {
      id: "kube-system/aws-load-balancer-controller",
      inputs: {},
      outputs: {},
    });
    const holds = (why: string): void => {
      const taker = `aws-load-balancer-controller takes it off and ${why}`;
      expect(() => provider.delete(identity(BINDING, "g"), known)).toThrow(
        `Timeout: timed out waiting for the condition; finalizers might be preventing deletion (elbv2.k8s.aws/resources) of targetgroupbindings.elbv2.k8s.aws "istio-ingress/gateway": ${taker}`,
      );
      expect(() => provider.delete(identity(NAMESPACE, "in"), { ...known, id: "istio-ingress" })).toThrow(
        `Timeout: timed out waiting for the condition; namespace "istio-ingress" stays in Terminating, because istio-ingress/gateway has finalizer elbv2.k8s.aws/resources: ${taker}`,
      );
    };
    const without = (type: string, why: string): void => {
      const [object] = account.all(type);
      if (object === undefined) throw new Error(`no ${type}`);
      account.remove(object);
      holds(why);
      account.put(object);
    };
    holds("is gone; delete this first, then the chart");
    await withController(account);
    without("aws:eks/addon:Addon", "finds nothing by name, because the add-on coredns is gone; delete this first");
    without("aws:eks/nodeGroup:NodeGroup", "has no node to run on; delete this first");
    const [group] = account.all("aws:eks/nodeGroup:NodeGroup");
    if (group === undefined) throw new Error("no node group");
    account.put({ ...group, inputs: { ...group.inputs, subnetIds: ["subnet-1"] } });
    holds("does not reach AWS, because the nodes have no route out of the network; delete this first");
    account.put(group);
    await provider.delete(identity(BINDING, "g"), known);
    await provider.delete(identity(NAMESPACE, "in"), { ...known, id: "istio-ingress" });
    expect(account.all(BINDING)).toEqual([]);
  });
});

describe("applications of Argo CD", () => {
  it("hang when Argo CD goes before them, if they have its finalizer", async () => {
    const account = readyAccount();
    const provider = providerOf(account);
    await create(provider, RELEASE, "argocd", { ...release("argo-cd", "10.1.1", "argocd"), createNamespace: true });
    const metadata = { name: "shop", namespace: "argocd", finalizers: ["resources-finalizer.argocd.argoproj.io"] };
    const kept = await create(provider, APPLICATION, "shop", { metadata });
    const free = await create(provider, APPLICATION, "free", { metadata: { name: "free", namespace: "argocd" } });
    await provider.delete(identity(RELEASE, "argocd"), { id: "argocd/argo-cd", inputs: {}, outputs: {} });
    expect(() => provider.delete(identity(APPLICATION, "shop"), { ...kept, inputs: {} })).toThrow(
      "Timeout: timed out waiting for the condition; finalizers might be preventing deletion (resources-finalizer.argocd.argoproj.io) " +
        'of applications.argoproj.io "argocd/shop": argo-cd takes it off and is gone; delete this first, then the chart',
    );
    await provider.delete(identity(APPLICATION, "free"), { ...free, inputs: {} });
  });
});

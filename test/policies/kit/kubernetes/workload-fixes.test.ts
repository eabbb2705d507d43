/** What a workload needs beside it is proposed where it can be shown. */
import { describe, expect, it } from "vitest";
import { budgetFor, selectOwnPods, serviceFor, addSpread } from "../../../../policies/kit/kubernetes/workload-fixes";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";

const workload = (labels: object | undefined, ports: readonly object[], selector?: object): Resource =>
  new Resource({
    type: "kubernetes:apps/v1:Deployment",
    name: "web",
    props: {
      metadata: { name: "web", namespace: "shop" },
      spec: {
        selector,
        template: { metadata: { labels }, spec: { containers: [{ name: "a" }, { name: "b", ports }] } },
      },
    },
  });
const app = { app: "web" };
const named = [{ name: "http", containerPort: 8080 }, { containerPort: 9 }];
const proposed = (one: Resource): string | undefined => serviceFor(one, "web-stable", { type: "ClusterIP" })?.text;

describe("a Service for a workload", () => {
  it("leads to its first port by name, else by number", () => {
    const service = (target: string): string =>
      "declare a Service { metadata: { name: web-stable, namespace: shop }, spec: { type: ClusterIP, " +
      `selector: { app: web }, ports: [{ name: http, port: 80, targetPort: ${target} }] } }`;
    expect(proposed(workload(app, named))).toBe(service("http"));
    expect(proposed(workload(app, named.slice(1)))).toBe(service("9"));
    expect(serviceFor(workload(app, named), "x")?.changes).toMatchObject([
      { op: "declare", object: { type: "kubernetes:core/v1:Service", name: "x" } },
    ]);
  });

  it.each([
    ["has no port", workload(app, [])],
    ["has no labels", workload(undefined, named)],
    ["has a label that no message may show", workload({ app: "a b" }, named)],
    ["has a port whose name is none", workload(app, [{ name: "My Port" }])],
  ])("is none where it %s", (_, one) => {
    expect(proposed(one)).toBeUndefined();
  });
});

describe("a budget for a workload", () => {
  const budget = (one: Resource): string => budgetFor(new Stack([one]), one).text;
  it("picks its pods by its own selector, else by their labels", () => {
    const declared = (labels: string): string =>
      "declare a PodDisruptionBudget { metadata: { name: web, namespace: shop }, spec: { maxUnavailable: 1, " +
      `unhealthyPodEvictionPolicy: AlwaysAllow, selector: { matchLabels: ${labels} } } }`;
    expect(budget(workload(app, []))).toBe(declared("{ app: web }"));
    expect(budget(workload({ ...app, tier: "x" }, [], { matchLabels: { tier: "x" } }))).toBe(declared("{ tier: x }"));
    expect(budgetFor(new Stack([]), workload(app, [])).changes).toMatchObject([
      { op: "declare", object: { type: "kubernetes:policy/v1:PodDisruptionBudget" } },
    ]);
  });

  it("is said in words where its labels may not be shown", () => {
    expect(budget(workload({ app: "a b" }, []))).toBe(
      "declare a PodDisruptionBudget with maxUnavailable: 1 and the selector of this workload",
    );
  });
});

describe("a spread of a workload", () => {
  it("counts its pods by its own selector, else by their labels", () => {
    const selector = { matchLabels: app };
    expect(selectOwnPods(workload(app, [], selector), "x").text).toBe("copy spec.selector to x");
    expect(selectOwnPods(workload(app, []), "x").text).toBe("copy spec.template.metadata.labels to x.matchLabels");
    expect(addSpread(workload(app, [], selector)).text).toBe(
      "add { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule } to " +
        "spec.template.spec.topologySpreadConstraints and copy spec.selector to " +
        "spec.template.spec.topologySpreadConstraints[0].labelSelector",
    );
  });
});

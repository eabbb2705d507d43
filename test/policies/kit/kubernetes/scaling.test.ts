/** How far down autoscalers go, whom they drive, and what they count. */
import { describe, expect, it } from "vitest";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { autoscalerOf, countedBy, leastOf, leastReplicas, targetOf } from "../../../../policies/kit/kubernetes/scaling";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;
const scaler = (type: string, spec: unknown, metadata: object = {}, links: readonly string[] = []): Resource =>
  new Resource({
    type: `kubernetes:${type}`,
    name: "scaler",
    urn: "urn:scaler",
    links: { spec: links },
    props: { metadata: { namespace: "shop", ...metadata }, spec },
  });
const own = (spec: unknown, ...links: readonly string[]): Resource =>
  scaler("autoscaling/v2:HorizontalPodAutoscaler", spec, {}, links);
const keda = (spec: unknown, metadata: object = {}): Resource =>
  scaler("keda.sh/v1alpha1:ScaledObject", spec, metadata);
const paused = { annotations: { "autoscaling.keda.sh/paused-replicas": "2" } };

describe("the fewest pods of an autoscaler", () => {
  it.each([
    ["are one by default", own({}), 1, "spec.minReplicas"],
    ["are what it says", own({ minReplicas: 3, minReplicaCount: 5 }), 3, "spec.minReplicas"],
    ["are none of KEDA's by default", keda({}), 0, "spec.minReplicaCount"],
    ["are KEDA's minimum", keda({ minReplicaCount: 3, minReplicas: 5 }), 3, "spec.minReplicaCount"],
    ["are those while nothing happens", keda({ minReplicaCount: 3, idleReplicaCount: 0 }), 0, "spec.idleReplicaCount"],
    [
      "are those at which KEDA is paused",
      keda({ minReplicaCount: 3, idleReplicaCount: 1 }, paused),
      2,
      'metadata.annotations["autoscaling.keda.sh/paused-replicas"]',
    ],
  ])("%s", (_, autoscaler, pods, path) => {
    expect(leastOf(autoscaler)).toMatchObject({ pods, field: { path } });
    expect(leastReplicas(autoscaler)).toBe(pods);
  });
});

describe("an autoscaler drives", () => {
  it.each([
    ["what it names", own({ scaleTargetRef: { kind: "Rollout", name: "web" } }), "Rollout"],
    ["nothing without a kind", own({ scaleTargetRef: { name: "web" } }), ""],
    ["a Deployment without one by KEDA", keda({ scaleTargetRef: { name: "web" } }), "Deployment"],
    ["what it names by KEDA", keda({ scaleTargetRef: { kind: "StatefulSet", name: "web" } }), "StatefulSet"],
  ])("%s", (_, autoscaler, kind) => {
    expect(targetOf(autoscaler)).toEqual({ kind, namespace: "shop", name: "web" });
  });

  const workload = new Resource({
    type: "kubernetes:apps/v1:Deployment",
    name: "web",
    urn: "urn:web",
    props: { metadata: { name: "web", namespace: "shop" } },
  });
  const driving = (kind: string, name: string): object => ({ scaleTargetRef: { kind, name } });
  const first = own(driving("Deployment", "web"));

  it.each([
    ["the workload that it names", [own(driving("Deployment", "api")), first], first],
    ["it before another that names it too", [first, own(driving("Deployment", "web"))], first],
    ["no workload of another kind", [own(driving("Rollout", "web"))], undefined],
    ["no workload beside a malformed one", [own({ scaleTargetRef: "web" })], undefined],
    ["no workload where none is in sight", [], undefined],
    ["none where a preview hides which and nothing links them", [own(UNKNOWN)], undefined],
  ])("%s", (_, autoscalers, expected) => {
    expect(autoscalerOf(new Stack([workload, ...autoscalers]), workload)).toBe(expected);
  });

  it("the workload that its spec was made from, where a preview hides its name", () => {
    const linked = own({ scaleTargetRef: UNKNOWN }, "urn:other", "urn:web");
    expect(autoscalerOf(new Stack([workload, linked]), workload)).toBe(linked);
    expect(autoscalerOf(new Stack([workload, linked, first]), workload)).toBe(first);
  });
});

describe("an autoscaler counts", () => {
  const counts = (autoscaler: Resource): readonly unknown[] =>
    countedBy(autoscaler).map(({ resource, container, field }) => [resource, container, field.path]);
  const target = { type: "Utilization", averageUtilization: 70 };
  const byContainer = { type: "ContainerResource", containerResource: { name: "cpu", container: "web", target } };

  it("CPU where it says nothing", () => {
    expect(counts(own({}))).toEqual([["cpu", undefined, "spec.metrics"]]);
    expect(counts(own({ metrics: [] }))).toEqual([]);
  });

  it.each([
    ["CPU", { type: "Resource", resource: { name: "cpu", target } }, ["cpu", undefined]],
    ["memory", { type: "Resource", resource: { name: "memory", target } }, ["memory", undefined]],
    ["one container", byContainer, ["cpu", "web"]],
    [
      "by the old form",
      { type: "Resource", resource: { name: "cpu", targetAverageUtilization: 5 } },
      ["cpu", undefined],
    ],
    ["no amount", { type: "Resource", resource: { name: "cpu", target: { type: "AverageValue" } } }, undefined],
    ["no storage", { type: "Resource", resource: { name: "storage", target } }, undefined],
    ["no metric of others", { type: "Pods", pods: { metric: { name: "cpu" } } }, undefined],
  ])("%s", (_, metric, expected) => {
    const of = metric.type === "ContainerResource" ? "containerResource" : "resource";
    const found = expected === undefined ? [] : [[...expected, `spec.metrics[0].${of}.container`]];
    expect(counts(own({ metrics: [metric] }))).toEqual(found);
  });

  it.each([
    ["CPU", { type: "cpu", metadata: { value: "60" } }, ["cpu", undefined]],
    ["CPU by its share", { type: "cpu", metricType: "Utilization" }, ["cpu", undefined]],
    ["memory of one container", { type: "memory", metadata: { containerName: "web" } }, ["memory", "web"]],
    ["CPU by the old form", { type: "cpu", metadata: { type: "Utilization" } }, ["cpu", undefined]],
    ["no amount", { type: "cpu", metricType: "AverageValue" }, undefined],
    ["no amount by the old form", { type: "cpu", metadata: { type: "AverageValue" } }, undefined],
    ["no queue", { type: "kafka", metricType: "Utilization" }, undefined],
  ])("%s by a trigger of KEDA's", (_, trigger, expected) => {
    const found = expected === undefined ? [] : [[...expected, "spec.triggers[0].metadata.containerName"]];
    expect(counts(keda({ triggers: [trigger] }))).toEqual(found);
  });
});

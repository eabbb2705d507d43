/** Workloads with the autoscalers and budgets around them. */
import { describe, expect, it } from "vitest";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { autoscalerOf, leastOf } from "../../../../policies/kit/kubernetes/scaling";
import { unknownSentinels } from "../../../../policies/kit/reading/value";
import {
  budgetsOf,
  floorOf,
  isWorkloadRefTarget,
  runTemplate,
  workloadsOf,
} from "../../../../policies/kit/kubernetes/workloads";
import { autoscaler, budget, but, deployment, rollout } from "../../support/fixtures";
import { type Given, urnOf } from "../../support/rule";
import { object } from "../../support/spec";

const [UNKNOWN] = unknownSentinels;
const made = (given: Given): Resource => new Resource({ ...given, urn: given.urn ?? urnOf(given.type, given.name) });
const shop = made(deployment);

describe("neighbours", () => {
  it.each([
    ["kind", { "spec.scaleTargetRef.kind": "StatefulSet" }],
    ["name", { "spec.scaleTargetRef.name": "other" }],
    ["namespace", { "metadata.namespace": "other" }],
  ])("an autoscaler of another %s is another's", (_what, changes) => {
    expect(autoscalerOf(new Stack([made(but(autoscaler, changes))]), shop)).toBeUndefined();
  });

  it("an autoscaler decides the floor, one where it says nothing; without it the replicas do", () => {
    const floor = (...others: readonly Given[]): number => floorOf(new Stack(others.map(made)), shop);
    expect([floor(), floor(but(autoscaler, { "spec.minReplicas": 7 }))]).toEqual([3, 7]);
    expect(floor(but(autoscaler, { "spec.minReplicas": undefined }))).toBe(1);
    expect(floorOf(new Stack([]), made(but(deployment, { "spec.replicas": undefined })))).toBe(1);
  });

  it("budgets are those whose selector picks the pods in the same namespace, or that were made from the workload", () => {
    const found = (changes: Readonly<Record<string, unknown>>, links?: Given["links"]): number =>
      budgetsOf(new Stack([made({ ...but(budget, changes), links })]), shop).length;
    expect([found({}), found({ "metadata.namespace": "other" }), found({ "spec.selector": undefined })]).toEqual([
      1, 0, 0,
    ]);
    expect([found({ "spec.selector": UNKNOWN }), found({ "spec.selector": UNKNOWN }, { spec: [shop.urn] })]).toEqual([
      0, 1,
    ]);
  });

  it("a malformed autoscaler or budget belongs to nobody", () => {
    const stack = new Stack([but(autoscaler, { "spec.scaleTargetRef": 7 }), but(budget, { spec: 7 })].map(made));
    expect([autoscalerOf(stack, shop), budgetsOf(stack, shop)]).toEqual([undefined, []]);
  });

  it("an autoscaler that a preview hides drives what its spec was made from", () => {
    const hidden = made({ ...but(autoscaler, { spec: UNKNOWN }), links: { spec: [shop.urn] } });
    expect(autoscalerOf(new Stack([hidden]), shop)).toBe(hidden);
    expect(autoscalerOf(new Stack([made(but(autoscaler, { spec: UNKNOWN }))]), shop)).toBeUndefined();
  });
});

const scaled = object("keda.sh/v1alpha1:ScaledObject", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { scaleTargetRef: { name: "shop" }, minReplicaCount: 3 },
});

describe("KEDA", () => {
  it("drives a Deployment where it names no kind, and keeps none where it says nothing", () => {
    expect(autoscalerOf(new Stack([made(scaled)]), shop)?.name).toBe("shop");
    const other = but(scaled, { "spec.scaleTargetRef.kind": "Rollout" });
    expect(autoscalerOf(new Stack([made(other)]), shop)).toBeUndefined();
    const least = (changes: Readonly<Record<string, unknown>>): unknown => {
      const { field, pods } = leastOf(made(but(scaled, changes)));
      return [field.path, pods];
    };
    expect(least({})).toEqual(["spec.minReplicaCount", 3]);
    expect(least({ "spec.minReplicaCount": undefined })).toEqual(["spec.minReplicaCount", 0]);
    expect(least({ "spec.idleReplicaCount": 0 })).toEqual(["spec.idleReplicaCount", 0]);
    const paused = { "metadata.annotations": { "autoscaling.keda.sh/paused-replicas": "1" } };
    expect(least(paused)).toEqual(['metadata.annotations["autoscaling.keda.sh/paused-replicas"]', 1]);
  });
});

const referring = but(rollout, {
  "spec.template": undefined,
  "spec.workloadRef": { apiVersion: "apps/v1", kind: "Deployment", name: "shop" },
});

describe("a rollout with workloadRef", () => {
  const stackOf = (deploymentChanges: object, scaleDown?: string): Stack =>
    new Stack([
      made(but(deployment, deploymentChanges as Record<string, unknown>)),
      made(but(referring, { "spec.workloadRef.scaleDown": scaleDown })),
    ]);

  it.each([
    ["at none", { "spec.replicas": 0 }, undefined, true],
    ["that goes down on success", {}, "onsuccess", true],
    ["that goes down step by step", {}, "progressively", true],
    ["that keeps its pods", {}, "never", false],
    ["about which nothing is said", {}, undefined, false],
    ["of another name", { "metadata.name": "other", "spec.replicas": 0 }, "onsuccess", false],
    ["of another namespace", { "metadata.namespace": "other", "spec.replicas": 0 }, "onsuccess", false],
  ] as const)("runs the pods of a Deployment %s", (_name, changes, scaleDown, isTarget) => {
    const stack = stackOf(changes, scaleDown);
    const [first] = stack.resources;
    expect(isWorkloadRefTarget(stack, first as Resource)).toBe(isTarget);
    expect(workloadsOf(stack)).toHaveLength(isTarget ? 1 : 2);
  });

  it("has the labels of its workloadRef, and none where that is out of sight", () => {
    const stack = stackOf({ "spec.replicas": 0 });
    const [, second] = stack.resources;
    expect(
      runTemplate(stack, second as Resource)
        .at("metadata", "labels", "app")
        .text(),
    ).toBe("shop");
    expect(runTemplate(new Stack([]), second as Resource).isSet()).toBe(false);
  });
});

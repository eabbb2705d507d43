/** Objects that cannot stand in one cluster together are judged in worlds of their own, and kinds of no rule are named. */
import { describe, expect, it } from "vitest";
import { Resource, Stack } from "../../../policies/kit/reading/resource";
import type { Rule } from "../../../policies/kit/rule/rule";
import { rules } from "../../../policies/rules";
import { uncheckedOf } from "../../../policies/manifests/unchecked";
import { type Batch, clustersOf } from "../../../policies/manifests/clusters";

const object = (name: string, urn: string, metadata: unknown = { name }, type = "kubernetes:core/v1:Pod"): Resource =>
  new Resource({ type, name, urn, props: { metadata } });
const batch = (...resources: readonly Resource[]): Batch => ({ resources, problems: [] });
const urns = (...batches: readonly Batch[]): readonly (readonly string[])[] =>
  clustersOf(batches).map((cluster) => cluster.map(({ urn }) => urn));

describe("worlds", () => {
  const plain = batch(object("shared", "plain"));

  it("are one where nothing was rendered, or nothing stands twice", () => {
    expect(urns()).toEqual([[]]);
    expect(urns(plain)).toEqual([["plain"]]);
    expect(urns(plain, batch(object("a", "a")), batch(object("b", "b")))).toEqual([["plain", "a", "b"]]);
    expect(urns(batch(), batch(object("a", "a")))).toEqual([["a"]]);
  });

  it("are as many as there are folders with the same object, each with the plain files", () => {
    const prod = batch(object("shop", "prod"), object("extra", "extra"));
    expect(urns(plain, batch(object("shop", "dev")), prod, batch(object("chart", "chart")))).toEqual([
      ["plain", "dev", "chart"],
      ["plain", "prod", "extra"],
    ]);
    expect(urns(plain, batch(object("shared", "rendered")))).toEqual([["plain", "rendered"]]);
    expect(urns(plain, batch(object("a", "a")), batch(object("shared", "again")))).toEqual([
      ["plain", "a"],
      ["plain", "again"],
    ]);
  });

  it("tell objects apart by kind, namespace and name, and one that cannot be read by its place", () => {
    const service = object("shop", "service", { name: "shop" }, "kubernetes:core/v1:Service");
    const other = object("shop", "other", { name: "shop", namespace: "other" });
    expect(urns(batch(), batch(object("shop", "a")), batch(service), batch(other))).toEqual([
      ["a", "service", "other"],
    ]);
    const broken = (urn: string): Batch => batch(object("shop", urn, "broken"));
    expect(urns(batch(), broken("x"), broken("y"))).toEqual([["x", "y"]]);
    expect(urns(batch(), broken("x"), broken("x"))).toEqual([["x"], ["x"]]);
  });
});

describe("objects that no rule looked at", () => {
  const type = "kubernetes:example.com/v1:Widget";
  const widgets = ["a", "b"].map((name) => object(name, name, { name }, type));
  const named = (kinds: "any" | readonly string[], scope: Rule["scope"]): Rule =>
    ({ ...rules[0], resourceTypes: kinds, scope }) as Rule;
  const left = (given: readonly Rule[], clusters: readonly Stack[] = []): unknown =>
    uncheckedOf(widgets, given, clusters);

  it("are named by kind", () => {
    const gadget = object("g", "g", { name: "g" }, "kubernetes:example.com/v1:Gadget");
    expect(uncheckedOf([...widgets, gadget], [], [])).toEqual([
      { type, names: ["a", "b"] },
      { type: "kubernetes:example.com/v1:Gadget", names: ["g"] },
    ]);
  });

  it("are none that a rule about single objects names, or that a rule about all of them asked for", () => {
    const resourceType = "kubernetes:example.com:Widget";
    expect(left([named([resourceType], "resource")])).toEqual([]);
    expect(left([named("any", "resource"), named([resourceType], "stack")])).toEqual([{ type, names: ["a", "b"] }]);
    const stack = new Stack(widgets);
    expect(left([], [stack])).toEqual([{ type, names: ["a", "b"] }]);
    stack.of(resourceType);
    expect(left([], [stack])).toEqual([]);
  });

  it("are none that bring pods, and those whose pods cannot be read", () => {
    const pods = (spec: unknown): Resource =>
      new Resource({ type: "kubernetes:core/v1:Pod", name: "p", props: { spec } });
    expect(uncheckedOf([pods({ containers: [] })], [], [])).toEqual([]);
    const list = new Resource({
      type: "kubernetes:argoproj.io/v1alpha1:Workflow",
      name: "w",
      props: { spec: "broken" },
    });
    expect(uncheckedOf([list], [], [])).toEqual([{ type: list.token, names: ["w"] }]);
  });
});

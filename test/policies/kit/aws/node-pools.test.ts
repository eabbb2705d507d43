/** Node groups of one cluster with equal labels are one pool; what a preview hides may belong to any. */
import { describe, expect, it } from "vitest";
import { unknownValue, violation } from "../../../../policies/kit/finding/finding";
import { unknownGroups, nodePools, unlessUnknown } from "../../../../policies/kit/aws/node-pools";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;
const group = (name: string, props: object, given: object = { urn: `urn:${name}` }): Resource =>
  new Resource({ type: "aws:eks/nodeGroup:NodeGroup", name, props, ...given });
const pools = (...groups: readonly Resource[]): readonly (readonly string[])[] =>
  nodePools(new Stack(groups)).map((pool) => pool.map(({ name }) => name));

describe("node pools", () => {
  it("are groups with the same labels in whatever order, of one cluster", () => {
    expect(
      pools(
        group("a", { clusterName: "one", labels: { pool: "apps", size: "l" } }),
        group("b", { clusterName: "one", labels: { size: "l", pool: "apps" } }),
        group("c", { clusterName: "two", labels: { pool: "apps", size: "l" } }),
        group("d", { clusterName: "one", labels: { pool: "apps", size: "m" } }),
      ),
    ).toEqual([["a", "b"], ["c"], ["d"]]);
  });

  it("are told apart by what the cluster's name was made from, where it is not known", () => {
    const of = (name: string, cluster: string): Resource =>
      group(name, { clusterName: UNKNOWN, labels: { pool: "apps" } }, { links: { clusterName: [cluster] } });
    expect(pools(of("a", "urn:one"), of("b", "urn:one"), of("c", "urn:two"))).toEqual([["a", "b"], ["c"]]);
  });

  it("without labels, or with labels that are hidden, are alone, by name where nothing else tells them apart", () => {
    expect(pools(group("a", {}), group("b", {}))).toEqual([["a"], ["b"]]);
    expect(pools(group("a", {}, {}), group("b", {}, {}))).toEqual([["a"], ["b"]]);
    expect(pools(group("a", {}), group("a", {}, { urn: "urn:other" }))).toEqual([["a"], ["a"]]);
    expect(pools(group("a", { labels: UNKNOWN }, {}), group("b", { labels: UNKNOWN }, {}))).toEqual([["a"], ["b"]]);
    expect(pools(group("a", { labels: UNKNOWN }), group("a", { labels: UNKNOWN }, { urn: "urn:other" }))).toEqual([
      ["a"],
      ["a"],
    ]);
  });
});

describe("a group whose labels a preview hides", () => {
  const hidden = group("hidden", { labels: UNKNOWN });
  const known = group("known", { labels: { pool: "apps" } });
  const fault = violation(known, { got: "one zone", expected: "two", fix: "add one" });

  it("is found", () => {
    expect(unknownGroups(new Stack([known, hidden]))).toEqual([hidden]);
  });

  it("leaves open what is found about any pool", () => {
    const left = unknownValue(known, "subnetIds");
    expect([...unlessUnknown([], "labels", [fault, left])]).toEqual([fault, left]);
    for (const place of ["labels", "tags"] as const)
      expect([...unlessUnknown([hidden], place, [fault, left])]).toEqual([unknownValue(hidden, place), left]);
  });
});

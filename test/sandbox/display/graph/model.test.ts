/** What the picture shows of a state or plan. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGraph, reduce } from "../../../../sandbox/display/graph/model";
import { fromPlan, fromState, type GraphResource } from "../../../../sandbox/display/graph/source";
import { platform } from "./platform-fixture";

const resource = (urn: string, more: Partial<GraphResource> = {}): GraphResource => ({
  urn,
  type: "aws:ec2/vpc:Vpc",
  custom: true,
  dependencies: [],
  ...more,
});

/** Everything that is reachable, direct or not. */
function closure(needs: ReadonlyMap<string, ReadonlySet<string>>, start: string): Set<string> {
  const seen = new Set<string>();
  const visit = (node: string): void =>
    needs.get(node)?.forEach((next) => {
      if (!seen.has(next)) visit((seen.add(next), next));
    });
  visit(start);
  return seen;
}

/** Acyclic by construction: a node needs only nodes of smaller number. */
const acyclic = fc.array(fc.array(fc.nat(11), { maxLength: 6 }), { maxLength: 12 }).map((rows) => {
  const needsOf = (row: readonly number[], node: number) => new Set(row.filter((other) => other < node).map(String));
  return new Map(rows.map((row, node) => [String(node), needsOf(row, node)]));
});

describe("transitive reduction", () => {
  it("keeps everything reachable and nothing that follows from the rest", () => {
    fc.assert(
      fc.property(acyclic, (needs) => {
        const reduced = reduce(needs);
        for (const [node, direct] of reduced) {
          expect(closure(reduced, node)).toEqual(closure(needs, node));
          for (const need of direct) {
            const others = new Map([...reduced, [node, new Set([...direct].filter((other) => other !== need))]]);
            expect(closure(others, node).has(need)).toBe(false);
          }
        }
      }),
    );
  });
});

describe("the picture", () => {
  it("frames components, nested as they are, and puts children of resources beside them", () => {
    const graph = buildGraph([
      resource("stack", { type: "pulumi:pulumi:Stack", custom: false }),
      resource("outer", { custom: false, parent: "stack" }),
      resource("inner", { custom: false, parent: "outer" }),
      resource("a", { parent: "inner" }),
      resource("child of a", { parent: "a" }),
      resource("lonely", { parent: "stack" }),
    ]);
    expect(graph.nodes.map(({ urn }) => urn)).toEqual(["lonely"]);
    expect(graph.frames[0]?.frames[0]?.nodes.map(({ urn }) => urn)).toEqual(["a", "child of a"]);
    expect(graph.edges).toEqual([{ from: "a", to: "child of a" }]);
  });

  it("turns a need for a component into needs for all it consists of", () => {
    const graph = buildGraph([
      resource("c", { custom: false }),
      resource("one", { parent: "c" }),
      resource("two", { parent: "c", dependencies: ["one"] }),
      resource("user", { dependencies: ["c"] }),
    ]);
    expect(graph.edges).toEqual([
      { from: "one", to: "two" },
      { from: "two", to: "user" },
    ]);
  });

  it("draws one arrow from a component's frame where several of its parts would have one each", () => {
    const graph = buildGraph([
      resource("c", { custom: false }),
      resource("one", { parent: "c" }),
      resource("two", { parent: "c" }),
      resource("user", { dependencies: ["c"] }),
    ]);
    expect(graph.edges).toEqual([{ from: "one", to: "user", frame: "c" }]);
  });

  it("draws one arrow from the outermost frame where a box needs more than three of its parts, from the last that is made", () => {
    const parts = ["one", "two", "three", "four"];
    const needing = (...dependencies: readonly string[]) =>
      buildGraph([
        resource("c", { custom: false }),
        resource("inner", { custom: false, parent: "c" }),
        resource("base", { parent: "c" }),
        ...parts.map((urn) => resource(urn, { parent: "inner", dependencies: urn === "three" ? ["base"] : [] })),
        resource("pool", { custom: false }),
        resource("user", { parent: "pool", dependencies }),
        resource("beside", { parent: "c", dependencies }),
      ]).edges.filter(({ to }) => to !== "three");
    expect(needing(...parts)).toEqual([
      { from: "three", to: "beside", frame: "inner" },
      { from: "three", to: "user", frame: "c" },
    ]);
    expect(needing("one", "two", "three").filter(({ to }) => to === "user")).toEqual([
      { from: "one", to: "user" },
      { from: "three", to: "user" },
      { from: "two", to: "user" },
    ]);
  });

  it("draws a provider that waits for something, and leaves out one that does not", () => {
    const graph = buildGraph([
      resource("aws", { type: "pulumi:providers:aws" }),
      resource("cluster", { provider: "aws" }),
      resource("k8s", { type: "pulumi:providers:kubernetes", dependencies: ["cluster"] }),
      resource("app", { type: "kubernetes:core/v1:Namespace", provider: "k8s" }),
    ]);
    expect(graph.nodes.map(({ urn }) => urn)).toEqual(["app", "cluster", "k8s"]);
    expect(graph.edges).toEqual([
      { from: "k8s", to: "app" },
      { from: "cluster", to: "k8s" },
    ]);
  });

  it("shows every resource of a platform once", () => {
    const graph = buildGraph(platform());
    const count = ({
      nodes,
      frames,
    }: {
      nodes: readonly unknown[];
      frames: readonly (typeof graph.frames)[number][];
    }): number => nodes.length + frames.reduce((sum, frame) => sum + count(frame), 0);
    const custom = platform().filter((row) => row.custom && row.type !== "pulumi:providers:aws");
    expect(count(graph)).toBe(custom.length);
  });
});

describe("sources", () => {
  const row = {
    urn: "u",
    type: "aws:ec2/vpc:Vpc",
    custom: true,
    parent: "p",
    dependencies: ["d"],
    provider: "pu::id-1",
  };
  const read = { urn: "u", type: "aws:ec2/vpc:Vpc", custom: true, parent: "p", dependencies: ["d"], provider: "pu" };

  it("read a state, without what is about to be deleted", () => {
    expect(fromState({ version: 3, deployment: { resources: [row, { ...row, delete: true }] } })).toEqual([read]);
  });

  it("read a plan, without what it deletes", () => {
    const steps = [
      { op: "create", urn: "u", newState: row, detailedDiff: null },
      { op: "delete", urn: "gone", oldState: row, detailedDiff: null },
    ] as const;
    expect(fromPlan({ steps })).toEqual([read]);
  });

  it("find nothing in what is no state", () => {
    expect(fromState({})).toEqual([]);
    expect(fromState([])).toEqual([]);
  });
});

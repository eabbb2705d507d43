/** No two files and no two folders import each other, however long the way round: each can be read without the other. */
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { type Graph, importGraph } from "../../tools/docs/house/imports";

/** The graph of the folders of these files, each folder apart from the folders in it. */
function byFolder(graph: Graph): Graph {
  const folders = new Map<string, Set<string>>();
  for (const [file, targets] of graph) {
    const from = posix.dirname(file);
    const all = folders.get(from) ?? new Set();
    for (const target of targets) if (posix.dirname(target) !== from) all.add(posix.dirname(target));
    folders.set(from, all);
  }
  return folders;
}

/** One way round for each node that can reach itself, from the smallest name on. */
function circles(graph: Graph): string[] {
  const found = new Set<string>();
  for (const start of [...graph.keys()].sort()) {
    const way = wayBack(graph, start);
    if (way !== undefined && way.every((node) => node >= start)) found.add([...way, start].join(" -> "));
  }
  return [...found];
}

function wayBack(graph: Graph, start: string): string[] | undefined {
  const seen = new Set<string>();
  const queue: string[][] = [[start]];
  for (let way = queue.shift(); way !== undefined; way = queue.shift()) {
    for (const next of graph.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return way;
      if (!seen.has(next)) queue.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

describe("the product's imports", () => {
  const graph = importGraph();

  it("are found at all", () => {
    expect(graph.get("cli/verbs/up.ts")).toContain("cli/stack/foundation.ts");
  });

  it("form no circle of files", () => {
    expect(circles(graph)).toEqual([]);
  });

  it("form no circle of folders", () => {
    expect(circles(byFolder(graph))).toEqual([]);
  });
});

describe("the search for circles", () => {
  const graphOf = (edges: Record<string, string[]>): Graph =>
    new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)]));

  it("names the shortest way round once", () => {
    expect(circles(graphOf({ a: ["b"], b: ["c", "d"], c: ["a"], d: ["c"] }))).toEqual(["a -> b -> c -> a"]);
  });

  it("lets two ways to the same file pass", () => {
    expect(circles(graphOf({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] }))).toEqual([]);
  });

  it("sees two folders whose files import each other without a circle of files", () => {
    const graph = graphOf({ "x/a": ["y/b"], "y/b": [], "y/c": ["x/d"], "x/d": [] });
    expect(circles(graph)).toEqual([]);
    expect(circles(byFolder(graph))).toEqual(["x -> y -> x"]);
  });
});

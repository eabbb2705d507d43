/** The picture as DOT and SVG. */
import { describe, expect, it } from "vitest";
import { toDot, wrap } from "../../../../sandbox/display/graph/dot";
import { drawGraph } from "../../../../sandbox/display/graph/draw";
import { buildGraph } from "../../../../sandbox/display/graph/model";
import { familiesOf } from "../../../../sandbox/display/graph/palette";
import { platform } from "./platform-fixture";

describe("long names", () => {
  it("are broken after dashes and before capitals, and lose no character", () => {
    expect(wrap("blue-system-AmazonEC2ContainerRegistryPullOnly", 22)).toEqual([
      "blue-system-AmazonEC2",
      "ContainerRegistryPull",
      "Only",
    ]);
    expect(wrap("short", 22)).toEqual(["short"]);
    expect(wrap("abcdefghijklmnopqrstuvwxyz0123", 22)).toEqual(["abcdefghijklmnopqrstuvwxyz0123"]);
  });
});

describe("the drawing", () => {
  it("is an SVG with a title for every resource, a frame for every component and the legend", async () => {
    const graph = buildGraph(platform());
    const svg = await drawGraph(platform(), "fridayproof <dev>", "resource");
    expect(svg).toContain("fridayproof &lt;dev&gt;");
    expect(svg.match(/class="node"/g)).toHaveLength(platform().filter((row) => row.custom).length - 1);
    expect(svg.match(/class="cluster"/g)).toHaveLength(platform().filter((row) => !row.custom).length - 1);
    expect(svg.match(/class="edge"/g)).toHaveLength(graph.edges.length);
    for (const { label } of familiesOf(platform().map(({ type }) => type))) expect(svg).toContain(label);
  });

  it("survives names that mean something to Graphviz and to XML", async () => {
    const urn = 'urn:pulumi:dev::p::a:b:C::say "hi" <b> \\ & {x}';
    const svg = await drawGraph([{ urn, type: "a:b:C", custom: true, dependencies: [] }], "t", "resource");
    expect(svg).toContain("say &quot;hi&quot; &lt;b&gt; \\ &amp; {x}");
  });

  it("is the same for the same resources in whatever order", () => {
    const backwards = [...platform()]
      .reverse()
      .map((row) => ({ ...row, dependencies: [...row.dependencies].reverse() }));
    expect(toDot(buildGraph(backwards), "t")).toBe(toDot(buildGraph(platform()), "t"));
  });
});

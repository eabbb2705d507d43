/** The picture of components: a box each, and an arrow where one needs another. */
import { describe, expect, it } from "vitest";
import { componentDot } from "../../../../sandbox/display/graph/component-dot";
import { componentGraph } from "../../../../sandbox/display/graph/components";
import { drawGraph } from "../../../../sandbox/display/graph/draw";
import type { GraphResource } from "../../../../sandbox/display/graph/source";
import { platform } from "./platform-fixture";

const resource = (urn: string, more: Partial<GraphResource> = {}): GraphResource => ({
  urn,
  type: "aws:ec2/vpc:Vpc",
  custom: true,
  dependencies: [],
  ...more,
});
const component = (urn: string, more: Partial<GraphResource> = {}): GraphResource =>
  resource(urn, { type: "a:b:Part", custom: false, ...more });

describe("the picture of components", () => {
  it("counts what is in each, however deep, and leaves out the stack", () => {
    const { boxes, edges } = componentGraph([
      component("stack", { type: "pulumi:pulumi:Stack" }),
      component("outer", { parent: "stack" }),
      component("inner", { parent: "outer" }),
      resource("one", { parent: "inner" }),
      resource("two", { parent: "one" }),
      resource("lonely", { parent: "stack" }),
    ]);
    expect(boxes.map(({ urn, resources }) => [urn, resources])).toEqual([
      ["outer", 2],
      ["lonely", 1],
    ]);
    expect(edges).toEqual([]);
  });

  it("has an arrow where a part of one needs a part of another, unless it follows from others", () => {
    const { edges } = componentGraph([
      component("a"),
      component("b"),
      component("c"),
      resource("in a", { parent: "a" }),
      resource("in b", { parent: "b", dependencies: ["in a"] }),
      resource("in c", { parent: "c", dependencies: ["in a", "in b"] }),
    ]);
    expect(edges).toEqual([
      { from: "a", to: "b" },
      { from: "b", to: "c" },
    ]);
  });

  it("has no box for a provider, and an arrow from what the provider waits for", () => {
    const { boxes, edges } = componentGraph([
      component("cluster"),
      resource("api", { parent: "cluster" }),
      resource("k8s", { type: "pulumi:providers:kubernetes", dependencies: ["api"] }),
      component("apps"),
      resource("app", { parent: "apps", provider: "k8s" }),
    ]);
    expect(boxes.map(({ urn }) => urn)).toEqual(["cluster", "apps"]);
    expect(edges).toEqual([{ from: "cluster", to: "apps" }]);
  });

  it("keeps both arrows where each of two needs the other", () => {
    const { edges } = componentGraph([
      component("a"),
      component("b"),
      resource("first", { parent: "a" }),
      resource("second", { parent: "b", dependencies: ["first"] }),
      resource("third", { parent: "a", dependencies: ["second"] }),
    ]);
    expect(edges).toEqual([
      { from: "b", to: "a" },
      { from: "a", to: "b" },
    ]);
  });

  it("has the colour of what most of a component is", () => {
    const { boxes } = componentGraph([
      component("a"),
      resource("role", { parent: "a", type: "aws:iam/role:Role" }),
      resource("vpc", { parent: "a" }),
      resource("subnet", { parent: "a", type: "aws:ec2/subnet:Subnet" }),
    ]);
    expect(boxes.map(({ mostly }) => mostly)).toEqual(["aws:ec2/subnet:Subnet"]);
  });

  it("counts a platform's resources once, without providers", () => {
    const custom = platform().filter(({ custom: real, type }) => real && !type.startsWith("pulumi:providers:"));
    const { boxes } = componentGraph(platform());
    expect(boxes.reduce((sum, { resources }) => sum + resources, 0)).toBe(custom.length);
  });

  it("is an SVG with a box for each, whose legend says how to read it", async () => {
    const { boxes, edges } = componentGraph(platform());
    const svg = await drawGraph(platform(), "fridayproof <dev>", "component");
    expect(svg.match(/class="node"/g)).toHaveLength(boxes.length);
    expect(svg.match(/class="edge"/g)).toHaveLength(edges.length);
    expect(svg).toContain("fridayproof &lt;dev&gt;");
    expect(svg).toContain("An arrow leads from what is made first to what needs it;");
  });

  it("is the same for the same resources in whatever order", () => {
    expect(componentDot(componentGraph([...platform()].reverse()), "t")).toBe(
      componentDot(componentGraph(platform()), "t"),
    );
  });
});

/**
 * The pages of docs/components/ say what the components are, and their examples run. After a change of a component, its
 * comments or its example: `make update`.
 */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Component } from "../../tools/docs/component-docs/component";
import { componentPages, exampledSources, platformComponents, writtenProblems } from "../../tools/docs/component-docs";
import type { Graph, GraphResource } from "../support/graph";
import { expectRecorded } from "../support/recording";
import { type Example, examplePlatform } from "./platform";
import { resourcesIn, urnOf } from "./resources";

const components = platformComponents();
let graphs: readonly Graph[];
let examples: readonly Example[];

beforeAll(async () => {
  ({ graphs, components: examples } = await examplePlatform());
});

/** The component that the example makes, not one that is part of another. */
function made({ token }: Component): readonly { readonly graph: Graph; readonly root: GraphResource }[] {
  return graphs.flatMap((graph) => {
    const stacks = graph.ofType("pulumi:pulumi:Stack").map(({ urn }) => urn as string);
    const roots = graph.ofType(token).filter(({ parent = "" }) => stacks.includes(parent));
    return roots.map((root) => ({ graph, root }));
  });
}

function below(graph: Graph, urn: string): readonly GraphResource[] {
  return graph.children(urn).flatMap((child) => [child, ...below(graph, child.urn)]);
}

function createdBy(component: Component): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { graph, root } of made(component))
    for (const { type } of below(graph, root.urn)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

describe("the examples", () => {
  it.each(components.map((component) => [component.name, component] as const))(
    "of %s makes exactly one, with something in it",
    (_name, component) => {
      expect(made(component)).toHaveLength(1);
      expect(Object.keys(createdBy(component))).not.toEqual([]);
    },
  );

  it.each(components.map((component) => [component.name, component] as const))(
    "of %s lead by nodes to resources of its own, each once, and nothing else",
    async (name, component) => {
      const example = examples.find((each) => each.constructor.name === name);
      if (example === undefined) throw new Error(`no example of ${name}`);
      const nodes = await Promise.all(resourcesIn(example.nodes).map(urnOf));
      const own = made(component).flatMap(({ graph, root }) => below(graph, root.urn).map(({ urn }) => urn as string));
      expect(nodes.length).toBeGreaterThan(0);
      expect(nodes).toEqual([...new Set(nodes)]);
      expect(nodes.filter((urn) => !own.includes(urn))).toEqual([]);
      // A stack that exports the component would export what is enumerable of it.
      expect(Object.keys(example)).not.toContain("nodes");
    },
  );

  it("come up together without a warning of the simulated account, which refuses what AWS does", () => {
    expect(graphs.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    expect(graphs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  });
});

describe("the pages", () => {
  it("exist for every component and no other, with every heading, and every argument is described", () => {
    expect(writtenProblems(components)).toEqual([]);
  });

  it("say what the code says", () => {
    const pages = componentPages(components, createdBy);
    for (const [file, text] of pages) expectRecorded(file, text);
  });

  it("have the example that the class's own comment has", () => {
    for (const [file, text] of exampledSources(components)) expectRecorded(file, text);
  });

  it("lead to files that exist", () => {
    const dead = [...componentPages(components, createdBy)].flatMap(([file, text]) =>
      [...text.matchAll(/\]\(([^)#:]+)\)/g)]
        .map(([, target = ""]) => path.join(path.dirname(file), target))
        .filter((target) => !existsSync(target))
        .map((target) => `${file}: ${target}`),
    );
    expect(dead).toEqual([]);
  });
});

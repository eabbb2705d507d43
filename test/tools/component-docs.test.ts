/** What the component pages' generator reads of a source, and what it finds wrong with sources and pages. */
import { describe, expect, it } from "vitest";
import { argumentProblems } from "../../tools/docs/component-docs/arguments";
import { type Component, componentsOf } from "../../tools/docs/component-docs/component";
import { HEADINGS, pageProblems, purposeOf, renderPage, replacePart } from "../../tools/docs/component-docs/page";
import { readSources } from "../../tools/docs/component-docs/source";

const FILE = "/platform/components/harbour/pier.ts";

function component(args: string, more = ""): Component {
  const text = `
    import * as pulumi from "@pulumi/pulumi";
    ${more}
    export interface PierArgs {
      ${args}
    }
    export interface PierNodes {
      /** What it
       * stands on. */
      readonly poles: readonly aws.Pole[];
    }
    /** Where ships land. */
    export class Pier extends pulumi.ComponentResource {
      /** Where it is. */
      public readonly place: pulumi.Output<string>;
      private readonly hidden = 1;
      readonly #nodes = {};
      /** Raw resources. */
      public get nodes(): PierNodes { return {}; }
      /** @throws ProblemsError when it would
       * sink. */
      constructor(name: string, args: PierArgs) { super("fridayproof:harbour:Pier", name, {}); }
    }
    export class Helper {}`;
  const [first] = componentsOf(readSources(new Map([[FILE, text]])));
  if (first === undefined) throw new Error("no component was found");
  return first;
}

const row = (args: string, more = "") => component(args, more).arguments[0];

describe("a component", () => {
  it("is told by its class, with token, public fields and what it throws", () => {
    const { arguments: _, ...rest } = component("");
    expect(rest).toEqual({
      name: "Pier",
      page: "pier",
      folder: "harbour",
      token: "fridayproof:harbour:Pier",
      outputs: [{ name: "place", type: "pulumi.Output<string>", description: "Where it is." }],
      nodes: [{ name: "poles", type: "readonly aws.Pole[]", description: "What it stands on." }],
      throws: "ProblemsError when it would sink.",
    });
  });
});

describe("an argument", () => {
  it("has the words of its comment on one line, its unit and its default", () => {
    expect(
      row("/** How long\n * it is, see {@link Pier}. @unit metres @default 20 */ readonly length?: number;"),
    ).toEqual({
      path: "length",
      type: "number",
      words: [],
      numeric: true,
      optional: true,
      unit: "metres",
      fallback: "20",
      description: "How long it is, see `Pier`.",
    });
  });

  it("that takes words names them, in lists too", () => {
    const more = 'type Wood = "oak" | "pine";';
    expect(row("readonly woods?: readonly Wood[];", more)?.words).toEqual(["oak", "pine"]);
    expect(row("readonly open: boolean;")?.words).toEqual([]);
  });

  it("is numeric where a number may stand inside of it", () => {
    const numeric = (type: string) => row(`readonly x: ${type};`)?.numeric;
    for (const type of ["number", "number | string", "readonly number[]", 'Readonly<Record<"a" | "b", number>>'])
      expect(numeric(type), type).toBe(true);
    for (const type of ["string", "boolean", "pulumi.Input<string>", "Readonly<Record<string, string>>"])
      expect(numeric(type), type).toBe(false);
  });

  it("is followed by what its lists, records and joined types consist of", () => {
    const more = `
      interface Plank { /** Long. */ readonly length: string; readonly nails: readonly Nail[] }
      interface Nail { readonly head: Head }
      interface Head { readonly size: string }
      interface Sea {
        /** Of the sea. */ readonly name: string; readonly depth: string }
      interface Land {
        /** Of the land. */ readonly name: string }`;
    const args = `
      readonly planks: readonly Plank[];
      readonly posts?: Readonly<Record<"left" | "right", Plank>>;
      readonly where: Land & Omit<Sea, "depth">;
      readonly "on-top": Head;`;
    const rows = component(args, more).arguments;
    expect(rows.map(({ path }) => path)).toEqual([
      "planks",
      "planks[].length",
      "planks[].nails",
      "planks[].nails[].head",
      "posts",
      "posts.*.length",
      "posts.*.nails",
      "posts.*.nails[].head",
      "where",
      "where.name",
      '"on-top"',
      '"on-top".size',
    ]);
    expect(rows.find(({ path }) => path === "where.name")?.description).toBe("Of the land.");
  });

  it("that says too little is told, all at once", () => {
    const { name, arguments: rows } = component("readonly depth?: number;\n/** Its name. */ readonly name: string;");
    expect(argumentProblems(name, rows)).toEqual([
      "PierArgs.depth: needs a doc comment",
      "PierArgs.depth: needs @unit, such as days: it is a number",
      "PierArgs.depth: needs @default: it can be left out",
    ]);
  });
});

const marks = (part: string) => `<!-- generated:${part} -->\n<!-- /generated:${part} -->`;
const PAGE = `# Pier

${marks("head")}

## Purpose

Ships land at it,
day and night. It floats.

## The outage it prevents

Ships that sink.

## Example

${marks("example")}

## Arguments

${marks("arguments")}

## What it creates

${marks("creates")}

## Outputs

${marks("outputs")}

## Cost

Wood, by the metre: [costs](../costs.md).
`;

describe("a page", () => {
  it("keeps what is written by hand and gets what the code says", () => {
    const example = '/** Example of Pier. */\nimport { Pier } from "../../../../components/harbour/pier";\n';
    const made = {
      component: component('/** Of | or. @unit metres */ readonly depth: number; readonly by?: "day" | "night";'),
      example,
      created: { "wood:index:Plank": 3, "iron:index:Nail": 12 },
    };
    const page = renderPage(PAGE, made);
    expect(renderPage(page, made)).toBe(page);
    const added = page.split("\n").filter((line) => !PAGE.split("\n").includes(line));
    expect(added).toEqual([
      "Source: [components/harbour/pier.ts](../../components/harbour/pier.ts). Type: `fridayproof:harbour:Pier`.",
      "```typescript",
      'import { Pier } from "../components/harbour/pier";',
      "```",
      "| argument | type, unit | default | meaning |",
      "| --- | --- | --- | --- |",
      "| `depth` | `number`, metres | required | Of \\| or. |",
      '| `by` | `"day" \\| "night"` |  |  |',
      "The constructor throws a ProblemsError when it would sink.",
      "| type | count |",
      "| --- | --- |",
      "| `iron:index:Nail` | 12 |",
      "| `wood:index:Plank` | 3 |",
      "| together | 15 |",
      "| output | type | meaning |",
      "| --- | --- | --- |",
      "| `place` | `pulumi.Output<string>` | Where it is. |",
      "| `nodes.poles` | `readonly aws.Pole[]` | What it stands on. |",
    ]);
  });

  it("without marks is an error that names them", () => {
    expect(() => replacePart("# Pier\n", "arguments", "x")).toThrow(
      "needs the lines <!-- generated:arguments --> and <!-- /generated:arguments -->, in this order",
    );
  });

  it("gives the index its first sentence", () => {
    expect(purposeOf(PAGE)).toBe("Ships land at it, day and night.");
  });

  it("is told everything that it lacks", () => {
    expect(pageProblems(PAGE, "Pier")).toEqual([]);
    const poor = PAGE.replace("# Pier", "# Mole")
      .replace("Ships that sink.", "")
      .replace("## Outputs", "## Results")
      .replace("[costs](../costs.md)", "much");
    expect(pageProblems(`${poor}${"\n.".repeat(150)}`, "Pier")).toEqual([
      "needs the title # Pier in its first line",
      `needs the headings ${HEADINGS.join(", ")}; got ${HEADINGS.join(", ").replace("Outputs", "Results")}`,
      "needs a text under The outage it prevents",
      "needs a text under Outputs",
      "needs a link to ../costs.md under Cost",
      "needs to be shorter: 150 lines at most; got 188",
    ]);
  });
});

/** Every recipe of docs/contributing.md does what the page says: in a copy of the house its files are written and its commands run. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contributingPage } from "../../tools/docs/house/folders";
import { HouseCopy } from "../support/house-copy";
import { follow } from "./follow";
import { blocksOf, edited, recipesOf } from "./recipes";

/** Several commands of the house, each a process. */
const PATIENCE_MS = 300_000;

const recipes = recipesOf(readFileSync(contributingPage, "utf8"));
let house: HouseCopy;

beforeAll(() => {
  house = new HouseCopy();
}, PATIENCE_MS);
afterAll(() => {
  house.remove();
});

describe("the page", () => {
  it("has a recipe for a rule, one over two resources, a type, a component, a limit and an environment, each with a command and something promised", () => {
    expect(recipes.map(({ heading }) => heading)).toEqual([
      "A new rule in ten minutes",
      "A rule over two resources",
      "A new AWS type in the sandbox",
      "A new component",
      "A new limit",
      "A new environment",
    ]);
    for (const { heading, blocks } of recipes) {
      expect(
        blocks.map(({ language }) => language),
        heading,
      ).toContain("sh");
    }
  });
});

describe("the recipe", () => {
  const written: string[] = [];

  it.each(recipes.map(({ heading, blocks }) => [heading, blocks] as const))(
    "%s: its commands succeed and what it promises is there",
    async (_heading, blocks) => {
      written.push(...(await follow(house, blocks)));
    },
    PATIENCE_MS,
  );

  it(
    "all of them leave a house whose types, lint and format are clean",
    async () => {
      const sources = written.filter((file) => file.endsWith(".ts")).join(" ");
      for (const command of [
        "tsc --noEmit -p .",
        `eslint --max-warnings 0 ${sources}`,
        `prettier --check ${sources}`,
      ]) {
        const ended = await house.run(command);
        expect(ended.code, `${command}\n${ended.output}`).toBe(0);
      }
    },
    PATIENCE_MS,
  );
});

describe("an edit", () => {
  it("finds its lines, takes away and adds", () => {
    expect(edited("a\nb\nc\nd\n", " a\n-b\n+B\n c\n@@\n d\n+e\n")).toBe("a\nB\nc\nd\ne\n");
  });

  it("is refused where its lines are missing, or not the only ones", () => {
    expect(() => edited("a\n", " b\n+c\n")).toThrow(new Error("these lines are there 0 times:\nb\n"));
    expect(() => edited("a\na\n", " a\n+c\n")).toThrow(new Error("these lines are there 2 times:\na\n"));
  });
});

describe("the blocks of a page", () => {
  it("say beside their language how they end and what they need", () => {
    expect(blocksOf('```sh exit="7" needs="a tool"\na\n```\n')).toEqual([
      { language: "sh", title: undefined, attributes: { exit: "7", needs: "a tool" }, text: "a\n" },
    ]);
  });

  it("belong to the section above, and what stands in a block is no heading", () => {
    const page =
      '# Page\n\n## One\n```ts title="a.ts"\na\n```\n## Two\n````markdown\n## None\n```sh\nb\n```\n````\n## Three\n';
    expect(recipesOf(page)).toEqual([
      { heading: "One", blocks: [{ language: "ts", title: "a.ts", attributes: {}, text: "a\n" }] },
      {
        heading: "Two",
        blocks: [{ language: "markdown", title: undefined, attributes: {}, text: "## None\n```sh\nb\n```\n" }],
      },
    ]);
  });
});

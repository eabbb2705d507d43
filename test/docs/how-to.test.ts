/** Every command of every page runs: in a copy of the house, on one account, page after page; what cannot run here says what it needs. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainText, terminalPicture, textOf } from "../../tools/docs/terminal-picture";
import { HouseCopy } from "../support/house-copy";
import { recording, expectRecorded } from "../support/recording";
import { commandsOf, follow } from "./follow";
import { blocksIn, HOW_TO, RECIPES, RUNBOOKS } from "./followed";
import { pages, ROOT } from "./promises";

/** A page is a dozen processes. */
const PATIENCE_MS = 400_000;

const commandBlocks = (file: string) => blocksIn(file).filter(({ language }) => language === "sh");

/** The best moment: a change that would hurt is refused before anything is touched. */
const REFUSED = { command: "npx fridayproof up -s prod", picture: "docs/pictures/refused.svg" };
const TITLE = "prod, one NAT gateway instead of three";

/** Printed where the rules' sources are newer than what was compiled of them. */
const PREPARING = /^fridayproof: compiling.*\n/m;

/** Printed where a slow machine would be silent for long. */
const SILENCE = /^(?:\u001b\[\d+m)*(?:starting|\d+(?:\/\d+)? (?:done|planned)), .*\n/gm;

/** Rules and resources become more; that alone makes no picture stale. */
const masked = (text: string): string =>
  text.replace(/\d+ rules checked \d+ resources/, "N rules checked N resources").trim();

let house: HouseCopy;
beforeAll(async () => {
  house = new HouseCopy();
  const commit = "git config user.name Ada && git config user.email ada@example.com && git add --all && git commit";
  const { code, output } = await house.run(
    `git init --quiet --initial-branch main && ${commit} --quiet --message House`,
  );
  expect(code, output).toBe(0);
}, PATIENCE_MS);
afterAll(() => {
  house.remove();
});

describe("the pages", () => {
  it("of docs/how-to are all followed", () => {
    const there = readdirSync(path.join(ROOT, "docs/how-to")).map((file) => `docs/how-to/${file}`);
    expect(HOW_TO.filter((file) => file.startsWith("docs/how-to/")).sort()).toEqual(there.sort());
  });

  it("have no command that neither runs nor says what it needs", () => {
    const followed: readonly string[] = [...HOW_TO, ...RUNBOOKS, RECIPES];
    const documents = pages().filter(({ file }) => file.endsWith(".md") && !followed.includes(file));
    const left = documents.flatMap(({ file }) =>
      commandBlocks(file)
        .filter(({ attributes }) => attributes["needs"] === undefined)
        .map((block) => `${file}: ${commandsOf(block).join("; ")}`),
    );
    expect(left).toEqual([]);
  });

  it("need nothing else than these", () => {
    const documents = pages().filter(({ file }) => file.endsWith(".md") && file !== RECIPES);
    const needed = documents.flatMap(({ file }) =>
      commandBlocks(file).flatMap(({ attributes }) => attributes["needs"] ?? []),
    );
    expect([...new Set(needed)].sort()).toEqual([
      "a cluster",
      "a cluster that is gone",
      "a repository on GitHub with its own environments",
      "a stack on the sandbox",
      "an AWS account and the AWS command line",
      "an AWS account and the Pulumi command line",
      "an application in gitops/prod, and a freeze",
      "an environment without a freeze",
      "applications in gitops/dev, one of them wrong",
      "minutes",
      "minutes: every test",
      "plans of two environments",
      "the Pulumi command line",
      "two slots that stand, and a day without a freeze",
      "two stacks on the sandbox",
    ]);
  });
});

describe("followed", () => {
  it.each(HOW_TO.filter((file) => commandBlocks(file).length > 0))(
    "%s does what it says",
    async (file) => {
      await follow(house, blocksIn(file), (command, printed) => {
        if (command !== REFUSED.command) return;
        const own = printed.replace(PREPARING, "").replaceAll(SILENCE, "");
        const picture = terminalPicture(TITLE, `\u001b[2m$\u001b[22m ${command}\n${own}`);
        if (recording) expectRecorded(REFUSED.picture, picture);
        const drawn = textOf(readFileSync(path.join(ROOT, REFUSED.picture), "utf8"));
        expect(masked(drawn.split("\n").slice(1).join("\n"))).toBe(
          masked(
            plainText(own)
              .split("\n")
              .filter((line) => line !== "")
              .join("\n"),
          ),
        );
      });
    },
    PATIENCE_MS,
  );
});

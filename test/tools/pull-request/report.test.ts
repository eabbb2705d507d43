/** `make report` in a copy of the house: the change alone is in the comment, not everything that is there. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HouseCopy } from "../../support/house-copy";

/** Three environments are brought up and planned, each by a process. */
const PATIENCE_MS = 600_000;

let house: HouseCopy;
const git = (...args: readonly string[]): string => execFileSync("git", args, { cwd: house.root }).toString().trim();

beforeAll(() => {
  house = new HouseCopy();
  git("init", "--quiet");
  git("config", "user.email", "test@example.com");
  git("config", "user.name", "test");
  git("add", "--all");
  git("commit", "--quiet", "--message", "base");
}, PATIENCE_MS);
afterAll(() => {
  house.remove();
});

test(
  "names what the change does to each environment, leaves no checkout behind, and ends with the worst verdict's code",
  async () => {
    const file = house.file("stacks/environments/dev.ts");
    const text = readFileSync(file, "utf8");
    const changed = text.replace(/max: (\d+)/, (_all, count) => `max: ${Number(count) + 1}`);
    expect(changed).not.toBe(text);
    writeFileSync(file, changed);
    const { code, output } = await house.run("make report BASE=HEAD");
    const comment = house.text("reports/comment.md");
    expect([code, comment.split("\n")[1]], `${output}\n${comment}`).toEqual([
      0,
      "## SAFE in dev, prod, replica, staging",
    ]);
    expect(comment).toMatch(/\| dev \| SAFE \| \d+ updated \|/);
    expect(comment).toMatch(/\| prod \| SAFE \| nothing \|/);
    expect(git("worktree", "list").split("\n")).toHaveLength(1);
  },
  PATIENCE_MS,
);

test("a base that git does not have is a sentence", async () => {
  const { code, output } = await house.run("make report BASE=nowhere");
  expect(code).not.toBe(0);
  expect(output).toContain("fridayproof: git has no commit nowhere: fetch it first (`git fetch origin main`).\n");
});

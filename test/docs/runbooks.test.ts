/** Every command of the runbooks of a lost region runs, page after page: production and its replica stand when the first begins. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HouseCopy } from "../support/house-copy";
import { follow } from "./follow";
import { blocksIn, RUNBOOKS } from "./followed";

/** A page is up to eight processes with all policies. */
const PATIENCE_MS = 400_000;

const STANDING = ["prod", "replica"];

let house: HouseCopy;
beforeAll(async () => {
  house = new HouseCopy();
  const commit = "git config user.name Ada && git config user.email ada@example.com && git add --all && git commit";
  const ups = STANDING.map((stack) => `npx fridayproof up -s ${stack} --yes --no-policies`);
  const begins = [`git init --quiet --initial-branch main && ${commit} --quiet --message House`, ...ups];
  for (const command of begins) {
    const { code, output } = await house.run(command);
    expect(code, output).toBe(0);
  }
}, PATIENCE_MS);
afterAll(() => {
  house.remove();
});

describe("followed", () => {
  it.each([...RUNBOOKS])(
    "%s does what it says",
    async (file) => {
      await follow(house, blocksIn(file));
    },
    PATIENCE_MS,
  );
});

/** The runbooks of a lost region: which there are, what each says, and that its numbers are rows of the drill's limits. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { drillLimits } from "../../guard/limits/drill";
import { RUNBOOKS } from "./followed";
import { ROOT } from "./promises";

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

/** An alert's runbook says how bad the alert is. */
const isOfAlert = (file: string): boolean => /^Severity: /m.test(read(file));

describe("the runbooks of a lost region", () => {
  it("are all followed", () => {
    const there = readdirSync(path.join(ROOT, "docs/runbooks")).map((file) => `docs/runbooks/${file}`);
    expect([...RUNBOOKS].sort()).toEqual(there.filter((file) => !isOfAlert(file)).sort());
  });

  it.each([...RUNBOOKS])("%s says when, who decides, what to check and what is NOT RUN on AWS", (file) => {
    const text = read(file);
    expect(text).toMatch(/^## When$/m);
    expect(text).toMatch(/\bdecides?\b/);
    expect(text).toMatch(/\bdeadline\b|By when|by when|\d+ minutes|at once/);
    expect(text).toMatch(/[Cc]heck/);
    expect(text).toContain("NOT RUN");
  });

  it("have the numbers of the drill's limits", () => {
    const numbers = RUNBOOKS.flatMap((file) => [
      ...read(file).matchAll(/`(?:drillLimits\.)?(\w+)`[^`|\n]*?, (\d+) s\b/g),
    ]);
    const rows = new Map(Object.entries(drillLimits).map(([name, { value }]) => [name, value]));
    expect(new Set(numbers.map(([, name]) => name))).toEqual(new Set(rows.keys()));
    expect(numbers.filter(([, name = "", seconds]) => rows.get(name) !== Number(seconds)).map(([all]) => all)).toEqual(
      [],
    );
  });
});

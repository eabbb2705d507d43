/** Named conditions, each in plans that decide it one way and the other. */
import { describe, expect, test } from "vitest";
import { conditions } from "../../../guard/verdict/conditions";
import { rowFiles } from "../../../guard/verdict/effects/row-files";
import { kept, preview, type PulumiStep, terraform, type TerraformChange, verdictOnBytes } from "./support";

interface ConditionCase {
  readonly condition: string;
  readonly says: string;
  readonly verdict: string;
  readonly terraform?: readonly TerraformChange[];
  readonly pulumi?: readonly PulumiStep[];
}

const cases = kept("conditions.ndjson")
  .toString()
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as ConditionCase);

const rows = rowFiles.flatMap((file) => Object.values(file)).flat();

describe("a condition decides", () => {
  test.each(cases.map((one) => [one.condition, one.says, one] as const))("%s: %s", (_condition, _says, one) => {
    const plan = one.terraform === undefined ? preview(one.pulumi ?? []) : terraform(one.terraform);
    const [first] = verdictOnBytes(plan).changes.filter(
      ({ address }) => /[.:]one$/.test(address) || /[.:]new$/.test(address),
    );
    expect(first?.verdict).toBe(one.verdict);
  });

  test.each([...new Set(cases.map(({ condition }) => condition))])("%s in more than one way", (name) => {
    const verdicts = cases.filter(({ condition }) => condition === name).map(({ verdict }) => verdict);
    expect(new Set(verdicts).size).toBeGreaterThan(1);
  });

  test("every row that depends, and rows name no other", () => {
    const depending = rows.filter(({ effect }) => effect === "DEPENDS").map(({ condition }) => condition ?? "none");
    expect(depending.filter((name) => !(name in conditions))).toEqual([]);
    expect(Object.keys(conditions).filter((name) => !depending.includes(name))).toEqual([]);
    expect(rows.filter(({ effect, condition }) => effect !== "DEPENDS" && condition !== undefined)).toEqual([]);
  });
});

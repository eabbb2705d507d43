/** Everyday changes in public programs' style, one a line: none gets an answer that is milder than an engineer accepts. */
import { describe, expect, test } from "vitest";
import { verdictOnBytes, kept, preview, type PulumiStep, terraform, type TerraformChange } from "./support";

interface Everyday {
  readonly says: string;
  readonly accepted: readonly string[];
  readonly terraform?: readonly TerraformChange[];
  readonly pulumi?: readonly PulumiStep[];
  readonly more?: Record<string, unknown>;
}

const cases = kept("everyday.ndjson")
  .toString()
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Everyday);

const planOf = ({ terraform: changes, pulumi: steps = [], more }: Everyday): string =>
  changes === undefined ? preview(steps, more) : terraform(changes, more);

describe("the verdict on an everyday change is one that is accepted", () => {
  test.each(cases.map((one) => [one.says, one] as const))("%s", (_, one) => {
    expect(one.accepted).toContain(verdictOnBytes(planOf(one)).verdict);
  });
});

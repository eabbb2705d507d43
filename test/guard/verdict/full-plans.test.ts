/** Plans with every member that the real tools write, computed attributes too: each gets a verdict that an engineer accepts, and keeps its secrets. */
import { describe, expect, test } from "vitest";
import { documentOf, textOf } from "../../../guard/verdict/report";
import { kept, verdictOnBytes } from "./support";

interface FullPlan {
  readonly says: string;
  /** `ERROR` for what is refused. */
  readonly accepted: readonly string[];
  readonly plan: object;
}

const plans = kept("full.ndjson.gz")
  .toString()
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as FullPlan);

/** Values that these plans mark as secret. */
const SECRETS = /hunter22secret|tok-3n-of-cache-XYZ/;

describe("the verdict on a full plan is one that is accepted", () => {
  test.each(plans.map((one) => [one.says, one] as const))("%s", (_, { plan, accepted }) => {
    const bytes = JSON.stringify(plan);
    if (accepted.includes("ERROR")) expect(() => verdictOnBytes(bytes)).toThrow(/errored is true/);
    else {
      const verdict = verdictOnBytes(bytes);
      expect(accepted).toContain(verdict.verdict);
      const document = documentOf(verdict, { acceptances: [], today: "2026-12-01" });
      expect([...textOf(document, true), JSON.stringify(document)].join("\n")).not.toMatch(SECRETS);
    }
  });
});

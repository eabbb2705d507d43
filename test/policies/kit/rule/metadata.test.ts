/** What the SDK carries of each rule. */
import { describe, expect, it } from "vitest";
import { metadata } from "../../../../policies/kit/rule/metadata";
import { rules } from "../../../../policies/rules";
import { version } from "../../../../policies/package.json";

describe("a rule's metadata", () => {
  it("names and sorts the rule, and says where to read on", () => {
    const rule = rules.find(({ id }) => id === "pdb-allows-drain");
    if (rule === undefined) throw new Error("no rule pdb-allows-drain");
    expect(metadata(rule)).toEqual({
      name: rule.id,
      description: rule.forbids,
      enforcementLevel: "mandatory",
      displayName: "Pdb allows drain",
      severity: "high",
      framework: { name: "fridayproof", version, reference: "pdb-allows-drain", specification: rule.source },
      tags: ["zero-downtime", "stack"],
      remediationSteps: "maxUnavailable: 1",
      url: "docs/policies.md#pdb-allows-drain",
    });
  });

  it("leaves low to what a preview cannot decide", () => {
    expect(new Set(rules.map((rule) => `${rule.level} ${metadata(rule).severity}`))).toEqual(
      new Set(["mandatory high", "advisory medium"]),
    );
  });
});

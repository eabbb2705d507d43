/** What the policies found, above the question. */
import { describe, expect, it } from "vitest";
import type { PolicyFinding } from "../../../../sandbox/events/events";
import { blockingOutcome, policyLines } from "../../../../sandbox/display/plan/findings";
import { runResult } from "../result";
import { plain } from "../support";

const finding = (policy: string, level: PolicyFinding["level"], name = "blue"): PolicyFinding => ({
  policy,
  pack: "fridayproof",
  packVersion: "0.1.0",
  level,
  urn: `urn:pulumi:dev::fridayproof::aws:eks/cluster:Cluster::${name}`,
  message: `What ${policy} forbids.\nvpcConfig: got nothing; expected a list. Fix: list it.`,
  remediated: false,
});
const checked = { rules: 93, resources: 160 };
const lines = (findings: readonly PolicyFinding[], full = false): string[] =>
  policyLines(runResult({ findings, checked }), { columns: 80, colors: plain, full });

describe("the policies", () => {
  it("always answer how many rules checked how many resources", () => {
    expect(lines([])).toEqual(["Policies   93 rules checked 160 resources: nothing found"]);
  });

  it("have no answer where nobody asked them", () => {
    expect(policyLines(runResult({}), { columns: 80, colors: plain })).toEqual([]);
  });

  it("say what they found, why, and where to read more; what blocks comes first", () => {
    expect(lines([finding("b", "advisory"), finding("a", "mandatory")])).toEqual([
      "Policies   93 rules checked 160 resources: 1 mandatory, 1 advisory",
      "  x a   Cluster blue",
      "    why     What a forbids.",
      "    found   vpcConfig: got nothing; expected a list.",
      "    fix     list it.",
      "    more    npx fridayproof policies a",
      "  ! b   Cluster blue",
      "    why     What b forbids.",
      "    found   vpcConfig: got nothing; expected a list.",
      "    fix     list it.",
      "    more    npx fridayproof policies b",
    ]);
  });

  it("have words in place of signs where signs cannot be read", () => {
    const findings = [finding("a", "mandatory"), finding("b", "advisory")];
    const text = policyLines(runResult({ findings, checked }), { columns: 80, colors: plain, plain: true });
    expect(text.filter((line) => line.endsWith("Cluster blue"))).toEqual([
      "  refused by a   Cluster blue",
      "  advice of b   Cluster blue",
    ]);
  });

  it("of more than three findings name rules and resources, and the option that shows the reasons", () => {
    const many = ["a", "b", "c", "d"].map((name) => finding("protect-critical", "mandatory", name));
    expect(lines([...many, finding("nodes", "mandatory")])).toEqual([
      "Policies   93 rules checked 160 resources: 5 mandatory",
      "  x protect-critical   4   a, b, c, 1 more",
      "  x nodes              1   blue",
      "    --findings prints the reasons of all 5.",
    ]);
  });

  it("print every finding with its reasons where somebody asks for that", () => {
    const many = ["a", "b", "c", "d"].map((name) => finding("protect-critical", "mandatory", name));
    expect(lines(many, true).filter((line) => line.startsWith("    why"))).toHaveLength(4);
  });

  it("count what only the update can decide", () => {
    const later = { ...finding("a", "advisory"), severity: "low" as const };
    expect(lines([later]).join("\n")).toBe(
      "Policies   93 rules checked 160 resources: nothing found; 1 rule waits for\n" +
        "           values known only during the update, on 1 resource (--findings)",
    );
  });
});

describe("the outcome", () => {
  it("counts rules, and findings where there are more", () => {
    expect(blockingOutcome([finding("a", "mandatory")])).toBe("REFUSED by 1 rule");
    expect(blockingOutcome([finding("a", "mandatory"), finding("a", "mandatory", "green")])).toBe(
      "REFUSED by 1 rule, 2 findings",
    );
  });

  it("is none where findings only advise or were mended", () => {
    const mended = { ...finding("a", "remediate"), remediated: true };
    expect(blockingOutcome([finding("b", "advisory"), mended])).toBeUndefined();
  });

  it("counts a remediation that could not mend, because it blocks", () => {
    expect(blockingOutcome([finding("a", "remediate")])).toBe("REFUSED by 1 rule");
  });
});

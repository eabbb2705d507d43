/** Policy findings. */
import { describe, expect, it } from "vitest";
import { findingLines } from "../../../sandbox/display/findings";
import type { PolicyFinding } from "../../../sandbox/events/events";
import { plain } from "./support";

const finding = (policy: string, level: PolicyFinding["level"], remediated = false): PolicyFinding => ({
  policy,
  pack: "fridayproof",
  packVersion: "0.1.0",
  level,
  urn: "urn:pulumi:dev::fridayproof::aws:eks/cluster:Cluster::blue",
  message: `What ${policy} forbids.\nblue (aws:eks/cluster:Cluster), vpcConfig: got nothing; wanted a list. Fix: list it.`,
  remediated,
});

describe("policy findings", () => {
  it("are grouped worst first, each with rule, resource, reason and fix", () => {
    const findings = [finding("c", "remediate", true), finding("b", "advisory"), finding("a", "mandatory")];
    expect(findingLines(findings, plain)).toEqual([
      "Policies:",
      "  mandatory, must be fixed (1)",
      "    a  aws:eks:Cluster blue",
      "        What a forbids.",
      "        blue (aws:eks/cluster:Cluster), vpcConfig: got nothing; wanted a list. Fix: list it.",
      "  advisory, worth fixing (1)",
      "    b  aws:eks:Cluster blue",
      "        What b forbids.",
      "        blue (aws:eks/cluster:Cluster), vpcConfig: got nothing; wanted a list. Fix: list it.",
      "  remediated, the input was changed for you (1)",
      "    c  aws:eks:Cluster blue",
      "        What c forbids.",
      "        blue (aws:eks/cluster:Cluster), vpcConfig: got nothing; wanted a list. Fix: list it.",
    ]);
  });

  it("that a preview cannot decide are one line", () => {
    const later = (policy: string) => ({
      ...finding(policy, "advisory"),
      severity: "low" as const,
    });
    expect(findingLines([later("b"), later("a"), later("b")], plain)).toEqual([
      "Policies:",
      "  not decided before the update runs, which fails where a mandatory rule is then broken: a (1), b (2)",
    ]);
  });

  it("say nothing when there are none", () => {
    expect(findingLines([], plain)).toEqual([]);
  });

  it("count a remediation that could not mend as mandatory, because it blocks", () => {
    expect(findingLines([finding("a", "remediate")], plain)[1]).toBe("  mandatory, must be fixed (1)");
  });

  it("keep a message of one line as it is", () => {
    const lines = findingLines([{ ...finding("a", "advisory"), message: "can't run policy 'x'" }], plain);
    expect(lines.at(-1)).toBe("        can't run policy 'x'");
  });
});

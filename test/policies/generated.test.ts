/** What is generated from stacks/ and from the rules is up to date, and production relaxes nothing. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../../policies/rules";
import { policyConfig, stalePolicyConfigs } from "../../tools/generate/policy-config";
import { page, policyPage } from "../../tools/docs/policy-docs";
import { environmentOf } from "../../stacks/environments/environments";
import { noFreezes, productionFreezes } from "../../stacks/environments/freeze";
import { relaxations } from "./support/relaxation";

describe("generated files", () => {
  it("has the policy configuration that stacks/ says", () => {
    expect(stalePolicyConfigs()).toEqual([]);
  });

  it("has the page that the rules say", () => {
    expect(readFileSync(page, "utf8")).toBe(policyPage());
  });
});

describe("what environments may relax", () => {
  it("is nothing in production, its replica and staging", () => {
    for (const name of ["prod", "staging", "replica"]) {
      expect(relaxations(rules, policyConfig(environmentOf(name), productionFreezes))).toEqual([]);
    }
  });

  it("is named for dev", () => {
    expect(relaxations(rules, policyConfig(environmentOf("dev"), noFreezes))).toEqual([
      "pdb-exactly-one: level advisory, weaker than mandatory",
      "min-replicas: level advisory, weaker than mandatory",
      "min-replicas.charts: 1 is weaker than 2",
      "hpa-min-two: level advisory, weaker than mandatory",
      "alb-deletion-protection: level disabled, weaker than mandatory",
      "topology-spread-matches: level advisory, weaker than mandatory",
      "nodegroup-kept.off: differs from the default",
      "nat-per-az.single: differs from the default",
      "default-deny: level advisory, weaker than mandatory",
      "no-cascade-delete.cascades: differs from the default",
      "protect-critical.off: differs from the default",
    ]);
  });

  it("tells a number that goes the weak way, a rule that does not exist, and nothing about stricter ones", () => {
    expect(relaxations(rules, { "tg-deregistration": { atMost: 300, atLeast: 20 }, typo: {} })).toEqual([
      "tg-deregistration.atMost: 300 is weaker than 120",
      "typo: no such rule",
    ]);
    expect(relaxations(rules, { "endpoint-not-open": { widestPrefix: 8, colour: 1 } })).toEqual([
      "endpoint-not-open.widestPrefix: 8 is weaker than 16",
      "endpoint-not-open.colour: no such setting",
    ]);
  });
});

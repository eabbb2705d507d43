/** Where a configuration is weaker than the rules are by default. */
import { describe, expect, it } from "vitest";
import { relaxations } from "./relaxation";
import { rules } from "../../../policies/rules";

const weaker = (rule: string, given: Readonly<Record<string, unknown>>): readonly string[] =>
  relaxations(rules, { [rule]: given });

describe("relaxations", () => {
  it.each([
    ["disabled", ["min-replicas: level disabled, weaker than mandatory"]],
    ["advisory", ["min-replicas: level advisory, weaker than mandatory"]],
    ["mandatory", []],
    ["remediate", []],
    ["off", ["min-replicas: level off, weaker than mandatory"]],
  ])("level %s of a mandatory rule: %j", (enforcementLevel, messages) =>
    expect(weaker("min-replicas", { enforcementLevel })).toEqual(messages),
  );

  it("knows that a rule which only advises cannot be weakened but by turning it off", () => {
    const level = (enforcementLevel: string): readonly string[] => weaker("canary-steps", { enforcementLevel });
    expect([level("advisory"), level("disabled")]).toEqual([
      [],
      ["canary-steps: level disabled, weaker than advisory"],
    ]);
  });

  it.each([
    ["canary-steps", { firstWeightAtMost: 21 }, ["canary-steps.firstWeightAtMost: 21 is weaker than 20"]],
    ["canary-steps", { firstWeightAtMost: 20 }, []],
    ["canary-steps", { firstWeightAtMost: 19 }, []],
    ["min-replicas", { least: 1 }, ["min-replicas.least: 1 is weaker than 2"]],
    ["min-replicas", { least: 2 }, []],
    ["min-replicas", { least: 3 }, []],
    ["nat-per-az", { single: true }, ["nat-per-az.single: differs from the default"]],
    ["nat-per-az", { single: false }, []],
    ["access-entries", { creator: "deploy" }, []],
    ["min-replicas", { exemptions: [], asOf: "2026-11-21" }, []],
    ["min-replicas", { colour: 1 }, ["min-replicas.colour: no such setting"]],
    ["typo", { least: 1 }, ["typo: no such rule"]],
  ])("%s %j: %j", (rule, given, messages) => expect(weaker(rule, given)).toEqual(messages));
});

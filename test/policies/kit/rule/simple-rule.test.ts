/** A rule about one property: what it accepts, what it says of what it does not accept, and what it passes over. */
import { describe, expect, it } from "vitest";
import type { Group, Level } from "../../../../policies/kit/rule/rule";
import { fix, remove } from "../../../../policies/kit/finding/remedy";
import { text } from "../../../../policies/kit/rule/settings";
import { simpleRule } from "../../../../policies/kit/rule/simple-rule";
import { types } from "../../../../policies/kit/reading/types";
import { sentences } from "../../support/rule";

const about = {
  id: "test",
  group: "security" as Group,
  level: "mandatory" as Level,
  forbids: "A test.",
  prevents: "Doubt.",
  source: "This test",
  resourceTypes: [types.loadBalancer],
  examples: { bad: "none", good: "none" },
};
const balancer = (props: Readonly<Record<string, unknown>>) => ({
  type: "aws:lb/loadBalancer:LoadBalancer",
  name: "web",
  props,
});
const WHO = "violation: web (aws:lb/loadBalancer:LoadBalancer)";

describe("a rule about a number", () => {
  const rule = simpleRule({
    ...about,
    settings: {},
    property: ["deep", "idle"],
    reads: "number",
    unset: 60,
    unit: "s",
    unless: (_, { teardown }) => teardown,
    accepts: (seconds = 0) => seconds < 60,
    expected: () => "less than 60 s",
    value: () => 30,
  });
  const says = (idle: unknown, context = {}) => sentences(rule, { resources: [balancer({ deep: { idle } })], context });

  it("accepts what it is told to, digits in a text too", () => {
    expect([says(59), says("30")]).toEqual([[], []]);
  });

  it("says what it got in its unit, what is fine, and sets the value that is", () => {
    const then = "expected less than 60 s. Fix: set deep.idle to 30.";
    expect(says(60)).toEqual([`${WHO}, deep.idle: got 60 s; ${then}`]);
    expect(says(undefined)).toEqual([`${WHO}, deep.idle: got nothing, which means 60 s; ${then}`]);
  });

  it("passes over what it is no rule for", () => {
    expect(says(60, { teardown: true })).toEqual([]);
  });

  it("says that a value is of another type, or hidden", () => {
    expect(says(["60"])).toEqual([
      `${WHO}, deep.idle: got a list of 1; expected a finite number. Fix: write a finite number.`,
    ]);
    const hidden = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    expect(says(hidden, { preview: true })).toEqual([
      expect.stringMatching(/^unknown: web .*, deep\.idle: got a value that is not known yet/),
    ]);
  });

  it("has no remedy for the pack unless it says that it mends", () => {
    expect(rule.remedy).toBeUndefined();
  });
});

describe("a rule about a text or a flag", () => {
  const policy = simpleRule({
    ...about,
    settings: { best: text("strict", "Which.") },
    property: ["policy"],
    reads: "text",
    accepts: (given, { best }) => given === best,
    expected: ({ best }) => best,
    value: ({ best }) => best,
    fix: (field, { best }) => fix`${remove(field)}, or ${best}`,
  });
  const protection = simpleRule({
    ...about,
    mends: true,
    settings: {},
    property: ["safety", "on"],
    reads: "flag",
    unset: false,
    accepts: (on) => on === true,
    expected: () => "true",
    value: () => true,
  });

  it("compares with its settings, never prints a text that may be secret, and may say another fix", () => {
    const says = (props: Readonly<Record<string, unknown>>, settings = {}) =>
      sentences(policy, { resources: [balancer(props)], settings });
    expect(says({ policy: "strict" })).toEqual([]);
    expect(says({ policy: "strict" }, { best: "lax" })).toHaveLength(1);
    expect(says({ policy: "hunter22" })).toEqual([
      `${WHO}, policy: got a text; expected strict. Fix: remove policy, or strict.`,
    ]);
    expect(says({})).toEqual([`${WHO}, policy: got nothing; expected strict. Fix: remove policy, or strict.`]);
  });

  it("that mends lets the pack set the value", () => {
    const says = (on: unknown) => sentences(protection, { resources: [balancer({ safety: { on } })] });
    expect(says("true")).toEqual([]);
    expect(says(false)).toEqual([`${WHO}, safety.on: got false; expected true. Fix: set safety.on to true.`]);
    expect(says(undefined)).toEqual([
      `${WHO}, safety.on: got nothing, which means false; expected true. Fix: set safety.on to true.`,
    ]);
    expect(protection.remedy?.(undefined as never, {})).toEqual([{ path: ["safety", "on"], value: true }]);
  });
});
